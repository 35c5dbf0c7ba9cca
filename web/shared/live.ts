// Server-Sent Events as a hook: what happens elsewhere arrives here, and a broken line is seen.
import { useEffect, useRef, useState } from 'react';

export type LiveState = 'connecting' | 'open' | 'down';

const reopenAfterMs = 3_000;

/**
 * Listens to `path`; each event's JSON goes to the handler of its name. Reconnects by itself. A
 * page that nobody sees lets its line go, because a browser has only six for all its windows; on
 * its return the queries are asked again (they do so on focus) and the line is opened anew.
 */
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
    const close = () => {
      window.clearTimeout(timer);
      source?.close();
      source = undefined;
    };
    const open = () => {
      close();
      const line = new EventSource(path);
      source = line;
      line.onopen = () => setState('open');
      line.onerror = () => {
        setState('down');
        if (line.readyState === EventSource.CLOSED) timer = window.setTimeout(open, reopenAfterMs);
      };
      for (const name of names.split(' ')) {
        line.addEventListener(name, (event) => {
          latest.current[name]?.(JSON.parse((event as MessageEvent<string>).data));
        });
      }
    };
    const follow = () => {
      if (document.visibilityState === 'visible') open();
      else {
        close();
        setState('connecting');
      }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close();
    };
  }, [path, names]);

  return state;
}
