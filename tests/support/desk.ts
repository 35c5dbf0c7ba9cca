// Asking a desk of the test run (tests/setup/desk.ts) for what all tests share.
import { connect } from 'node:net';

/** What the desk at this port of 127.0.0.1 tells; rejects if the thing could not be made. */
export function askDesk<T>(port: number, thing: string): Promise<T> {
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (text) => {
        answer += text;
      })
      .on('error', reject)
      .on('end', () => {
        const { told, error } = JSON.parse(answer) as { told: T; error?: string };
        if (error === undefined) resolve(told);
        else reject(new Error(`${thing} did not start: ${error}`));
      });
  });
}
