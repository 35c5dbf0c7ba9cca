// `wayfare proxy`: signs for a partner, so that curl and public tools can speak to the network.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type ProxiedExchange, startSigningProxy } from '../client/signingProxy.ts';
import { anOrigin, aPort, milliseconds } from './arguments.ts';

interface ProxyFlags {
  readonly clientId: string;
  readonly key: string;
  readonly networkKey: string;
  readonly to: string;
  readonly port: number;
  readonly keyVersion: string;
  readonly timeout: number;
  readonly json?: true;
}

const HELP = `
It listens on 127.0.0.1 only, and signs for whoever can reach it there: use it with keys of a test.
Bodies go to the network as they came. An answer is passed on with HTTP 200 once its signature was
verified; one that does not hold becomes 502, none in time 504. Every request is a line of output.`;

/** The command `proxy`; it needs no database, only the address of a network. */
export function proxyCommand(): Command {
  return new Command('proxy')
    .description('sign requests to a network, and verify its answers, for tools that cannot')
    .requiredOption('--client-id <id>', 'your Client-Id')
    .requiredOption('--key <file>', 'your private key: PEM or bare base64')
    .requiredOption('--network-key <file>', 'the public keys of the network, as handed over')
    .requiredOption('--to <url>', 'the address of the network', anOrigin)
    .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', aPort, 9_300)
    .option('--key-version <version>', 'the version under which your key is registered', '1')
    .option('--timeout <ms>', 'the longest to wait for the network', milliseconds, 15_000)
    .option('--json', 'one JSON object a request instead of text')
    .addHelpText('after', HELP)
    .action(async (flags: ProxyFlags) => {
      const proxy = await startSigningProxy({
        to: flags.to,
        port: flags.port,
        clientId: flags.clientId,
        privateKey: readFileSync(flags.key, 'utf8'),
        networkKey: readFileSync(flags.networkKey, 'utf8'),
        keyVersion: flags.keyVersion,
        timeoutMs: flags.timeout,
        told: (exchange) => {
          process.stdout.write(`${flags.json ? JSON.stringify(exchange) : written(exchange)}\n`);
        },
      });
      process.stderr.write(`The proxy signs as ${flags.clientId}: ${proxy.url} -> ${flags.to}\n`);
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
      await proxy.stop();
      process.exit(0);
    });
}

function written({ path, status, resultCode, problem, tookMs }: ProxiedExchange): string {
  return `${status} ${path} ${resultCode ?? problem ?? '-'} ${tookMs} ms`;
}
