// Labs that print something else than Linux did, and do not say so. A lab that agrees fails here, and moves up one folder.
import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { playLab } from './lab-runner.ts';

const read = (file: string): string =>
  readFileSync(new URL(`not-yet/${file}`, import.meta.url), 'utf8');

/**
 * Both: after the resume with an error table, the waiting process closes the map before `remove -f` gets to its last ioctl
 * or after it. On Linux that depends on the map's mode, whether it was suspended, and whether its paths are gone.
 */
it.fails.each(['leftover-map-suspend-and-remove-f', 'forced-removal-under-io'])(
  '%s prints what Linux printed',
  (lab) => {
    expect(playLab(read(`${lab}.sh`)).text).toBe(read(`${lab}.expected`));
  },
);
