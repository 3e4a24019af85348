// blacklist.ts — Decides which devices multipath leaves alone: five criteria, and the exceptions of each. Mirrors libmultipath/blacklist.c.
import type { Regex } from '@dmsim/libc';
import { RegexError, compileRegex } from '@dmsim/libc';

import type { Log } from '../log.ts';

/** One regular expression of a list. */
export interface Rule {
  readonly pattern: string;
  readonly regex: Pick<Regex, 'test'>;
  /** Begins with `!`: it holds for what does not match. */
  readonly inverted: boolean;
  /** True for an entry that is built in. */
  readonly isDefault: boolean;
}

/** A `device` entry. A part that it does not name may be anything. */
export interface DeviceRule {
  vendor?: Rule;
  product?: Rule;
}

export interface Blacklist {
  readonly devnode: Rule[];
  readonly wwid: Rule[];
  readonly property: Rule[];
  readonly protocol: Rule[];
  readonly device: DeviceRule[];
}

export type BlacklistKind = 'devnode' | 'wwid' | 'property' | 'protocol';

export const createBlacklist = (): Blacklist => ({
  devnode: [],
  wwid: [],
  property: [],
  protocol: [],
  device: [],
});

/** Takes out rules that stand in the list before, but for protocols, and device entries that name neither vendor nor product. */
export function mergeRules(list: Blacklist, log: Log): void {
  for (const kind of ['devnode', 'property', 'wwid'] as const) {
    for (const name of dropDoubles(list[kind], ({ pattern }) => pattern)) {
      log.put(3, `merge_blacklist: duplicate blist entry section for ${name}`);
    }
  }
  const named = list.device.filter(({ vendor, product }) => vendor ?? product);
  list.device.splice(0, list.device.length, ...named);
  for (const name of dropDoubles(list.device, nameOfDevice)) {
    log.put(3, `merge_blacklist_device: duplicate blist entry section for ${name}`);
  }
}

const nameOfDevice = ({ vendor, product }: DeviceRule): string =>
  `${vendor?.pattern ?? '(null)'}:${product?.pattern ?? '(null)'}`;

/** Returns the names of what it took out: the doubles of the first rule first. */
function dropDoubles<T>(rules: T[], nameOf: (rule: T) => string): string[] {
  const names = rules.map(nameOf);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === rules.length) return [];
  const kept = rules.filter((_, i) => names.indexOf(names[i] as string) === i);
  rules.splice(0, rules.length, ...kept);
  return [...counts].flatMap(([name, count]) => Array.from({ length: count - 1 }, () => name));
}

/** Each call of multipath asks for the same ones, of the hardware table. */
const MAX_COMPILED = 1000;
const known = new Map<string, Rule['regex']>();

/** Most of the hardware table are plain words. */
const PLAIN = /^[\w -]+$/;

function compiled(pattern: string): Rule['regex'] {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const regex = PLAIN.test(pattern)
    ? { test: (word: string): boolean => word.includes(pattern) }
    : compileRegex(pattern, { extended: true, posix: true });
  if (known.size >= MAX_COMPILED) known.clear();
  known.set(pattern, regex);
  return regex;
}

/** POSIX extended; null for what is no regular expression. */
export function compileRule(pattern: string, isDefault = false): Rule | null {
  const inverted = pattern.startsWith('!');
  const regex = compileExpression(inverted ? pattern.slice(1) : pattern);
  return regex === null ? null : { pattern, regex, inverted, isDefault };
}

/** One outside of the blacklists, where `!` is a letter. */
export function compileExpression(pattern: string): Rule['regex'] | null {
  try {
    return compiled(pattern);
  } catch (error) {
    if (error instanceof RegexError) return null;
    throw error;
  }
}

export const matchesRule = ({ regex, inverted }: Rule, word: string): boolean =>
  regex.test(word) !== inverted;

const matchesAny = (rules: readonly Rule[], word: string): boolean =>
  rules.some((rule) => matchesRule(rule, word));

const matchesDevice = ({ vendor, product }: DeviceRule, of: Inquiry): boolean =>
  (vendor === undefined || matchesRule(vendor, of.vendor)) &&
  (product === undefined || matchesRule(product, of.product)) &&
  (vendor !== undefined || product !== undefined);

/** A part of a disk's answer to an inquiry. */
interface Inquiry {
  readonly vendor: string;
  readonly product: string;
}

/** The verdict of the lists on a device. `missing`: it has no property that allows it. */
export type Verdict = 'none' | 'blacklisted' | 'whitelisted' | 'missing';

/** One of two lists and its exceptions. */
export interface Lists {
  readonly blacklist: Blacklist;
  readonly exceptions: Blacklist;
}

export function filterWord(
  { blacklist, exceptions }: Lists,
  kind: Exclude<BlacklistKind, 'property'>,
  word: string,
): Verdict {
  if (matchesAny(exceptions[kind], word)) return 'whitelisted';
  return matchesAny(blacklist[kind], word) ? 'blacklisted' : 'none';
}

export function filterDevice({ blacklist, exceptions }: Lists, of: Inquiry): Verdict {
  if (exceptions.device.some((rule) => matchesDevice(rule, of))) return 'whitelisted';
  return blacklist.device.some((rule) => matchesDevice(rule, of)) ? 'blacklisted' : 'none';
}

/** Of the properties that one of the lists knows, the first by alphabet decides: libudev sorts them. `property` is its name. */
export function filterProperty(
  { blacklist, exceptions }: Lists,
  properties: Iterable<string>,
  uidAttribute: string,
): { readonly verdict: Verdict; readonly property: string } {
  let hasUid = false;
  let first: string | undefined;
  for (const property of properties) {
    if (property === uidAttribute && uidAttribute !== '') hasUid = true;
    if (first !== undefined && property > first) continue;
    const isKnown =
      matchesAny(exceptions.property, property) || matchesAny(blacklist.property, property);
    if (isKnown) first = property;
  }
  // Only a device that has a unique id must have a property that speaks for it.
  if (first === undefined) return { verdict: hasUid ? 'missing' : 'none', property: '' };
  const isAllowed = matchesAny(exceptions.property, first);
  return { verdict: isAllowed ? 'whitelisted' : 'blacklisted', property: first };
}
