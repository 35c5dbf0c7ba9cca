// `wayfare openapi`: the OpenAPI document of the partner API, to a file or to standard output.

import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { openApiText } from '../api/reference/openapi.ts';

/** The command `openapi`; it needs no network and no database. */
export function openApiCommand(): Command {
  return new Command('openapi')
    .description('write the OpenAPI 3.1 document of the partner API')
    .option('--out <file>', 'where to write it; standard output if not given')
    .action(async ({ out }: { out?: string }) => {
      const text = openApiText(manifest.version);
      if (out === undefined) process.stdout.write(text);
      else await writeFile(out, text);
    });
}
