// ls-time.ts — Which time ls -l shows, and in which form.
import type { Moment } from '@dmsim/libc';
import { formatTime } from '@dmsim/libc';
import type { FileTimes } from '@dmsim/vfs';

import type { Options } from '../options.ts';
import type { Tool } from '../tool.ts';
import { Failure, quote } from '../tool.ts';

export type TimeKind = keyof FileTimes;
export type TimeFormat = (time: Moment, now: Moment) => string;

const KINDS: Readonly<Record<string, TimeKind>> = {
  atime: 'accessed',
  access: 'accessed',
  use: 'accessed',
  ctime: 'changed',
  status: 'changed',
  mtime: 'modified',
  modification: 'modified',
  birth: 'born',
  creation: 'born',
};

/** The time that -c, -u or --time asks for; the last one counts. */
export function timeKindOf(t: Tool, { given }: Options): TimeKind {
  const last = given.findLast(([key]) => key === 'c' || key === 'u' || key === 'time');
  if (last === undefined) return 'modified';
  const [key, word] = last;
  if (key !== 'time') return key === 'c' ? 'changed' : 'accessed';
  return KINDS[word] ?? failWord(t, `invalid argument ${quote(t, word)} for ${quote(t, '--time')}`);
}

function failWord(t: Tool, message: string): never {
  throw new Failure(`${t.name}: ${message}\nTry '${t.name} --help' for more information.\n`, 2);
}

/** Half of a year of 365.2425 days, in seconds. Older files show the year. */
const HALF_YEAR = 15_778_476;

const isRecent = ({ seconds }: Moment, now: Moment): boolean =>
  seconds > now.seconds - HALF_YEAR && seconds <= now.seconds;

const byAge =
  (recent: string, old: string): TimeFormat =>
  (time, now) =>
    formatTime(isRecent(time, now) ? recent : old, time.seconds, time.nanos);

const always =
  (format: string): TimeFormat =>
  ({ seconds, nanos }) =>
    formatTime(format, seconds, nanos);

const FULL = always('%Y-%m-%d %H:%M:%S.%N %z');
const LOCALE = byAge('%b %e %H:%M', '%b %e  %Y');

const STYLES: Readonly<Record<string, TimeFormat>> = {
  'full-iso': FULL,
  'long-iso': always('%Y-%m-%d %H:%M'),
  iso: byAge('%m-%d %H:%M', '%Y-%m-%d '),
  locale: LOCALE,
};

/** The form that --time-style, TIME_STYLE or --full-time asks for. */
export function timeFormatOf(t: Tool, { given }: Options): TimeFormat {
  const last = given.findLast(([key]) => key === 'time-style' || key === 'full-time');
  if (last?.[0] === 'full-time') return FULL;
  const style = last?.[1] ?? t.context.env.get('TIME_STYLE') ?? 'locale';
  if (style.startsWith('+')) {
    const [recent = '', old = recent] = style.slice(1).split('\n').toReversed();
    return byAge(recent, old);
  }
  // In the C locale, `posix-` asks for the locale's own form.
  return style.startsWith('posix-') ? LOCALE : (STYLES[style] ?? failStyle(t, style));
}

function failStyle(t: Tool, style: string): never {
  const valid = ['full-iso', 'long-iso', 'iso', 'locale'].map((name) => `  - [posix-]${name}\n`);
  throw new Failure(
    `${t.name}: invalid argument ${quote(t, style)} for ${quote(t, 'time style')}\n` +
      `Valid arguments are:\n${valid.join('')}  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\n` +
      `Try '${t.name} --help' for more information.\n`,
    2,
  );
}
