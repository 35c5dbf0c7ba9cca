// The sandbox's own process: outsiders who know the hub only by its address and its public key.

import { parseArgs } from 'node:util';
import { movableClock } from '../host/movableClock.ts';
import { openNetwork } from '../host/network.ts';
import { realClock, realRandom } from '../host/world.ts';
import { followHubClock } from './hub-clock.ts';
import { type Sandbox, startSandbox } from './start.ts';

/**
 * Started as a child: `node src/sandbox/main.ts --home DIR --hub-url URL [--pages-url URL]
 * [--port N]`. It sends
 * its parent `{ready:true, port, publicKeys, endpoints}` (both by partner id), calls the hub by
 * itself after `{begin:true}`, and ends with its parent. Without a parent that listens it prints
 * the ready line and begins at once.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      home: { type: 'string' },
      'hub-url': { type: 'string' },
      'pages-url': { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  const hubUrl = values['hub-url'];
  if (values.home === undefined || hubUrl === undefined || !/^[0-9]{1,5}$/.test(values.port)) {
    process.stderr.write('usage: sandbox --home DIR --hub-url URL [--port N]\n');
    process.exit(2);
  }
  const network = openNetwork();
  const onFailure = (error: unknown): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`sandbox: ${text}\n`);
  };
  const clock = movableClock(realClock);
  const following = await followHubClock(hubUrl, clock, onFailure);
  const sandbox = await startSandbox({
    home: values.home,
    hubUrl,
    ...(values['pages-url'] === undefined ? {} : { pagesUrl: values['pages-url'] }),
    port: Number(values.port),
    network,
    clock,
    random: realRandom,
    onFailure,
  });

  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    following.stop();
    await sandbox.close();
    await network.close();
    process.exit(0);
  };
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  announce(sandbox);
}

function announce(sandbox: Sandbox): void {
  const { port, publicKeys, endpoints } = sandbox;
  if (process.send === undefined) {
    process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
    sandbox.begin();
    return;
  }
  process.on('message', (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'begin' in message) sandbox.begin();
  });
  process.send({ ready: true, port, publicKeys, endpoints });
}

await main();
