// host-options.ts — Parses the QEMU options about its own process: its name, its monitor, whether it stays in the foreground.
import { splitOptions } from '@dmsim/qemu';

export interface HostOptions {
  readonly name: string;
  /** `-name`, as query-name reports it; null if none was given. */
  readonly guestName: string | null;
  /** The path of the monitor's socket, as given. */
  readonly socket: string | null;
  /** The option that named the socket, for messages. */
  readonly monitorOption: string;
  /** The name of the monitor's socket in lists; null if there are other consoles, which have names, too. */
  readonly chardev: string | null;
  /** True if there is no display. */
  readonly isHeadless: boolean;
  readonly daemonize: boolean;
  readonly pidFile: string | null;
  /** The remaining arguments, which concern the machine. */
  readonly argv: readonly string[];
}

export type ParsedHostOptions =
  | { readonly kind: 'parsed'; readonly options: HostOptions }
  | { readonly kind: 'not simulated'; readonly what: string };

/** Accepted values of console options: nothing is shown on these consoles. */
const QUIET_CONSOLES = new Set(['none', 'null']);
const TAKEN = new Set([
  '-name',
  '-qmp',
  '-pidfile',
  '-monitor',
  '-serial',
  '-display',
  '-chardev',
  '-mon',
]);
const FLAGS = new Set(['-daemonize', '-nographic']);

interface Draft {
  name: string;
  guestName: string | null;
  socket: string | null;
  monitorOption: string;
  chardev: string | null;
  isHeadless: boolean;
  daemonize: boolean;
  pidFile: string | null;
  readonly sockets: Map<string, string>;
}

/**
 * Splits off the host options. The monitor of qemu-storage-daemon always speaks QMP over a chardev's socket:
 * `--monitor chardev=c`.
 */
export function parseHostOptions(argv: readonly string[]): ParsedHostOptions {
  const isDaemon = argv[0]?.endsWith('qemu-storage-daemon') === true;
  const rest: string[] = argv.slice(0, 1);
  const draft: Draft = {
    name: 'vm',
    guestName: null,
    socket: null,
    monitorOption: '',
    chardev: null,
    isHeadless: false,
    daemonize: false,
    pidFile: null,
    sockets: new Map(),
  };
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    const option = word.startsWith('--') ? word.slice(1) : word;
    if (takeFlag(draft, option)) continue;
    const value = argv[i + 1];
    if (!TAKEN.has(option) || value === undefined) {
      rest.push(word);
      continue;
    }
    i++;
    const what =
      isDaemon && option === '-monitor'
        ? takeMon(draft, `${option} ${value}`, `${value},mode=control`)
        : take(draft, option, value);
    if (what !== null) return { kind: 'not simulated', what };
  }
  const { sockets: _sockets, ...options } = draft;
  if (!isDaemon && hasConsoles(argv)) options.chardev = null;
  return { kind: 'parsed', options: { ...options, argv: rest } };
}

function takeFlag(draft: Draft, option: string): boolean {
  draft.daemonize ||= option === '-daemonize';
  draft.isHeadless ||= option === '-nographic';
  return FLAGS.has(option);
}

const hasConsoles = (argv: readonly string[]): boolean =>
  argv.some(isConsole) || !argv.some((word) => /^--?nodefaults$/u.test(word));

const isConsole = (word: string): boolean => /^--?(?:serial|monitor|nographic)$/u.test(word);

/** Takes an option. Returns what of it is not simulated, or null. */
function take(draft: Draft, option: string, value: string): string | null {
  const text = `${option} ${value}`;
  switch (option) {
    case '-name':
      draft.name = nameOf(value);
      draft.guestName = draft.name;
      return null;
    case '-pidfile':
      draft.pidFile = value;
      return null;
    case '-qmp':
      return takeMonitor(draft, text, { socket: socketOf(value), chardev: 'compat_monitor0' });
    case '-chardev':
      return takeChardev(draft, text, value);
    case '-mon':
      return takeMon(draft, text, value);
    case '-display':
      draft.isHeadless = value === 'none';
      return draft.isHeadless ? null : text;
    default:
      return QUIET_CONSOLES.has(value) ? null : text;
  }
}

function nameOf(value: string): string {
  return splitOptions(value, 'guest').find(({ key }) => key === 'guest')?.value ?? 'vm';
}

/** The path in `unix:PATH,server=on,wait=off`, or in the older form with `server,nowait`. */
function socketOf(value: string): string | null {
  const [address, ...more] = value.split(',');
  if (address?.startsWith('unix:') !== true) return null;
  return listensAtOnce(more.join(',')) ? address.slice('unix:'.length) : null;
}

function listensAtOnce(text: string): boolean {
  const options = new Map(splitOptions(text, null).map(({ key, value }) => [key, value]));
  return options.get('server') === 'on' && (options.get('wait') === 'off' || options.has('nowait'));
}

interface Monitor {
  readonly socket: string | null;
  readonly chardev: string;
}

function takeMonitor(draft: Draft, text: string, { socket, chardev }: Monitor): string | null {
  if (socket === null || draft.socket !== null) return text;
  draft.socket = socket;
  draft.chardev = chardev;
  draft.monitorOption = text;
  return null;
}

function takeChardev(draft: Draft, text: string, value: string): string | null {
  const options = new Map(splitOptions(value, 'backend').map((o) => [o.key, o.value]));
  const [id, path] = [options.get('id'), options.get('path')];
  if (options.get('backend') !== 'socket' || id === undefined || path === undefined) return text;
  if (!listensAtOnce(value)) return text;
  draft.sockets.set(id, path);
  return null;
}

function takeMon(draft: Draft, text: string, value: string): string | null {
  const options = new Map(splitOptions(value, 'chardev').map((o) => [o.key, o.value]));
  if (options.get('mode') !== 'control') return text;
  const chardev = options.get('chardev') ?? '';
  return takeMonitor(draft, text, { socket: draft.sockets.get(chardev) ?? null, chardev });
}
