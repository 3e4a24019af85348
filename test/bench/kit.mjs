// Measures the property kit as it is shipped, in one file: `kit-runs.mjs`, with its options.
import { execFileSync } from 'node:child_process';

import { withBundle } from './bundle.mjs';

withBundle('kit-runs.mjs', (file) => {
  execFileSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
});
