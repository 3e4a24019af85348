// ps-options.ts — The options of ps(1), which choose processes and columns.
import type { Tool } from '@dmsim/coreutils';
import { refuse } from '@dmsim/coreutils';

import type { Column, Format } from './ps-columns.ts';
import { badPs, COLUMNS } from './ps-columns.ts';

export interface Chosen {
  readonly pids: ReadonlySet<number>;
  readonly parents: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
  readonly all: boolean;
  readonly heading: boolean;
  /** The columns of -o. Empty: the format decides. */
  readonly columns: readonly Column[];
  readonly format: Format;
  /** True: the last process comes first. */
  readonly reversed: boolean;
}

interface Reading {
  readonly t: Tool;
  /** The words that are not parsed yet. */
  readonly words: string[];
  readonly pids: Set<number>;
  readonly parents: Set<number>;
  readonly names: Set<string>;
  readonly columns: Column[];
  all: boolean;
  heading: boolean;
  format: Format;
  reversed: boolean;
}

export function parsePs(t: Tool): Chosen {
  const reading: Reading = {
    t,
    words: [...t.args],
    pids: new Set(),
    parents: new Set(),
    names: new Set(),
    columns: [],
    all: false,
    heading: true,
    format: 'usual',
    reversed: false,
  };
  for (let word = reading.words.shift(); word !== undefined; word = reading.words.shift()) {
    if (word.startsWith('--')) readLong(reading, word);
    else if (/^-./.test(word)) readLetters(reading, word.slice(1));
    else if (/^\d+$/.test(word)) reading.pids.add(Number(word));
    else readBsdLetters(reading, word);
  }
  const { pids, parents, names, heading, columns, format, reversed } = reading;
  // Without a terminal, every process is on the same one as ps.
  const all = reading.all || pids.size + parents.size + names.size === 0;
  return { pids, parents, names, all, heading, columns, format, reversed };
}

/** Letters without a dash, such as `aux`. `u` alone selects processes with a terminal, and there is none. */
function readBsdLetters(reading: Reading, word: string): void {
  if (!/^[auxwho]+$/.test(word) || /^[auwh]*$/.test(word.replace(/^h$/, 'x')))
    refuse(reading.t, word);
  for (const letter of word) {
    if (letter === 'h') reading.heading = false;
    else if (letter === 'o') addColumns(reading);
    else if (letter === 'x') reading.all = word !== 'h';
    if (letter === 'u') reading.format = 'user';
  }
  if (reading.format === 'usual' && word !== 'h') reading.format = 'bsd';
}

const LONG: Readonly<Record<string, string | undefined>> = {
  '--pid': 'p',
  '--ppid': '--ppid',
  '--format': 'o',
  '--no-headers': '--no-headers',
  '--no-heading': '--no-headers',
  '--sort': '--sort',
};

function readLong(reading: Reading, word: string): void {
  const eq = word.indexOf('=');
  const option = LONG[eq < 0 ? word : word.slice(0, eq)];
  if (option === undefined) return refuse(reading.t, word);
  if (eq >= 0) reading.words.unshift(word.slice(eq + 1));
  readOption(reading, option);
}

/** Letters after one dash. The rest of the word, after a letter that takes a list, is the list. */
function readLetters(reading: Reading, letters: string): void {
  for (const [i, letter] of Array.from(letters).entries()) {
    if ('pqCo'.includes(letter)) {
      const rest = letters.slice(i + 1);
      if (rest !== '') reading.words.unshift(rest);
      return readOption(reading, letter);
    }
    readOption(reading, letter);
  }
}

function readOption(reading: Reading, option: string): void {
  switch (option) {
    case 'e':
    case 'A':
      reading.all = true;
      return;
    case 'f':
      reading.format = 'full';
      return;
    case '--sort':
      return readOrder(reading);
    case 'p':
    case 'q':
      return addNumbers(reading, reading.pids, option);
    case '--ppid':
      return addNumbers(reading, reading.parents, option);
    case 'C':
      for (const name of list(reading, 'list of command names must follow -C'))
        reading.names.add(name);
      return;
    case 'o':
      return addColumns(reading);
    case '--no-headers':
      reading.heading = false;
      return;
    case 'w':
      return;
    default:
      refuse(reading.t, `-${option}`);
  }
}

function readOrder(reading: Reading): void {
  const [order = ''] = reading.words.splice(0, 1);
  if (!/^[-+]?(?:pid|start_time)$/.test(order)) refuse(reading.t, `--sort ${order}`);
  reading.reversed = order.startsWith('-');
}

const list = ({ words }: Reading, missing: string): string[] =>
  (words.shift() ?? badPs(missing)).split(/[ ,]+/).filter((word) => word !== '');

function addNumbers(reading: Reading, to: Set<number>, option: string): void {
  const missing = `list of process IDs must follow ${option.length === 1 ? `-${option}` : option}`;
  for (const word of list(reading, missing)) {
    if (!/^\d+$/.test(word)) badPs('process ID list syntax error');
    to.add(Number(word));
  }
}

/** `name`, `name:width`, or `name=TITLE`; the title extends to the end of the word. */
function addColumns(reading: Reading): void {
  const word = reading.words.shift() ?? badPs('format specification must follow -o');
  const eq = word.indexOf('=');
  const names = (eq < 0 ? word : word.slice(0, eq)).split(/[ ,]+/).filter((name) => name !== '');
  const columns = names.map((name) => columnOf(reading.t, name));
  if (eq < 0) return void reading.columns.push(...columns);
  // An empty title may be followed by further columns: `stat=,comm=`.
  const goesOn = word[eq + 1] === ',';
  const title = goesOn ? '' : word.slice(eq + 1);
  reading.columns.push(...columns.slice(0, -1), ...columns.slice(-1).map(titled(title)));
  if (!goesOn) return;
  reading.words.unshift(word.slice(eq + 2));
  addColumns(reading);
}

const titled =
  (title: string) =>
  ({ width, right, text }: Column): Column => ({ title, width, right, text });

function columnOf(t: Tool, word: string): Column {
  const [, name = '', width] = /^([^:]*)(?::(\d+))?$/.exec(word) ?? [];
  const column = COLUMNS.get(name);
  if (column === undefined) {
    if (REFUSED.has(name)) refuse(t, `-o ${name}`);
    return badPs(`unknown user-defined format specifier "${name}"`);
  }
  const { title, right, text } = column;
  return { title, width: width === undefined ? column.width : Number(width), right, text };
}

/** Columns that show figures, times or addresses. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    '_left _left2 _right _right2 _unlimited _unlimited2 ag_id ag_nice atime cgname cgroup cgroupns class context cpuid dsiz ' +
    'fsgid fsgroup fsuid fsuser intpri lastcpu lim longtname luid lxc m_drs m_size m_trs opri pagein pri_api pri_bar ' +
    'pri_baz pri_foo rbytes rchars sgi_rss sig_block sig_catch sig_ignore sig_pend start_stack supgrp svgroup svuser ' +
    'trss tsig tsiz tty4 tty8 uid_hack uname uss util uunit wbytes wcbytes wchars wops zone ' +
    '%cpu %mem blocked bsdstart bsdtime c caught cclass cls cp cputime cputimes cuc cuu drs egid egroup eip esp etime ' +
    'etimes euid exe f fgid fgroup flag flags fname fuid fuser gid group ignored ipcns label lsession lstart lwp ' +
    'machine maj_flt majflt min_flt minflt mntns netns nwchan numa oom oomadj ouid pcpu pending pgrp pidns pmem ' +
    'policy pri priority psr pss rgid rgroup rops rss rssize rsz rtprio ruid sched seat sess session sgi_p sgid ' +
    'sgroup sid sig sigcatch sigignore sigmask size slice spid stackp start start_time stime suid supgid suser svgid svuid ' +
    'sz tgid tid time timens times tname tpgid trs unit userns utsns vsize vsz wchan wname'
  ).split(' '),
);
