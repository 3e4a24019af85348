// free.ts — free(1) and uptime(1) of procps. Their figures come from /proc, which shows a machine at rest and the page cache of its disks.
import type { Tool } from '@dmsim/coreutils';
import { Failure, openPath, parseOptions, readWhole, refuse, tool } from '@dmsim/coreutils';
import type { OptionTable } from '@dmsim/libc';
import { formatTime, getopt, SIMULATION_START } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

const OPTIONS: OptionTable = {
  short: 'bkmghltvs:c:wV',
  long: {
    bytes: 'b',
    kilo: 'kilo',
    mega: 'mega',
    giga: 'giga',
    tera: 'tera',
    peta: 'peta',
    tebi: 'tebi',
    pebi: 'pebi',
    kibi: 'k',
    mebi: 'm',
    gibi: 'g',
    human: 'h',
    si: 'si',
    lohi: 'l',
    total: 't',
    committed: 'v',
    seconds: 's:',
    count: 'c:',
    wide: 'w',
    help: 'help',
    version: 'V',
  },
};

/** The size of a unit in bytes. */
const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  kilo: 1000,
  mega: 1000 ** 2,
  giga: 1000 ** 3,
  tera: 1000 ** 4,
  peta: 1000 ** 5,
  tebi: 1024 ** 4,
  pebi: 1024 ** 5,
};

export const free: Program = tool(function* main(t: Tool): Task<number> {
  const { given, error } = getopt(t.args, OPTIONS);
  if (error !== undefined) throw new Failure(`free: ${error.message}\n${USAGE}`, 1);
  const values = new Map(given);
  const has = (option: string): boolean => values.has(option);
  if (has('help')) {
    t.out.put(USAGE);
    return 0;
  }
  for (const option of ['v', 's', 'c', 'V']) if (has(option)) refuse(t, `-${option}`);
  const unit = given.findLast(([option]) => option in UNITS)?.[0] ?? 'k';
  const print = has('h')
    ? (kb: number) => human(kb * 1024, has('si') ? 1000 : 1024)
    : (kb: number) => String(Math.floor((kb * 1024) / (UNITS[unit] ?? 1)));
  table(t, yield* memory(t), { print, has });
  return 0;
});

type Figures = Readonly<Record<string, number>>;

/** The figures of /proc/meminfo, in KiB. */
function* memory(t: Tool): Task<Figures> {
  const file = yield* openPath(t, '/proc/meminfo', { read: true, write: false });
  const text = typeof file === 'string' ? '' : yield* readWhole(t, file);
  const lines = typeof text === 'string' ? text.matchAll(/^(\S+): +(\d+)/gm) : [];
  return Object.fromEntries(Array.from(lines, ([, name = '', kb]) => [name, Number(kb)]));
}

interface Print {
  readonly print: (kb: number) => string;
  readonly has: (option: string) => boolean;
}

function table(t: Tool, figures: Figures, { print, has }: Print): void {
  const of = (name: string): number => figures[name] ?? 0;
  const row = (label: string, cells: readonly string[]): void =>
    t.out.put(`${label.padEnd(8)}${cells.map((cell) => ` ${cell.padStart(11)}`).join('')}\n`);
  const cache = of('Cached') + of('SReclaimable');
  const total = of('MemTotal');
  const available = of('MemAvailable');
  const used = total - available;
  const caches = has('w') ? [of('Buffers'), cache] : [of('Buffers') + cache];
  const titles = has('w') ? ['buffers', 'cache'] : ['buff/cache'];
  row('', ['total', 'used', 'free', 'shared', ...titles, 'available']);
  const free = of('MemFree');
  row('Mem:', [total, used, free, of('Shmem'), ...caches, available].map(print));
  if (has('l')) {
    row('Low:', [total, total - free, free].map(print));
    row('High:', [0, 0, 0].map(print));
  }
  const swap = of('SwapTotal');
  const swapFree = of('SwapFree');
  row('Swap:', [swap, swap - swapFree, swapFree].map(print));
  if (has('t')) row('Total:', [total + swap, used + swap - swapFree, free + swapFree].map(print));
}

/** Picks the first unit in which the text has at most four characters, including the unit's letter. */
function human(bytes: number, base: number): string {
  if (bytes < base) return `${bytes}B`;
  const suffix = base === 1024 ? 'i' : '';
  let amount = bytes;
  for (const letter of 'KMGTP') {
    amount /= base;
    const [exact, whole] = [`${amount.toFixed(1)}${letter}`, `${Math.trunc(amount)}${letter}`];
    if (exact.length <= 4) return exact + suffix;
    if (whole.length <= 4) return whole + suffix;
  }
  return `${bytes}B`;
}

/** ` 00:29:10 up 1 min,  0 user,  load average: 0.00, 0.00, 0.00` */
export const uptime: Program = tool(function* main(t: Tool): Task<number> {
  const { has } = parseOptions(t, {
    short: 'ps',
    long: { pretty: 'p', since: 's' },
    refused: 'Vh',
  });
  const now = t.process.sim.now / 1e9;
  const minutes = Math.floor(now / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (has('s')) t.out.put(`${formatTime('%Y-%m-%d %H:%M:%S', SIMULATION_START)}\n`);
  else if (hours >= 24) refuse(t, 'uptime of a day and more');
  else if (has('p')) t.out.put(`up ${pretty(hours, rest)}\n`);
  else {
    const time = formatTime('%H:%M:%S', SIMULATION_START + Math.floor(now));
    const up =
      hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`;
    t.out.put(` ${time} up ${up},  0 user,  load average: 0.00, 0.00, 0.00\n`);
  }
  yield* t.out.flush();
  return 0;
});

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function pretty(hours: number, minutes: number): string {
  if (hours === 0) return count(minutes, 'minute');
  return `${count(hours, 'hour')}, ${count(minutes, 'minute')}`;
}

const USAGE = `
Usage:
 free [options]

Options:
 -b, --bytes         show output in bytes
     --kilo          show output in kilobytes
     --mega          show output in megabytes
     --giga          show output in gigabytes
     --tera          show output in terabytes
     --peta          show output in petabytes
 -k, --kibi          show output in kibibytes
 -m, --mebi          show output in mebibytes
 -g, --gibi          show output in gibibytes
     --tebi          show output in tebibytes
     --pebi          show output in pebibytes
 -h, --human         show human-readable output
     --si            use powers of 1000 not 1024
 -l, --lohi          show detailed low and high memory statistics
 -t, --total         show total for RAM + swap
 -v, --committed     show committed memory and commit limit
 -s N, --seconds N   repeat printing every N seconds
 -c N, --count N     repeat printing N times, then exit
 -w, --wide          wide output

     --help     display this help and exit
 -V, --version  output version information and exit

For more details see free(1).
`;
