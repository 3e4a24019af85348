// pgrep-options.ts — The command lines of pgrep(1) and pkill(1).
import type { Tool } from '@dmsim/coreutils';
import { Failure, refuse } from '@dmsim/coreutils';
import type { OptionTable } from '@dmsim/libc';
import { getopt } from '@dmsim/libc';
import type { Signal } from '@dmsim/sim';
import { parseSignal, SIGNALS } from '@dmsim/sim';

export interface Query {
  /** Empty: any process that meets the other conditions. */
  readonly pattern: string;
  /** The pattern is matched against the whole command line, not against the name. */
  readonly full: boolean;
  readonly exact: boolean;
  readonly ignoreCase: boolean;
  readonly inverse: boolean;
  readonly parents: ReadonlySet<number> | null;
  readonly groups: ReadonlySet<number> | null;
  /** Letters of states; empty: any state. */
  readonly states: string;
  readonly withoutAncestors: boolean;
  readonly which: 'all' | 'newest' | 'oldest';
  readonly count: boolean;
  readonly echo: boolean;
  readonly list: 'pid' | 'name' | 'command';
  readonly delimiter: string;
}

const LONG: Readonly<Record<string, string>> = {
  count: 'c',
  full: 'f',
  pgroup: 'g:',
  group: 'G:',
  'ignore-case': 'i',
  newest: 'n',
  oldest: 'o',
  older: 'O:',
  parent: 'P:',
  session: 's:',
  terminal: 't:',
  euid: 'u:',
  uid: 'U:',
  exact: 'x',
  pidfile: 'F:',
  logpidfile: 'L',
  runstates: 'r:',
  'ignore-ancestors': 'A',
  cgroup: '--cgroup:',
  ns: '--ns:',
  nslist: '--nslist:',
  help: 'h',
  version: 'V',
};

const PGREP: OptionTable = {
  short: 'd:lavwcfg:G:inoO:P:s:t:u:U:xF:Lr:AhV',
  long: {
    ...LONG,
    delimiter: 'd:',
    'list-name': 'l',
    'list-full': 'a',
    inverse: 'v',
    lightweight: 'w',
    echo: '--echo',
    queue: '--queue:',
    signal: '--signal:',
  },
};
const PKILL: OptionTable = {
  short: 'q:ecfg:G:inoO:P:s:t:u:U:xF:Lr:AhV',
  long: {
    ...LONG,
    queue: 'q:',
    echo: 'e',
    signal: '--signal:',
    delimiter: '--delimiter:',
    'list-name': '--list-name',
    'list-full': '--list-full',
    inverse: '--inverse',
    lightweight: '--lightweight',
  },
};

/** Takes `-9`, `-KILL` or `-SIGKILL` out of the arguments of pkill, wherever it stands. */
export function takeSignal({ args }: Tool): { signal: Signal | 0; args: readonly string[] } {
  const at = args.findIndex((arg) => signalOf(arg) !== undefined);
  const signal = signalOf(args[at] ?? '') ?? SIGNALS.TERM;
  return { signal, args: at < 0 ? args : args.toSpliced(at, 1) };
}

function signalOf(arg: string): Signal | 0 | undefined {
  const word = /^-(?:-signal=)?(\d+|(?:SIG)?[A-Z][A-Z\d]+)$/.exec(arg)?.[1];
  if (word === undefined) return undefined;
  return word === '0' ? 0 : parseSignal(word);
}

export function parsePgrep(t: Tool, args: readonly string[]): Query {
  const isPkill = t.name === 'pkill';
  const { given, operands, error } = getopt(args, isPkill ? PKILL : PGREP);
  if (error !== undefined) throw wrongCall(t, `${t.name}: ${error.message}\n`);
  for (const [key, value] of given) meetOption(t, key, value);
  const values = new Map(given);
  const has = (key: string): boolean => values.has(key);
  const which = whichOf(has);
  const inverse = !isPkill && has('v');
  if (which === 'both' || (which !== 'all' && inverse)) throw wrongCall(t, '');
  const hasOther = given.some(([key]) => 'gPur'.includes(key));
  return {
    pattern: patternOf(t, operands, hasOther),
    full: has('f'),
    exact: has('x'),
    ignoreCase: has('i'),
    inverse,
    parents: numbersOf(t, 'process', values.get('P')),
    groups: numbersOf(t, 'process group', values.get('g')),
    states: values.get('r') ?? '',
    withoutAncestors: has('A'),
    which,
    count: has('c'),
    echo: has('e'),
    list: has('a') ? 'command' : has('l') ? 'name' : 'pid',
    delimiter: values.get('d') ?? '\n',
  };
}

function whichOf(has: (key: string) => boolean): Query['which'] | 'both' {
  if (has('n')) return has('o') ? 'both' : 'newest';
  return has('o') ? 'oldest' : 'all';
}

function meetOption(t: Tool, key: string, value: string): void {
  if (key === 'h') printHelp(t);
  if (key === 'u') checkUsers(t, value);
  if ('GOstUFLVwq'.includes(key) || key.startsWith('--')) refuse(t, key.replace(/^(?=[^-])/, '-'));
}

/** Checks that there is one pattern, or a condition in its place. */
function patternOf(t: Tool, operands: readonly string[], hasOther: boolean): string {
  const hint = `Try \`${t.name} --help' for more information.\n`;
  if (operands.length > 1)
    throw new Failure(`${t.name}: only one pattern can be provided\n${hint}`, 2);
  if (operands.length === 0 && !hasOther)
    throw new Failure(`${t.name}: no matching criteria specified\n${hint}`, 2);
  return operands[0] ?? '';
}

/** All processes belong to root. Ends the program if the user does not exist. */
function checkUsers(t: Tool, list: string): void {
  for (const word of list.split(',')) {
    if (word === 'root' || word === '0') continue;
    if (/^\d+$/.test(word)) refuse(t, `-u ${word}`);
    throw new Failure(`${t.name}: invalid user name: ${word}\n`, 2);
  }
}

function numbersOf(t: Tool, what: string, list: string | undefined): ReadonlySet<number> | null {
  if (list === undefined) return null;
  const words = list.split(',');
  const bad = words.find((word) => !/^\d+$/.test(word));
  if (bad !== undefined) refuse(t, `a ${what} ${bad}`);
  return new Set(words.map(Number));
}

function printHelp(t: Tool): never {
  t.out.put(usageOf(t));
  throw new Failure('', 0);
}

const wrongCall = (t: Tool, message: string): Failure => new Failure(message + usageOf(t), 2);

const usageOf = ({ name }: Tool): string =>
  `\nUsage:\n ${name} [options] <pattern>\n\nOptions:\n` +
  `${name === 'pkill' ? OWN_OF_PKILL : OWN_OF_PGREP}${COMMON}\nFor more details see pgrep(1).\n`;

const OWN_OF_PGREP =
  ' -d, --delimiter <string>  specify output delimiter\n' +
  ' -l, --list-name           list PID and process name\n' +
  ' -a, --list-full           list PID and full command line\n' +
  ' -v, --inverse             negates the matching\n' +
  ' -w, --lightweight         list all TID\n';

const OWN_OF_PKILL =
  ' -<sig>, --signal <sig>    signal to send (either number or name)\n' +
  ' -q, --queue <value>       integer value to be sent with the signal\n' +
  ' -e, --echo                display what is killed\n';

const COMMON =
  ' -c, --count               count of matching processes\n' +
  ' -f, --full                use full process name to match\n' +
  ' -g, --pgroup <PGID,...>   match listed process group IDs\n' +
  ' -G, --group <GID,...>     match real group IDs\n' +
  ' -i, --ignore-case         match case insensitively\n' +
  ' -n, --newest              select most recently started\n' +
  ' -o, --oldest              select least recently started\n' +
  ' -O, --older <seconds>     select where older than seconds\n' +
  ' -P, --parent <PPID,...>   match only child processes of the given parent\n' +
  ' -s, --session <SID,...>   match session IDs\n' +
  ' -t, --terminal <tty,...>  match by controlling terminal\n' +
  ' -u, --euid <ID,...>       match by effective IDs\n' +
  ' -U, --uid <ID,...>        match by real IDs\n' +
  ' -x, --exact               match exactly with the command name\n' +
  ' -F, --pidfile <file>      read PIDs from file\n' +
  ' -L, --logpidfile          fail if PID file is not locked\n' +
  ' -r, --runstates <state>   match runstates [D,S,Z,...]\n' +
  ' -A, --ignore-ancestors    exclude our ancestors from results\n' +
  ' --cgroup <grp,...>        match by cgroup v2 names\n' +
  ' --ns <PID>                match the processes that belong to the same\n' +
  '                           namespace as <pid>\n' +
  ' --nslist <ns,...>         list which namespaces will be considered for\n' +
  '                           the --ns option.\n' +
  '                           Available namespaces: ipc, mnt, net, pid, user, uts\n' +
  '\n' +
  ' -h, --help     display this help and exit\n' +
  ' -V, --version  output version information and exit\n';
