// vary.ts — The variables of a study, and every combination of their values.

export interface Variable {
  readonly name: string;
  readonly values: readonly string[];
}

const MAX_VALUES = 10_000;

/**
 *   VARY  := NAME '=' VALUE (',' VALUE)* | NAME '=' FROM '..' TO [ '/' STEP ]
 * A step is 1 unless it is given. Returns what is wrong with it, in a few words.
 */
export function parseVary(text: string): Variable | string {
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
  if (match === null) return `'${text}' is not NAME=VALUE,... or NAME=FROM..TO/STEP`;
  const [, name = '', list = ''] = match;
  const range = /^(-?[\d.]+)\.\.(-?[\d.]+)(?:\/([\d.]+))?$/.exec(list);
  if (range === null && /^-?[\d.]+\.\.\d/.test(list)) return `'${text}': not FROM..TO/STEP`;
  const values = range === null ? list.split(',') : rangeOf(range);
  if (typeof values === 'string') return `'${text}': ${values}`;
  if (values.some((value) => value === '')) return `'${text}' has an empty value`;
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) return `'${text}' has ${twice} twice`;
  return { name, values };
}

function rangeOf([, first = '', last = '', step = '1']: RegExpExecArray): string[] | string {
  const [from, to, by] = [Number(first), Number(last), Number(step)];
  if (![from, to, by].every(Number.isFinite)) return 'not a range of numbers';
  if (by <= 0) return 'its step is not above 0';
  const count = Math.floor((to - from) / by + 1e-9) + 1;
  if (count < 1) return 'it ends before it begins';
  if (count > MAX_VALUES) return `more than ${MAX_VALUES} values`;
  return Array.from({ length: count }, (_, i) => String(Number((from + i * by).toPrecision(12))));
}

/** Whether a value is the name of a file, which runs get: `queue.conf` is one; `1.5` and `/dev/ram0` are values like others. */
export const namesFile = (value: string): boolean => /^\S+\.[A-Za-z]\w*$/.test(value);

/** A value for each variable. */
export type Point = Readonly<Record<string, string>>;

/** Every combination; the last variable changes fastest. */
export function gridOf(variables: readonly Variable[]): Point[] {
  let points: Point[] = [{}];
  for (const { name, values } of variables) {
    const longer: Point[] = [];
    for (const point of points)
      for (const value of values) longer.push({ ...point, [name]: value });
    points = longer;
  }
  return points;
}

/** `round-robin`, or with more than one variable `selector=round-robin requeue=none`. */
export const pointName = (point: Point): string => {
  const pairs = Object.entries(point);
  if (pairs.length === 1) return pairs[0]?.[1] ?? '';
  return pairs.map(([name, value]) => `${name}=${value}`).join(' ');
};

/** The words of `$(simctl seed)` are no variables, though arithmetic may stand around them. */
const withoutCommands = (text: string): string => text.replaceAll(/\$\((?!\()[^()]*\)/g, '');

/** The variables that none of the texts mentions as `$NAME`, `${NAME}`, or by name in arithmetic: `$((NAME + 1))`. */
export const unreadVariables = (
  variables: readonly Variable[],
  texts: readonly string[],
): readonly string[] =>
  variables
    .map(({ name }) => name)
    .filter((name) => {
      const read = new RegExp(String.raw`\$\{?[#!]?${name}\b`);
      const counted = new RegExp(String.raw`\(\((?:[^)]|\)(?!\)))*\b${name}\b`);
      return !texts.some((text) => read.test(text) || counted.test(withoutCommands(text)));
    });
