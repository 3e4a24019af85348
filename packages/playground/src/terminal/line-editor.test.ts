import { describe, expect, it } from 'vitest';

import { complete, wordAt } from './complete.ts';
import type { EditedLine } from './line-editor.ts';
import { EDITS, EMPTY_LINE, insertText } from './line-editor.ts';

const HISTORY = ['first', 'second'];
const LEFT = '\u001B[D';
const UP = '\u001B[A';
const DOWN = '\u001B[B';

/** Applies keys as a terminal sends them; any other text is typed. */
const typed = (...keys: string[]): EditedLine =>
  keys.reduce((line, key) => EDITS[key]?.(line, HISTORY) ?? insertText(line, key), EMPTY_LINE);

describe('a line that is typed', () => {
  it.each([
    [['abc', LEFT, LEFT, 'x'], 'axbc', 2],
    [['abc', '\u007F'], 'ab', 2],
    [['abc', '\u0001', '\u001B[3~'], 'bc', 0],
    [['one two', '\u0017'], 'one ', 4],
    [['one two', LEFT, '\u0015'], 'o', 0],
    [['one two', '\u0001', '\u000B'], '', 0],
    [['\u007F', LEFT, '\u001B[C'], '', 0],
  ])('%j', (keys, text, cursor) => {
    expect(typed(...keys)).toMatchObject({ text, cursor });
  });

  it('goes back through the history, and forward to what was begun', () => {
    expect(typed('draft', UP).text).toBe('second');
    expect(typed('draft', UP, UP, UP).text).toBe('first');
    expect(typed('draft', UP, UP, DOWN, DOWN).text).toBe('draft');
  });

  it('does not grow without end', () => {
    expect(typed('x'.repeat(10_000)).text.length).toBeLessThan(5000);
  });
});

describe('completion', () => {
  it.each([
    ['dms', true, 'dms'],
    ['echo a > /sys/bl', false, '/sys/bl'],
    ['true; dms', true, 'dms'],
    ['cat x | gr', true, 'gr'],
    ['', true, ''],
  ])('of %j', (line, isCommand, text) => {
    expect(wordAt(line, line.length)).toMatchObject({ isCommand, text });
  });

  it('adds what is certain, and lists what is not', () => {
    expect(complete('dms', ['dmsetup', 'dd'])).toEqual({ added: 'etup ', choices: [] });
    expect(complete('/sys/b', ['/sys/block/', '/sys/bus/'])).toEqual({
      added: '',
      choices: ['/sys/block/', '/sys/bus/'],
    });
    expect(complete('/sys/bl', ['/sys/block/'])).toEqual({ added: 'ock/', choices: [] });
    expect(complete('x', ['y'])).toEqual({ added: '', choices: [] });
  });
});
