// sysctl.ts — sysctl(8) of procps: shows and changes the settings of the kernel below /proc/sys.
import type { Tool } from '@dmsim/coreutils';
import { Failure, lookup, openPath, readWhole, refuse, tool, warn } from '@dmsim/coreutils';
import type { OptionTable } from '@dmsim/libc';
import { compileRegex, fromBinary, getopt } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

const OPTIONS: OptionTable = {
  short: 'bneNwfpqoxaAXr:Vdh',
  long: {
    all: 'a',
    deprecated: '--deprecated',
    'dry-run': '--dry-run',
    binary: 'b',
    ignore: 'e',
    names: 'N',
    values: 'n',
    load: 'p::',
    system: '--system',
    pattern: 'r:',
    quiet: 'q',
    write: 'w',
    help: 'h',
    version: 'V',
  },
};

interface Look {
  readonly has: (option: string) => boolean;
  readonly pattern: { readonly test: (name: string) => boolean } | null;
}

export const sysctl: Program = tool(function* main(t: Tool): Task<number> {
  const { given, operands, error } = getopt(t.args, OPTIONS);
  if (error !== undefined) throw new Failure(`sysctl: ${error.message}\n${USAGE}`, 1);
  const values = new Map(given);
  const has = (option: string): boolean => values.has(option);
  for (const [option] of given)
    if (option.startsWith('--') || option === 'V') refuse(t, option.replace(/^V/, '--version'));
  if (has('h') || has('d')) return help(t, 0);
  if (has('p') || has('f')) return yield* load(t, values.get('p') ?? '');
  const expression = values.get('r');
  const pattern = expression === undefined ? null : compileRegex(expression, { extended: true });
  return yield* showOrSet(t, { has, pattern }, operands);
});

function* showOrSet(t: Tool, look: Look, operands: readonly string[]): Task<number> {
  if (['a', 'A', 'X'].some(look.has)) return yield* show(t, look, []);
  if (operands.length > 0) return yield* each(t, look, operands);
  if (t.args.length === 0) return help(t, 1);
  yield* warn(t, "no variables specified\nTry `sysctl --help' for more information.");
  return 1;
}

function help(t: Tool, status: number): number {
  t.out.put(USAGE);
  return status;
}

function* load(t: Tool, name: string): Task<number> {
  const file = name === '' ? '/etc/sysctl.conf' : name;
  const node = lookup(t, file);
  if (typeof node !== 'string') refuse(t, `-p ${name}`);
  yield* warn(t, `cannot open "${file}": ${strerror(node)}`);
  return 1;
}

function* each(t: Tool, look: Look, words: readonly string[]): Task<number> {
  let status = 0;
  for (const word of words) {
    const eq = word.indexOf('=');
    if (eq < 0 && look.has('w')) {
      yield* warn(t, 'command line(0): invalid syntax, continuing...');
      return 1;
    }
    const parts = partsOf(eq < 0 ? word : word.slice(0, eq).trim());
    status |= yield* eq < 0
      ? show(t, look, parts)
      : write(t, look, parts, word.slice(eq + 1).trim());
  }
  return status;
}

/** `vm.swappiness` or `vm/swappiness`: the first of the two characters to occur separates; the other is part of a name. */
function partsOf(word: string): string[] {
  const separator = /[./]/.exec(word)?.[0] ?? '.';
  const parts = word.split(separator);
  return separator === '.' ? parts.map((part) => part.replaceAll('/', '.')) : parts;
}

const pathOf = (parts: readonly string[]): string => ['/proc/sys', ...parts].join('/');
const nameOf = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('.', '/')).join('.');

/** Shows a setting, or all of a folder by name. */
function* show(t: Tool, look: Look, parts: readonly string[]): Task<number> {
  const path = pathOf(parts);
  const node = lookup(t, path);
  if (typeof node === 'string') {
    if (look.has('e')) return 0;
    yield* warn(t, `cannot stat ${path}: ${strerror(node)}`);
    return 1;
  }
  if (node.kind === 'directory') {
    let status = 0;
    for (const entry of node.entries().toSorted())
      status |= yield* show(t, look, [...parts, entry]);
    return status;
  }
  const name = nameOf(parts);
  if (look.pattern?.test(name) === false) return 0;
  if ((node.mode & 0o444) === 0) return 0;
  if (look.has('N')) t.out.put(`${name}\n`);
  else yield* showValue(t, look, name, path);
  return 0;
}

function* showValue(t: Tool, { has }: Look, name: string, path: string): Task<void> {
  const file = yield* openPath(t, path, { read: true, write: false });
  const text = typeof file === 'string' ? { errno: file } : yield* readWhole(t, file);
  if (typeof text !== 'string')
    return yield* warn(t, `reading key "${name}": ${strerror(text.errno)}`);
  if (has('b')) return t.out.put(text.replace(/\n$/, ''));
  for (const line of text.replace(/\n$/, '').split('\n'))
    t.out.put(has('n') ? `${line}\n` : `${name} = ${line}\n`);
}

function* write(t: Tool, { has }: Look, parts: readonly string[], value: string): Task<number> {
  const path = pathOf(parts);
  const name = nameOf(parts);
  const node = lookup(t, path);
  if (typeof node === 'string') {
    if (has('e')) return 0;
    yield* warn(t, `cannot stat ${path}: ${strerror(node)}`);
    return 1;
  }
  if ((node.mode & 0o200) === 0) {
    // sysctl prints a stale errno here, and ends with status 0.
    yield* warn(t, `setting key "${name}": ${strerror('EINVAL')}`);
    return 0;
  }
  const file = yield* openPath(t, path, { read: false, write: true });
  const error =
    typeof file === 'string' ? file : yield* file.write(t.process, fromBinary(`${value}\n`));
  if (typeof error === 'string') {
    yield* warn(t, `setting key "${name}": ${strerror(error)}`);
    return 1;
  }
  if (!has('q'))
    t.out.put(has('n') ? `${value}\n` : has('N') ? `${name}\n` : `${name} = ${value}\n`);
  return 0;
}

const USAGE = `
Usage:
 sysctl [options] [variable[=value] ...]

Options:
  -a, --all            display all variables
  -A                   alias of -a
  -X                   alias of -a
      --deprecated     include deprecated parameters to listing
      --dry-run        Print the key and values but do not write
  -b, --binary         print value without new line
  -e, --ignore         ignore unknown variables errors
  -N, --names          print variable names without values
  -n, --values         print only values of the given variable(s)
  -p, --load[=<file>]  read values from file
  -f                   alias of -p
      --system         read values from all system directories
  -r, --pattern <expression>
                       select setting that match expression
  -q, --quiet          do not echo variable set
  -w, --write          enable writing a value to variable
  -o                   does nothing
  -x                   does nothing
  -d                   alias of -h

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see sysctl(8).
`;
