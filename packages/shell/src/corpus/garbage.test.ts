// garbage.test.ts — Broken scripts end in a documented way: a status, or NotSupported. They never hang and never crash.
import { readdirSync, readFileSync } from 'node:fs';

import { createPrng, uniformInteger, NotSupported } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { runLab } from './stand-ins.ts';

const here = new URL('.', import.meta.url);
const scripts = readdirSync(here)
  .filter((file: string) => file.endsWith('.sh') && !file.startsWith('large'))
  .map((file: string) => readFileSync(new URL(file, here), 'utf8'));

const SIGNS = 'abx12 \n\n;|&(){}[]<>$"\'`\\*?~!#=+-%/,:.@^_'.split('');

const WORDS =
  '$( $(( )) ${ } if_ then_ fi\n for_i_in_ do_ done\n case_ esac_ while_ [[_ _]] && || <<E\n \nE\n <<< >&2 echo_ x= $x "$@" f()_{_ set_-e\n read_y\n break\n exit_3\n eval_ trap_ {1..3}'
    .split(' ')
    .map((word) => word.replaceAll('_', ' '));

const PIECES = SIGNS.concat(WORDS);

/** What went wrong, if anything did. */
function problemOf(text: string): string | undefined {
  try {
    const { status, outcome } = runLab(text, 'garbage.sh', { until: 0.5e9 });
    const known = status <= 255 && ['stopped', 'hung', 'limit'].includes(outcome);
    return known ? undefined : `${outcome} with ${status} for ${JSON.stringify(text)}`;
  } catch (error) {
    if (error instanceof NotSupported && /^\S+:\d+: not supported: /.test(error.message))
      return undefined;
    return `${String(error)} for ${JSON.stringify(text)}`;
  }
}

const problemsOf = (texts: readonly string[]): (string | undefined)[] =>
  texts.map(problemOf).filter((problem) => problem !== undefined);

it('survives random pieces of shell', { timeout: 60_000 }, () => {
  const prng = createPrng(7);
  const texts = Array.from({ length: 3000 }, () => {
    const length = uniformInteger(prng, 1, 25);
    const pieces = Array.from({ length }, () => PIECES[uniformInteger(prng, 0, PIECES.length - 1)]);
    return pieces.join('');
  });
  expect(problemsOf(texts)).toEqual([]);
});

it('survives scripts that end anywhere', { timeout: 60_000 }, () => {
  const prng = createPrng(8);
  const texts = scripts.flatMap((script) =>
    Array.from({ length: 6 }, () => script.slice(0, uniformInteger(prng, 0, script.length))),
  );
  expect(problemsOf(texts)).toEqual([]);
});

it('survives scripts with a character gone or doubled', { timeout: 60_000 }, () => {
  const prng = createPrng(9);
  const texts = scripts.flatMap((script) => {
    const at = uniformInteger(prng, 0, script.length);
    const head = script.slice(0, at);
    return [head + script.slice(at + 1), head + script.slice(Math.max(at - 1, 0))];
  });
  expect(problemsOf(texts)).toEqual([]);
});
