// A desk in Vitest's own process: it makes one thing for the whole run when a test first asks.
import { createServer } from 'node:net';

export interface Desk<T> {
  /** Port of 127.0.0.1; tests/support/desk.ts asks there. */
  readonly port: number;
  /** Closes the desk; gives what was made, or undefined if nobody asked or it could not be made. */
  close(): Promise<T | undefined>;
}

/** Opens a desk. `told` is what a test needs to know of the thing, as JSON. */
export async function openDesk<T>(
  make: () => Promise<T>,
  told: (made: T) => unknown,
): Promise<Desk<T>> {
  let made: Promise<T> | undefined;
  const desk = createServer((socket) => {
    socket.on('error', () => {});
    made ??= make();
    made.then(
      (thing) => socket.end(JSON.stringify({ told: told(thing) })),
      (error: Error) => socket.end(JSON.stringify({ error: error.stack ?? error.message })),
    );
  });
  const port = await new Promise<number>((resolve) => {
    desk.listen(0, '127.0.0.1', () => resolve((desk.address() as { port: number }).port));
  });
  return {
    port,
    async close() {
      desk.close();
      // What could not be made has been told to the tests that asked for it.
      return made?.catch(() => undefined);
    },
  };
}
