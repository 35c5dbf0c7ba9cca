// What the npm scripts call: `node bin/run.mjs <entry> [arguments]`, with whatever Node is there.
import { launch } from './launch.mjs';

const [entry = 'src/main.ts', ...words] = process.argv.slice(2);
await launch(entry, words);
