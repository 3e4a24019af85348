// date.ts — date(1): prints virtual time, in UTC.
import type { Moment } from '@dmsim/libc';
import { daysOf, formatTime, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'd:uI::R',
  long: {
    date: 'd:',
    universal: 'u',
    utc: 'u',
    'iso-8601': 'I::',
    'rfc-email': 'R',
    'rfc-3339': 'rfc-3339:',
  },
  refused: 'frs',
  refusedLong: ['file', 'reference', 'set', 'debug', 'resolution'],
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
  const { value, operands } = options;
  const [format, extra] = operands;
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  if (format !== undefined && !format.startsWith('+')) {
    if (/^\d{8,}/.test(format)) refuse(t, 'setting the time');
    fail(t, `invalid date ${quote(t, format)}`);
  }
  const now = momentOf(t.process.sim);
  const given = value('d');
  const moment = given === undefined ? now : parseDate(t, given, now);
  const chosen = standardFormat(t, options) ?? format?.slice(1) ?? '%a %b %e %H:%M:%S %Z %Y';
  t.out.put(`${formatTime(chosen, moment.seconds, moment.nanos)}\n`);
  yield* t.out.flush();
  return 0;
}

/** The format of -I, -R or --rfc-3339; undefined without any. */
function standardFormat(t: Tool, { value, has }: Options): string | undefined {
  const iso = value('I');
  if (iso !== undefined) {
    const wrong = `invalid argument ${quote(t, iso)} for ${quote(t, '--iso-8601')}`;
    return ISO[iso === '' ? 'date' : iso] ?? failUsage(t, wrong);
  }
  if (has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  const unit = value('rfc-3339');
  if (unit === undefined) return undefined;
  return (ISO[unit] ?? '').replace('T', ' ').replace(',', '.');
}

/** Parses `@N`, `now` or `YYYY-MM-DD[ HH:MM[:SS]]`. All other formats of date(1) are refused. */
function parseDate(t: Tool, text: string, now: Moment): Moment {
  const at = /^@(-?\d+)(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (at !== null) return { seconds: Number(at[1]), nanos: Number((at[2] ?? '').padEnd(9, '0')) };
  if (text.trim() === 'now') return now;
  const civil = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?(?: ?(?:UTC|Z))?$/.exec(
    text.trim(),
  );
  if (civil === null) return refuse(t, `--date=${text}`);
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = civil;
  const days = daysOf(Number(year), Number(month), Number(day));
  return {
    seconds: days * 86400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second),
    nanos: 0,
  };
}

export const date: Program = tool(main);
