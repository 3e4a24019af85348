// getopt.ts — Parses command lines like glibc's getopt_long(3): options anywhere, abbreviated long names, its messages.

export interface OptionTable {
  /** The option letters, as in getopt's third argument: `c` takes no value, `m:` takes one, `b::` an attached one. */
  readonly short: string;
  /** Maps a long name to the key that is reported for it, with `:` or `::` as above. */
  readonly long: Readonly<Record<string, string>>;
  /** The first operand ends the options (`+` of getopt), for programs that run other programs. @defaultValue false */
  readonly inOrder?: boolean;
  /** Hears of each bad option; parsing then goes on. Without it, parsing ends at the first one. */
  readonly onError?: (error: OptionError) => void;
}

export interface ParsedOptions {
  /** The options in order of appearance. */
  readonly given: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];
  /** The problem with the first bad option. Parsing ends there. */
  readonly error?: OptionError;
}

export interface OptionError {
  /** getopt's message, without the program's name. */
  readonly message: string;
  /** The option: `-x`, or `--` for one with a long name. */
  readonly option: string;
  readonly reason: 'unknown' | 'ambiguous' | 'no value' | 'a value';
}

interface Scan {
  readonly table: OptionTable;
  readonly args: readonly string[];
  at: number;
  readonly given: [string, string][];
}

export function getopt(args: readonly string[], table: OptionTable): ParsedOptions {
  const scan: Scan = { table, args, at: 0, given: [] };
  const operands: string[] = [];
  while (scan.at < args.length) {
    const arg = args[scan.at++] as string;
    if (arg === '--') break;
    if (arg === '-' || !arg.startsWith('-')) {
      operands.push(arg);
      if (table.inOrder === true) break;
      continue;
    }
    const error = arg.startsWith('--') ? scanLong(scan, arg.slice(2)) : scanShort(scan, arg);
    if (error === undefined) continue;
    if (table.onError === undefined) return { given: scan.given, operands, error };
    table.onError(error);
  }
  return { given: scan.given, operands: [...operands, ...args.slice(scan.at)] };
}

function scanShort(scan: Scan, arg: string): OptionError | undefined {
  const { short } = scan.table;
  for (let i = 1; i < arg.length; i++) {
    const letter = arg[i] as string;
    const k = letter === ':' ? -1 : short.indexOf(letter);
    const option = `-${letter}`;
    if (k < 0) {
      const error = {
        message: `invalid option -- '${letter}'`,
        option,
        reason: 'unknown',
      } as const;
      if (scan.table.onError === undefined) return error;
      scan.table.onError(error);
      continue;
    }
    if (short[k + 1] !== ':') {
      scan.given.push([letter, '']);
      continue;
    }
    const glued = i + 1 < arg.length || short[k + 2] === ':';
    const value = glued ? arg.slice(i + 1) : scan.args[scan.at++];
    if (value === undefined) {
      const message = `option requires an argument -- '${letter}'`;
      return { message, option, reason: 'no value' };
    }
    scan.given.push([letter, value]);
    return undefined;
  }
  return undefined;
}

const wrongLong = (message: string, reason: OptionError['reason']): OptionError => ({
  message,
  option: '--',
  reason,
});

function scanLong(scan: Scan, word: string): OptionError | undefined {
  const equals = word.indexOf('=');
  const typed = equals < 0 ? word : word.slice(0, equals);
  const name = fullName(scan.table, typed, word);
  if (typeof name === 'object') return name;
  const target = scan.table.long[name] as string;
  const key = target.replace(/:+$/, '');
  const colons = target.length - key.length;
  if (colons === 0 && equals >= 0) {
    return wrongLong(`option '--${name}' doesn't allow an argument`, 'a value');
  }
  const value = equals >= 0 ? word.slice(equals + 1) : colons === 1 ? scan.args[scan.at++] : '';
  if (value === undefined) return wrongLong(`option '--${name}' requires an argument`, 'no value');
  scan.given.push([key, value]);
  return undefined;
}

/** Completes an abbreviated name, if only one option begins with it. */
function fullName({ long }: OptionTable, typed: string, word: string): string | OptionError {
  if (Object.hasOwn(long, typed)) return typed;
  const meant = Object.keys(long).filter((name) => name.startsWith(typed));
  const [first] = meant;
  if (first === undefined) return wrongLong(`unrecognized option '--${word}'`, 'unknown');
  if (new Set(meant.map((name) => long[name])).size === 1) return first;
  const possible = meant.map((name) => `'--${name}'`).join(' ');
  return wrongLong(`option '--${word}' is ambiguous; possibilities: ${possible}`, 'ambiguous');
}
