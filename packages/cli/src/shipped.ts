// shipped.ts — Finds the pages and labs that come with dmsim.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The places of docs/, seen from the bundle of an installed package and from the one in the repository. */
const HOMES = ['../../', '../../../../'];

/** The absolute path of a file such as `docs/tutorial.md`; undefined if it does not exist. */
export const shipped = (path: string): string | undefined =>
  HOMES.map((home) => fileURLToPath(new URL(home + path, import.meta.url))).find((file) =>
    existsSync(file),
  );
