// numbers.test.ts — Numbers as printf and awk show them; and grep, so that the two files take the same time.
import { FAMILIES } from './cases.ts';
import { replayFamily } from './replay.ts';

const NAMES = new Set(['grep', 'bash-printf', 'printf', 'awk']);

for (const family of FAMILIES.filter(({ name }) => NAMES.has(name))) replayFamily(family);
