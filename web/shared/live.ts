// Server-Sent Events as a hook: what happens elsewhere arrives here, and a broken line is seen.
import { useEffect, useRef, useState } from 'react';

export type LiveState = 'connecting' | 'open' | 'down';

const reopenAfterMs = 3_000;

/** Listens to `path`; each event's JSON goes to the handler of its name. Reconnects by itself. */
export function useLive(
  path: string,
  handlers: Readonly<Record<string, (data: unknown) => void>>,
): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const latest = useRef(handlers);
  latest.current = handlers;
  const names = Object.keys(handlers).join(' ');

  useEffect(() => {
    let source: EventSource | undefined;
    let timer: number | undefined;
    const open = () => {
      source = new EventSource(path);
      source.onopen = () => setState('open');
      source.onerror = () => {
        setState('down');
        if (source?.readyState === EventSource.CLOSED) {
          timer = window.setTimeout(open, reopenAfterMs);
        }
      };
      for (const name of names.split(' ')) {
        source.addEventListener(name, (event) => {
          latest.current[name]?.(JSON.parse((event as MessageEvent<string>).data));
        });
      }
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source?.close();
    };
  }, [path, names]);

  return state;
}
