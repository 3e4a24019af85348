// shipped.ts — Finds the pages and labs that come with dmsim.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the bundle of a package that was installed, and in the repository. */
const HOMES = ['../../', '../../../../'];

/** The whole path of `docs/…`, a place in the repository; undefined when it is not there. */
export const shipped = (path: string): string | undefined =>
  HOMES.map((home) => fileURLToPath(new URL(home + path, import.meta.url))).find((file) =>
    existsSync(file),
  );
