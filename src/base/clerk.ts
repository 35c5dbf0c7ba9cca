// Clerks: work beside the payments that is looked for again and again, as long as the process
// lives.

export interface Clerk {
  /** Looks now, once the look that is under way is over. Never rejects: a failure is told. */
  look(): Promise<void>;
  /** Begins no more looks, and waits for the one that is under way. */
  stop(): Promise<void>;
}

export interface ClerkOptions {
  /** Does what there is to do; between pieces of long work it asks whether it should stop. */
  readonly look: (isStopping: () => boolean) => Promise<void>;
  /** Real time to the first look; at once if not given. */
  readonly firstAfterMs?: number;
  /** Real time from the end of a look to the next. */
  readonly everyMs: number;
  readonly failed: (error: unknown) => void;
}

/** Looks again and again, one look at a time; what failed is told and left to the next look. */
export function startClerk(options: ClerkOptions): Clerk {
  const { look: lookOnce, firstAfterMs = 0, everyMs, failed } = options;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    work = work.then(() => (isStopping ? undefined : lookOnce(() => isStopping))).catch(failed);
    return work;
  };
  const lookOn = () => void look().then(() => after(everyMs));
  const after = (delayMs: number) => {
    if (!isStopping) timer = setTimeout(lookOn, delayMs);
  };
  if (firstAfterMs > 0) after(firstAfterMs);
  else lookOn();
  return {
    look,
    async stop() {
      isStopping = true;
      await work;
      clearTimeout(timer);
    },
  };
}
