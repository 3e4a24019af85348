// parse-datetime.ts — Reads dates as `date -d` and `touch -d` take them, in UTC. Mirrors gnulib's parse-datetime.y.
import { civilOf, daysOf, type Moment } from '@dmsim/libc';

/**
 *   @SECONDS[.FRACTION]
 *   YYYY-MM-DD | YY-MM-DD | YYYY/MM/DD | MM/DD[/YYYY] | DD MONTH [YYYY] | MONTH DD[, YYYY] | YYYYMMDD
 *   HH:MM[:SS[.FRACTION]] [am|pm] [ZONE] | HH am|pm
 *   [ORDINAL] WEEKDAY | [ORDINAL|NUMBER] UNIT [ago] | now today yesterday tomorrow
 */
interface Parsed {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  /** Whether the date came with its year. */
  hasYear: boolean;
  dates: number;
  times: number;
  zones: number;
  weekdays: number;
  relatives: number;
  zoneMinutes: number;
  weekday: number;
  weekdayOrdinal: number;
  /** To be added: years, months, days, seconds. */
  readonly add: { years: number; months: number; days: number; seconds: number };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const WEEKDAY_ALIASES: Readonly<Record<string, number>> = { tues: 2, wednes: 3, thur: 4, thurs: 4 };
const ORDINALS: Readonly<Record<string, number>> = {
  last: -1,
  this: 0,
  next: 1,
  first: 1,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
};
/** Hours east of Greenwich. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  ut: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  msk: 3,
  ist: 5.5,
  jst: 9,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};
type Unit = readonly [of: keyof Parsed['add'], factor: number];
const UNITS: Readonly<Record<string, Unit>> = {
  year: ['years', 1],
  month: ['months', 1],
  fortnight: ['days', 14],
  week: ['days', 7],
  day: ['days', 1],
  hour: ['seconds', 3600],
  minute: ['seconds', 60],
  min: ['seconds', 60],
  second: ['seconds', 1],
  sec: ['seconds', 1],
};
const DAY_WORDS: Readonly<Record<string, number>> = {
  now: 0,
  today: 0,
  yesterday: -1,
  tomorrow: 1,
};

/** Returns the instant that `text` names, or undefined if it is no date. */
export function parseDatetime(text: string, now: Moment): Moment | undefined {
  const at = /^\s*@(-?\d+)(?:[.,](\d+))?\s*$/.exec(text);
  if (at !== null) return secondsOf(at[1] as string, nanosOf(at[2]));
  const parsed = startAt(now);
  let rest = text
    .toLowerCase()
    .replaceAll(/\([^)]*\)/g, ' ')
    .trimStart();
  while (rest !== '') {
    const item = readFirst(rest, parsed);
    if (item === 0) return undefined;
    rest = rest.slice(item).replace(/^[\s,]+/, '');
  }
  return instantOf(parsed, now);
}

/** A fraction goes away from zero: -1.5 is half a second after -2. */
function secondsOf(text: string, nanos: number): Moment {
  const seconds = Number(text);
  return text.startsWith('-') && nanos > 0
    ? { seconds: seconds - 1, nanos: 1e9 - nanos }
    : { seconds, nanos };
}

const nanosOf = (fraction = ''): number => Number(fraction.slice(0, 9).padEnd(9, '0'));

function startAt({ seconds, nanos }: Moment): Parsed {
  const { year, month, day, hour, minute, second } = civilOf(seconds);
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    nanos,
    hasYear: false,
    dates: 0,
    times: 0,
    zones: 0,
    weekdays: 0,
    relatives: 0,
    zoneMinutes: 0,
    weekday: 0,
    weekdayOrdinal: 0,
    add: { years: 0, months: 0, days: 0, seconds: 0 },
  };
}

/** Reads one item; false if its numbers or its words are none of it. */
type Read = (p: Parsed, groups: readonly (string | undefined)[]) => boolean;

/** Reads the item that `rest` begins with. Returns how long it is; 0 if there is none. */
function readFirst(rest: string, parsed: Parsed): number {
  for (const [pattern, read] of ITEMS) {
    const match = pattern.exec(rest);
    if (match !== null && read(parsed, match.slice(1))) return match[0].length;
  }
  return 0;
}

function setDate(p: Parsed, year: number | undefined, month: number, day: number): boolean {
  p.dates++;
  Object.assign(p, { month, day, year: year ?? p.year, hasYear: year !== undefined });
  return true;
}

const yearOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 69 ? 2000 : 1900);
};

const monthOf = (word = ''): number =>
  word === 'sept' ? 9 : MONTHS.indexOf(word) + 1 || MONTH_NAMES.indexOf(word) + 1;

function named(
  p: Parsed,
  word: string | undefined,
  day: string | undefined,
  year?: string,
): boolean {
  const month = monthOf(word);
  return month > 0 && setDate(p, yearOf(year), month, Number(day));
}

function setTime(p: Parsed, groups: readonly (string | undefined)[]): boolean {
  const [hour = '0', minute = '0', second = '0', fraction, half, zone] = groups;
  const hours = half === undefined ? Number(hour) : hour12(Number(hour), half);
  if (hours === undefined || hours > 23 || Number(minute) > 59 || Number(second) > 59) return false;
  p.times++;
  Object.assign(p, {
    hour: hours,
    minute: Number(minute),
    second: Number(second),
    nanos: nanosOf(fraction),
  });
  return zone === undefined || setZone(p, zone);
}

const hour12 = (hour: number, half: string): number | undefined =>
  hour < 1 || hour > 12 ? undefined : (hour % 12) + (half.startsWith('p') ? 12 : 0);

/** In minutes. */
const LARGEST_ZONE = 24 * 60;

function setZone(p: Parsed, text: string): boolean {
  p.zones++;
  const [, sign, hours = '', minutes] = /^([-+])\s*(\d{1,4})(?::(\d\d))?$/.exec(text) ?? [];
  const digits = Number(hours);
  const total =
    minutes === undefined && hours.length > 2
      ? Math.floor(digits / 100) * 60 + (digits % 100)
      : digits * 60 + Number(minutes ?? 0);
  p.zoneMinutes = sign === '-' ? -total : total;
  return sign !== undefined && total <= LARGEST_ZONE;
}

function setZoneName(p: Parsed, word: string | undefined): boolean {
  const hours = ZONES[word ?? ''] ?? militaryZone(word ?? '');
  if (hours === undefined) return false;
  p.zones++;
  p.zoneMinutes = hours * 60;
  return true;
}

/** The zones of one letter: A to M without J are 1 to 12, N to Y are -1 to -12. */
function militaryZone(letter: string): number | undefined {
  if (!/^[a-ik-y]$/.test(letter)) return undefined;
  const east = 'abcdefghiklm'.indexOf(letter);
  return east >= 0 ? east + 1 : -('nopqrstuvwxy'.indexOf(letter) + 1);
}

function addUnits(p: Parsed, count: number, word: string, ago: boolean): boolean {
  const unit = UNITS[word] ?? UNITS[word.replace(/s$/, '')];
  if (unit === undefined) return false;
  p.relatives++;
  p.add[unit[0]] += count * unit[1] * (ago ? -1 : 1);
  return true;
}

function setWeekday(p: Parsed, word: string, ordinal: number): boolean {
  const full = WEEKDAYS.findIndex((day) => day === word || day.slice(0, 3) === word);
  const weekday = full < 0 ? WEEKDAY_ALIASES[word] : full;
  if (weekday === undefined) return false;
  p.weekdays++;
  p.weekday = weekday;
  p.weekdayOrdinal = ordinal;
  return true;
}

function ordinalItem(
  p: Parsed,
  [word = '', unit = '', ago]: readonly (string | undefined)[],
): boolean {
  const count = ORDINALS[word];
  if (count === undefined) return false;
  return setWeekday(p, unit, count) || addUnits(p, count, unit, ago !== undefined);
}

/** `3 days`, `-2 weeks ago`; `3 monday` */
const counted = (
  p: Parsed,
  count: number,
  { unit, ago }: { readonly unit: string; readonly ago: boolean },
): boolean => addUnits(p, count, unit, ago) || setWeekday(p, unit, count);

function wordItem(p: Parsed, [word = '', ago]: readonly (string | undefined)[]): boolean {
  const days = DAY_WORDS[word];
  if (days !== undefined) {
    p.relatives++;
    p.add.days += days;
    return true;
  }
  return setZoneName(p, word) || setWeekday(p, word, 0) || addUnits(p, 1, word, ago !== undefined);
}

/** A number alone: YYYYMMDD, or, after a date, HH or HHMM. */
function bareNumber(p: Parsed, [digits = '']: readonly (string | undefined)[]): boolean {
  const n = Number(digits);
  if (p.dates > 0 && !p.hasYear && p.relatives === 0 && (p.times > 0 || digits.length > 2)) {
    p.hasYear = true;
    p.year = yearOf(digits) ?? p.year;
    return true;
  }
  if (digits.length > 4)
    return setDate(p, Math.floor(n / 10000), Math.floor(n / 100) % 100, n % 100);
  return digits.length <= 2
    ? setTime(p, [digits])
    : setTime(p, [String(Math.floor(n / 100)), String(n % 100)]);
}

const AGO = String.raw`(\s+ago\b)?`;

/** The first that matches is taken: longer ones stand before their beginnings. */
const ITEMS: readonly (readonly [RegExp, Read])[] = [
  [
    /^(\d{4,}|\d\d)-(\d\d?)-(\d\d?)(?:t(?=\d)|(?![\d:]))/,
    (p, [y, m, d]) => setDate(p, yearOf(y), Number(m), Number(d)),
  ],
  [/^(\d{4,})\/(\d\d?)\/(\d\d?)\b/, (p, [y, m, d]) => setDate(p, yearOf(y), Number(m), Number(d))],
  [
    /^(\d\d?)\/(\d\d?)(?:\/(\d{2,4}))?\b/,
    (p, [m, d, y]) => setDate(p, yearOf(y), Number(m), Number(d)),
  ],
  [
    /^(\d\d?)[\s-]*([a-z]{3,9})(?:(?:\s*,?\s*|-)(\d{4})(?!\d|:)|\b)/,
    (p, [d, m, y]) => named(p, m, d, y),
  ],
  [
    /^([a-z]{3,9})\.?\s*(\d\d?)(?:\s*,\s*(\d{2,4})|\s+(\d{4})(?!\d|:)|\b)(?!:)/,
    (p, [m, d, a, b]) => named(p, m, d, a ?? b),
  ],
  [
    /^(\d\d?):(\d\d?)(?::(\d\d?)(?:[.,](\d+))?)?\s*([ap]\.?m\b\.?)?(?:\s*([-+]\s*\d{1,4}(?::\d\d)?)(?!\d))?/,
    setTime,
  ],
  [
    /^(\d\d?)\s*([ap]\.?m\b\.?)/,
    (p, [hour, half]) => setTime(p, [hour, '0', '0', undefined, half]),
  ],
  [
    new RegExp(String.raw`^([-+]?)\s*(\d+)\s*([a-z]+)\b${AGO}`),
    (p, [sign, n, unit, ago]) =>
      counted(p, Number(n) * (sign === '-' ? -1 : 1), { unit: unit ?? '', ago: ago !== undefined }),
  ],
  [new RegExp(String.raw`^([a-z]+)\s+([a-z]+)\b${AGO}`), ordinalItem],
  [new RegExp(String.raw`^([a-z]+)\b\.?${AGO}`), wordItem],
  [/^(\d+)\b/, bareNumber],
];

function instantOf(p: Parsed, now: Moment): Moment | undefined {
  if (Math.max(p.dates, p.times, p.zones, p.weekdays) > 1) return undefined;
  const days = dayOf(p);
  if (days === undefined) return undefined;
  const keepsTime = p.times > 0 || (p.relatives > 0 && p.dates === 0 && p.weekdays === 0);
  const ofDay = keepsTime ? p.hour * 3600 + p.minute * 60 + p.second : 0;
  const seconds = addTo(days, p.add) * 86_400 + ofDay + p.add.seconds - p.zoneMinutes * 60;
  if (!keepsTime) return { seconds, nanos: 0 };
  return { seconds, nanos: p.times === 0 ? now.nanos : p.nanos };
}

/** The day, in days since 1970, before anything is added; undefined if the month has no such day. */
function dayOf(p: Parsed): number | undefined {
  const days = daysOf(p.year, p.month, p.day);
  const { month, day, weekday } = civilOf(days * 86_400);
  if (month !== p.month || day !== p.day) return undefined;
  if (p.weekdays === 0 || p.dates > 0) return days;
  const ahead = (p.weekday - weekday + 7) % 7;
  return days + ahead + 7 * (p.weekdayOrdinal - (p.weekdayOrdinal > 0 && ahead !== 0 ? 1 : 0));
}

function addTo(days: number, add: Parsed['add']): number {
  const { year, month, day } = civilOf(days * 86_400);
  const months = month - 1 + add.months;
  const inYear = ((months % 12) + 12) % 12;
  return daysOf(year + add.years + Math.floor(months / 12), inYear + 1, day) + add.days;
}
