// date.ts — date(1): prints virtual time, in UTC.
import type { Moment } from '@dmsim/libc';
import { formatTime, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { momentOfTime, timesOf } from '../fileutils/inode.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { parseDatetime } from '../parse-datetime.ts';
import { lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import { checkZone } from '../time-zone.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'd:r:uI::R',
  long: {
    'rfc-822': 'R',
    'rfc-2822': 'R',
    uct: 'u',
    date: 'd:',
    reference: 'r:',
    universal: 'u',
    utc: 'u',
    'iso-8601': 'I::',
    'rfc-email': 'R',
    'rfc-3339': 'rfc-3339:',
  },
  refused: 'fs',
  refusedLong: ['file', 'set', 'debug', 'resolution'],
};

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { operands } = options;
  const [format, extra] = operands;
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  if (format !== undefined && !format.startsWith('+')) {
    if (/^\d{8,}/.test(format)) refuse(t, 'setting the time');
    fail(t, `invalid date ${quote(t, format)}`);
  }
  if (!options.has('u')) checkZone(t);
  const now = momentOf(t.process.sim);
  const moment = momentAsked(t, options, now);
  const chosen = standardFormat(t, options) ?? format?.slice(1) ?? '%a %b %e %H:%M:%S %Z %Y';
  t.out.put(`${formatTime(chosen, moment.seconds, moment.nanos)}\n`);
  yield* t.out.flush();
  return 0;
}

/** The date of -d or the modification time of -r; else the present. */
function momentAsked(t: Tool, { value }: Options, now: Moment): Moment {
  const file = value('r');
  if (file !== undefined) {
    const node = lookup(t, file);
    if (typeof node === 'string') fail(t, `${file}: ${strerror(node)}`);
    return momentOfTime(timesOf(t, node).modified);
  }
  const text = value('d');
  if (text === undefined) return now;
  return parseDatetime(text, now) ?? fail(t, `invalid date ${quote(t, text)}`);
}

/** The format of -I, -R or --rfc-3339; undefined without any. */
function standardFormat(t: Tool, { value, has }: Options): string | undefined {
  const iso = value('I');
  if (iso !== undefined) return iso === '' ? ISO['date'] : ISO[unitOf(t, '--iso-8601', iso)];
  if (has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  const unit = value('rfc-3339');
  if (unit === undefined) return undefined;
  return (ISO[unitOf(t, '--rfc-3339', unit)] ?? '').replace('T', ' ').replace(',', '.');
}

const UNITS: Readonly<Record<'--iso-8601' | '--rfc-3339', readonly string[]>> = {
  '--iso-8601': ['hours', 'minutes', 'date', 'seconds', 'ns'],
  '--rfc-3339': ['date', 'seconds', 'ns'],
};

/** The unit whose name begins so. Mirrors gnulib's argmatch.c. */
function unitOf(t: Tool, option: keyof typeof UNITS, text: string): string {
  const [unit, second] = UNITS[option].filter((name) => name.startsWith(text));
  if (unit !== undefined && second === undefined) return unit;
  const problem = unit === undefined ? 'invalid' : 'ambiguous';
  const valid = UNITS[option].map((name) => `\n  - ${quote(t, name)}`).join('');
  const shown = `${problem} argument ${quote(t, text)} for ${quote(t, option)}`;
  return failUsage(t, `${shown}\nValid arguments are:${valid}`);
}

export const date: Program = tool(main);
