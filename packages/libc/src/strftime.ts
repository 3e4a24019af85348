// strftime.ts — Formats seconds since the epoch like strftime(3), in UTC. It reads no clock.
import type { Sim } from '@dmsim/sim';

/** Every simulation begins at 2025-01-01 00:00:00 UTC. Virtual time counts from here. */
export const SIMULATION_START = 1735689600;

export interface Moment {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly nanos: number;
}

/** The clock of a machine: nanoseconds since 1970. */
export const clockOf = (sim: Sim) => (): bigint =>
  BigInt(SIMULATION_START) * 1_000_000_000n + BigInt(sim.now);

export const momentOf = (sim: Sim): Moment => ({
  seconds: SIMULATION_START + Math.floor(sim.now / 1e9),
  nanos: sim.now % 1e9,
});

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY = 86400;
const modulo = (a: number, b: number): number => ((a % b) + b) % b;

/** Returns the days from 1970-01-01 to a date (Howard Hinnant's days_from_civil). */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468
  );
}

/** The date and the time of day of seconds since 1970. */
export function civilOf(seconds: number): Civil {
  const days = Math.floor(seconds / DAY);
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const rest = modulo(seconds, DAY);
  return {
    year,
    month,
    day,
    weekday: modulo(days + 4, 7),
    yearDay: days - daysOf(year, 1, 1),
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  };
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (n: number, fill = '0'): string => String(n).padStart(2, fill);

const UTC_NAMES: ReadonlySet<string> = new Set([
  '',
  ...['UTC', 'UTC0', 'UCT', 'Zulu', 'Universal'].flatMap((name) => [name, `:${name}`]),
  ...['Etc/UTC', 'Etc/UCT', 'Etc/Zulu', 'Etc/Universal'].flatMap((name) => [name, `:${name}`]),
]);

/** Whether a value of TZ means UTC, the only zone that there is here. */
export const isUtc = (zone: string | undefined): boolean =>
  zone === undefined || UTC_NAMES.has(zone);

/** strftime(3) with GNU's flags (`%-d`, `%_H`, `%^a`, `%3N`). Unknown conversions stay as they are. */
export function formatTime(format: string, seconds: number, nanos = 0): string {
  const civil = civilOf(seconds);
  return format.replace(
    /%([-_0^#]*)(\d*)(:{0,3}[a-zA-Z%+])/gs,
    (all, flags: string, width: string, letter: string) => {
      const text = conversion(letter, civil, { seconds, nanos, width });
      return text === undefined ? all : adjust(text, flags, letter === 'N' ? '' : width, letter);
    },
  );
}

function adjust(text: string, flags: string, width: string, letter: string): string {
  let shown = text;
  const numeric = !'aAbBhcpPZDFTRrxXnt%'.includes(letter);
  if (numeric && flags.includes('-')) shown = shown.replace(/^[0 ]+(?=.)/, '');
  if (numeric && flags.includes('_'))
    shown = shown.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
  if (flags.includes('0')) shown = shown.replace(/^ +/, (blanks) => '0'.repeat(blanks.length));
  if (flags.includes('^')) shown = shown.toUpperCase();
  if (flags.includes('#')) shown = letter === 'p' ? shown.toLowerCase() : shown.toUpperCase();
  return width === ''
    ? shown
    : shown.padStart(Number(width), numeric && !flags.includes('_') ? '0' : ' ');
}

interface Instant extends Moment {
  readonly width: string;
}

function conversion(
  letter: string,
  c: Civil,
  { seconds, nanos, width }: Instant,
): string | undefined {
  const composed = COMPOSED[letter];
  if (composed !== undefined) return formatTime(composed, seconds, nanos);
  const simple = SIMPLE[letter];
  if (simple !== undefined) return simple(c);
  if (letter === 's') return String(seconds);
  if (letter === 'N')
    return String(nanos)
      .padStart(9, '0')
      .slice(0, width === '' ? 9 : Number(width));
  return undefined;
}

const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  '+': '%a %b %e %H:%M:%S %Z %Y',
};

const hour12 = (c: Civil): number => c.hour % 12 || 12;

const SIMPLE: Readonly<Record<string, (c: Civil) => string>> = {
  '%': () => '%',
  a: (c) => (DAYS[c.weekday] ?? '').slice(0, 3),
  A: (c) => DAYS[c.weekday] ?? '',
  b: (c) => (MONTHS[c.month - 1] ?? '').slice(0, 3),
  B: (c) => MONTHS[c.month - 1] ?? '',
  C: (c) => two(Math.floor(c.year / 100)),
  d: (c) => two(c.day),
  e: (c) => two(c.day, ' '),
  G: (c) => String(isoWeek(c).year),
  g: (c) => two(isoWeek(c).year % 100),
  h: (c) => (MONTHS[c.month - 1] ?? '').slice(0, 3),
  H: (c) => two(c.hour),
  I: (c) => two(hour12(c)),
  j: (c) => String(c.yearDay + 1).padStart(3, '0'),
  k: (c) => two(c.hour, ' '),
  l: (c) => two(hour12(c), ' '),
  m: (c) => two(c.month),
  M: (c) => two(c.minute),
  n: () => '\n',
  p: (c) => (c.hour < 12 ? 'AM' : 'PM'),
  P: (c) => (c.hour < 12 ? 'am' : 'pm'),
  q: (c) => String(Math.floor((c.month - 1) / 3) + 1),
  S: (c) => two(c.second),
  t: () => '\t',
  u: (c) => String(c.weekday || 7),
  U: (c) => two(Math.floor((c.yearDay + 7 - c.weekday) / 7)),
  V: (c) => two(isoWeek(c).week),
  w: (c) => String(c.weekday),
  W: (c) => two(Math.floor((c.yearDay + 7 - modulo(c.weekday - 1, 7)) / 7)),
  y: (c) => two(c.year % 100),
  Y: (c) => String(c.year),
  z: () => '+0000',
  ':z': () => '+00:00',
  '::z': () => '+00:00:00',
  Z: () => 'UTC',
};

function isoWeek(c: Civil): { year: number; week: number } {
  const thursday = daysOf(c.year, 1, 1) + c.yearDay + 3 - modulo(c.weekday - 1, 7);
  const { year, yearDay } = civilOf(thursday * DAY);
  return { year, week: Math.floor(yearDay / 7) + 1 };
}
