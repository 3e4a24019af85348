// Broken scripts end in a documented way: with a status, or by the name of what is not supported. None hangs and none crashes.
import { readdirSync, readFileSync } from 'node:fs';

import { LimitReached, NotSupported } from '@dmsim/sim';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { runLab } from '../../packages/shell/src/stand-ins.case.ts';
import { ALL } from '../share.ts';

const corpus = new URL('../../packages/shell/corpus/', import.meta.url);
// A script that fails to close its end of a coprocess waits for ever, in bash, too.
const scripts = readdirSync(corpus)
  .filter((file: string) => file.endsWith('.sh') && !file.startsWith('large'))
  .map((file: string) => readFileSync(new URL(file, corpus), 'utf8'))
  .filter((script) => !script.includes('coproc '));

const SIGNS = 'abx12 \n\n;|&(){}[]<>$"\'`\\*?~!#=+-%/,:.@^_'.split('');

const WORDS =
  '$( $(( )) ${ } if_ then_ fi\n for_i_in_ do_ done\n case_ esac_ while_ [[_ _]] && || <<E\n \nE\n <<< >&2 echo_ x= $x "$@" f()_{_ set_-e\n read_y\n break\n exit_3\n eval_ trap_ {1..3}'
    .split(' ')
    .map((word) => word.replaceAll('_', ' '));

const pieces = fc
  .array(fc.constantFrom(...SIGNS, ...WORDS), { minLength: 1, maxLength: 25 })
  .map((parts) => parts.join(''));

/** A script of the corpus with a place in it. */
const place = fc
  .constantFrom(...scripts)
  .chain((script) => fc.tuple(fc.constant(script), fc.nat({ max: script.length })));

/** Ends with a status within half a second of virtual time, is still busy then, or says what it can't do. */
function survives(text: string): void {
  try {
    const { status, outcome } = runLab(text, 'garbage.sh', { until: 0.5e9 });
    expect(status).toBeLessThanOrEqual(255);
    expect(['stopped', 'limit']).toContain(outcome);
  } catch (error) {
    if (error instanceof LimitReached) return;
    if (!(error instanceof NotSupported)) throw error;
    expect(error.message).toMatch(/^\S+:\d+: not supported: /);
  }
}

const check = (texts: fc.Arbitrary<string>, seed: number, numRuns: number): void =>
  fc.assert(fc.property(texts, survives), { seed, numRuns });

it('survives random pieces of shell', { timeout: 60_000 }, () =>
  check(pieces, 7, ALL ? 3000 : 1000),
);

it('survives scripts that end anywhere', { timeout: 60_000 }, () =>
  check(
    place.map(([script, at]) => script.slice(0, at)),
    8,
    ALL ? 300 : 100,
  ),
);

it('survives scripts with a character gone or doubled', { timeout: 60_000 }, () => {
  const gone = place.map(([script, at]) => script.slice(0, at) + script.slice(at + 1));
  const doubled = place.map(([script, at]) => script.slice(0, at + 1) + script.slice(at));
  check(fc.oneof(gone, doubled), 9, ALL ? 200 : 70);
});
