#!/usr/bin/env node
// The command `wayfare`: see `wayfare --help`.
import { launch } from './launch.mjs';

await launch('src/cli/main.ts', process.argv.slice(2));
