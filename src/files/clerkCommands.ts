// The clerk of files: makes what a closed day or a settled batch asks for, while the hub runs.

import { batchesWithoutFiles, type FilesWorld, makeFiles } from './commands.ts';
import { sweepDrafts } from './diskStore.ts';
import { readProgress } from './store.ts';

export interface FileClerk {
  /** Makes what is missing now; a batch that fails leaves the others alone. */
  look(): Promise<void>;
  /** Waits for the file that is being made. */
  stop(): Promise<void>;
}

const usualEveryMs = 2_000;

/**
 * Looks every two seconds whether a day was closed or a step was taken, by whatever process, and
 * only then for what is missing. What failed is tried at the next look.
 */
export function startFileClerk(
  world: () => FilesWorld,
  failed: (what: string, error: unknown) => void,
  everyMs = usualEveryMs,
): FileClerk {
  let isStopping = false;
  let done: string | undefined;
  let work: Promise<void> = sweepDrafts(world().directory, Date.now()).catch((error: unknown) =>
    failed('sweeping files that were not finished', error),
  );
  let timer: NodeJS.Timeout | undefined;

  const lookNow = async (): Promise<void> => {
    const { database } = world();
    const progress = await readProgress(database);
    if (progress === done) return;
    let isWhole = true;
    for (const batchId of await batchesWithoutFiles(database)) {
      if (isStopping) return;
      await makeFiles(world(), batchId).catch((error: unknown) => {
        isWhole = false;
        failed(`the files of ${batchId}`, error);
      });
    }
    if (isWhole) done = progress;
  };
  const look = (): Promise<void> => {
    work = work
      .then(() => (isStopping ? undefined : lookNow()))
      .catch((error: unknown) => failed('looking for files to make', error));
    return work;
  };
  const again = () => {
    if (isStopping) return;
    timer = setTimeout(() => void look().then(again), everyMs);
  };
  void look().then(again);

  return {
    look,
    async stop() {
      isStopping = true;
      await work;
      clearTimeout(timer);
    },
  };
}
