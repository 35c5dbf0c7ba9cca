// The clerk of files: makes what a closed day or a settled batch asks for, while the hub runs.

import { type Clerk, startClerk } from '../base/clerk.ts';
import { batchesWithoutFiles, type FilesWorld, makeFiles } from './commands.ts';
import { sweepDrafts } from './diskStore.ts';
import { readProgress } from './store.ts';

const usualEveryMs = 2_000;

/**
 * Looks every two seconds whether a day was closed or a step was taken, by whatever process, and
 * only then for what is missing. A batch that fails leaves the others alone; what failed is tried
 * at the next look.
 */
export function startFileClerk(
  world: () => FilesWorld,
  failed: (what: string, error: unknown) => void,
  everyMs = usualEveryMs,
): Clerk {
  let done: string | undefined;
  const swept = sweepDrafts(world().directory, Date.now()).catch((error: unknown) =>
    failed('sweeping files that were not finished', error),
  );
  return startClerk({
    everyMs,
    async look(isStopping) {
      await swept;
      const { database } = world();
      const progress = await readProgress(database);
      if (progress === done) return;
      let isWhole = true;
      for (const batchId of await batchesWithoutFiles(database)) {
        if (isStopping()) return;
        await makeFiles(world(), batchId).catch((error: unknown) => {
          isWhole = false;
          failed(`the files of ${batchId}`, error);
        });
      }
      if (isWhole) done = progress;
    },
    failed: (error) => failed('looking for files to make', error),
  });
}
