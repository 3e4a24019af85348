// amount.ts — The amount of each file that head(1) and tail(1) print: the last of -n LINES and -c BYTES counts.
import { parseSize } from '../numbers.ts';
import type { Options, OptionSpec } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, quote } from '../tool.ts';

export const AMOUNT_OPTIONS: OptionSpec = {
  short: 'c:n:qvz',
  long: {
    bytes: 'c:',
    lines: 'n:',
    quiet: 'q',
    silent: 'q',
    verbose: 'v',
    'zero-terminated': 'z',
  },
};

export interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** The sign of the number: to head, `-N` means all but the last N; to tail, `+N` means from the Nth on. */
  readonly sign: '+' | '-' | '';
  readonly delimiter: string;
}

export function amountOf(t: Tool, { given, has }: Options): Amount {
  const delimiter = has('z') ? '\0' : '\n';
  // Each amount is checked, even one that a later one replaces.
  const amounts = given
    .filter(([key]) => key === 'c' || key === 'n')
    .map(([key, value]) => parseAmount(t, key === 'c' ? 'bytes' : 'lines', value));
  return { ...(amounts.at(-1) ?? { unit: 'lines', count: 10, sign: '' }), delimiter };
}

function parseAmount(t: Tool, unit: Amount['unit'], value: string): Omit<Amount, 'delimiter'> {
  const [sign] = /^[-+]?/.exec(value) as unknown as [Amount['sign']];
  const count = parseSize(value.slice(sign.length), 'b');
  if (count === undefined) fail(t, `invalid number of ${unit}: ${quote(t, value)}`);
  return { unit, count, sign };
}
