// checkSelector: fit selectors pass, and each mistake is found by the part of the check that is for it.
import { checkSelector, SELECTOR_RULES } from '@dmsim/kit';
import type { CheckSelectorOptions } from '@dmsim/kit';
import type { DmPath, PathSelectorType } from '@dmsim/multipath';
import { expect, it } from 'vitest';

import { firstPath } from './first-path.case.ts';

const UNFAIR = [
  'chooses every idle path in its turn',
  'chooses among all again after each has failed and come back',
  'gives every path its share of a steady load, and again when it was lost and has come back',
];

interface Turn {
  readonly valid: DmPath[];
  next: number;
}

/** Each path in its turn. */
const inTurn: PathSelectorType<Turn> = {
  name: 'in-turn',
  tableArgs: 0,
  infoArgs: 0,
  create: () => ({ state: { valid: [], next: 0 } }),
  addPath({ valid }, path) {
    valid.push(path);
    return undefined;
  },
  status: (_state, path) => (path === null ? '0 ' : ''),
  failPath: ({ valid }, path) => void valid.splice(valid.indexOf(path), 1),
  reinstatePath({ valid }, path) {
    valid.push(path);
    return undefined;
  },
  selectPath: (state) => state.valid[state.next++ % state.valid.length] ?? null,
};

/** Returns the message of `checkSelector`; empty if the selector is fit. */
function said(type: PathSelectorType<any, any>, options: CheckSelectorOptions = {}): string {
  try {
    checkSelector(type, { runs: 40, ...options });
    return '';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

it('passes selectors that are fit, and those that break a rule on purpose', () => {
  expect(said(inTurn)).toBe('');
  expect(said(firstPath, { skip: UNFAIR })).toBe('');
});

it('names the rules that are broken', () => {
  expect(said(firstPath)).toContain(
    'first-path breaks the rule "gives every path its share of a steady load, and again when it was lost and has come back": at first 8:16 gets 0 of 400 I/Os',
  );
  expect(said({ ...inTurn, infoArgs: 1 })).toContain('infoArgs is 1, and it prints ""');
  expect(said({ ...inTurn, failPath: () => undefined })).toContain('after that failed');
});

it('finds a path that gets less than its share once it was lost and has come back', () => {
  const forgets = { ...inTurn, reinstatePath: (): undefined => undefined };
  const rule = UNFAIR.at(-1) ?? '';
  expect(said({ ...forgets, name: 'forgets' }, { skip: UNFAIR.slice(0, 2) })).toContain(rule);
});

it('finds I/O that is never sent though a path could take it, as a lab', () => {
  let choices = 0;
  const stops: PathSelectorType<Turn> = {
    ...inTurn,
    name: 'stops',
    // The rules are through before that.
    selectPath: (state) => (++choices > 2000 ? null : inTurn.selectPath(state, 0)),
  };
  const text = said(stops, { runs: 200 });
  expect(text).toMatch(/^CheckFailed: /);
  expect(text).toContain('dmsetup create mp --table');
});

it('refuses what is no selector, and a rule that there is not', () => {
  expect(said({ ...inTurn, name: undefined as never })).toMatch(
    /^SelectorUnfit: a selector without a name: name is to be/,
  );
  expect(said({ ...inTurn, name: 'two words' })).toMatch(
    /^SelectorUnfit: two words: name is to be/,
  );
  expect(said({ ...inTurn, name: 'round-robin' })).toBe(
    'SelectorUnfit: round-robin: Linux has one of that name',
  );
  const text = said(inTurn, { skip: ['is kind'] });
  expect(text).toMatch(/^RangeError: there is no rule "is kind"; the rules are:\n/);
  for (const [rule] of SELECTOR_RULES) expect(text).toContain(`\n  ${rule}`);
});

it('names the hook that throws or answers something wrong, once, and keeps the error', () => {
  const oops = new Error('oops');
  const throws: PathSelectorType<Turn> = {
    ...inTurn,
    selectPath: () => {
      throw oops;
    },
  };
  const rule = 'chooses paths of its group only, before anything has happened to them';
  expect(said(throws)).toMatch(
    `SelectorUnfit: path selector in-turn: selectPath threw: oops (found by the rule "${rule}" and by`,
  );
  expect(said(throws).split('oops')).toHaveLength(2);
  expect(() => checkSelector(throws)).toThrow(expect.objectContaining({ cause: oops }));
  const wrong = { ...inTurn, selectPath: () => undefined } as unknown as PathSelectorType<Turn>;
  expect(said(wrong)).toContain(
    'selectPath answered undefined, not a path that addPath was given, or null',
  );
});

it('shows how to skip the rules that were broken', () => {
  const text = said(firstPath);
  expect(text).toContain('If that is what the selector is for: checkSelector(…, { skip: [');
  for (const rule of UNFAIR) expect(text).toContain(`\n  '${rule}',\n`);
});
