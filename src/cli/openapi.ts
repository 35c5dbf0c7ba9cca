// `wayfare openapi`: the OpenAPI document of the partner API or of the merchant API, to a file or
// to standard output.

import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { merchantOpenApiText } from '../api/reference/merchantOpenapi.ts';
import { openApiText } from '../api/reference/openapi.ts';

/** The command `openapi`; it needs no network and no database. */
export function openApiCommand(): Command {
  return new Command('openapi')
    .description('write the OpenAPI 3.1 document of the partner API')
    .option('--merchant', 'the merchant API instead')
    .option('--out <file>', 'where to write it; standard output if not given')
    .action(async ({ out, merchant }: { out?: string; merchant?: true }) => {
      const text = (merchant ? merchantOpenApiText : openApiText)(manifest.version);
      if (out === undefined) process.stdout.write(text);
      else await writeFile(out, text);
    });
}
