// For the certification of auto debit: somebody consents in a browser and comes back to a port.

import { createServer } from 'node:http';

/** What the terms of a wallet need: the address to come back to, and who waits there. */
export function consentAt(port: number, patienceMs: number) {
  return {
    authRedirectUrl: `http://127.0.0.1:${port}/`,
    consent: (authUrl: string) => waitAt(port, authUrl, patienceMs),
  };
}

/** Prints the address of the consent page; the code of whoever comes back, or none in time. */
function waitAt(port: number, authUrl: string, patienceMs: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
      if (!searchParams.has('authState')) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/plain' }).end('You can close this page.');
      end(searchParams.get('authCode') ?? undefined);
    });
    const timer = setTimeout(() => end(undefined), patienceMs);
    const end = (code: string | undefined): void => {
      clearTimeout(timer);
      server.close();
      resolve(code);
    };
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      process.stderr.write(`Consent here within ${patienceMs / 1_000} s: ${authUrl}\n`);
    });
  });
}
