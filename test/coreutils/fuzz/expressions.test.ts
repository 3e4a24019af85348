// expressions.test.ts — Regular expressions and patterns: sed, sed with back-references, [[ =~ ]], and those of shells and find.
import { FAMILIES } from './cases.ts';
import { replayFamily } from './replay.ts';

const NAMES = new Set(['sed', 'sed-basic', 'bash-regex', 'bash-pattern', 'find']);

for (const family of FAMILIES.filter(({ name }) => NAMES.has(name))) replayFamily(family);
