import { describe, expect, it } from 'vitest';

import { parseTableLine } from './table-lines.ts';

const spec = (
  start: bigint,
  length: bigint,
  type: string,
  params = '',
): { start: bigint; length: bigint; type: string; params: string } => ({
  start,
  length,
  type,
  params,
});

const U64 = 2n ** 64n;

describe('a table line', () => {
  it.each([
    ['0 10 zero', spec(0n, 10n, 'zero')],
    ['\t0  10   linear   1:0  0  \r', spec(0n, 10n, 'linear', '1:0  0')],
    ['0 10 linear 1:0 0 # comment', spec(0n, 10n, 'linear', '1:0 0 ')],
    ['0 10zero', spec(0n, 10n, 'zero')],
    ['+0 +10 zero', spec(0n, 10n, 'zero')],
    ['-1 10 zero', spec(U64 - 1n, 10n, 'zero')],
    ['0 99999999999999999999 zero', spec(0n, U64 - 1n, 'zero')],
    ['0 10.5 zero', spec(0n, 10n, '.5', 'zero')],
    ['0 10 zero;10 10 zero', spec(0n, 10n, 'zero;10', '10 zero')],
    [String.raw`0 8 linear 1:\0 0`, spec(0n, 8n, 'linear', String.raw`1:\\0 0`)],
  ])('"%s" is a target', (line, target) => {
    expect(parseTableLine(line, 'line 1 of table ')).toEqual(target);
  });

  it.each(['', '   ', '#c', '  # c'])('"%s" is none', (line) => {
    expect(parseTableLine(line, 'line 1 of table ')).toBeUndefined();
  });

  it.each(['0', '0 10', 'x 10 zero', '0 x zero', '0x0 0x10 zero', '0,10,zero', 'a: 0 10 zero'])(
    '"%s" has an invalid format',
    (line) => {
      const error = 'Invalid format on line 3 of table on stdin.';
      expect(parseTableLine(line, 'line 3 of table on stdin')).toEqual({ error });
    },
  );

  it('has a type of fifteen characters at most', () => {
    const type = 'averyveryverylongtargettypename';
    expect(parseTableLine(`0 10 ${type} x`, '')).toEqual({
      error: `Target type name ${type} is too long.`,
    });
  });
});
