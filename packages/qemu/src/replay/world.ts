// world.ts — One replay: a virtual machine, its client, and the code that plays its guest.
import type { Nanos, Sim, Chooser } from '@dmsim/sim';
import { createSim, millis, run } from '@dmsim/sim';

import type { RetryMode } from '../block/backend.ts';
import type { IoStatusRule } from '../block/error-action.ts';
import type { HostFiles } from '../block/host-file.ts';
import { connectQmp, feedQmp } from '../qmp/connection.ts';
import type { QmpConnection } from '../qmp/connection.ts';
import { parseCommandLine } from '../vm/command-line.ts';
import { createVm } from '../vm/create-vm.ts';
import type { Chardev } from '../vm/vm-options.ts';
import type { QemuBuild, Vm } from '../vm/vm.ts';
import type { GuestLinux, GuestCommand } from './guest-linux.ts';
import { startGuest } from './guest-linux.ts';
import { normalise } from './normalise.ts';
import type { QueueDriver } from './queue-driver.ts';
import { createQueueDriver } from './queue-driver.ts';
import type { FullFileSystem } from './recorded-host.ts';
import { recordedHost } from './recorded-host.ts';
import { parseJsonText, utf8 } from './transcript.ts';

export interface World {
  readonly sim: Sim;
  readonly vm: Vm;
  readonly files: HostFiles;
  /** The tmpfs that some recordings fill. */
  readonly fullFileSystem: FullFileSystem;
  readonly connection: QmpConnection;
  /** The normalised messages in order of arrival. */
  readonly messages: { readonly at: Nanos; readonly text: string }[];
  readonly drivers: QueueDriver[];
  readonly guest: GuestLinux | null;
  command: GuestCommand | null;
  /** True while a device reset has not returned. */
  resetPending: boolean;
}

export interface WorldOptions {
  readonly argv: readonly string[];
  readonly build: QemuBuild;
  readonly chooser?: Chooser;
  /**
   * The host's files. If absent, those that existed when transcripts were recorded, as far as the command line names them.
   */
  readonly files?: HostFiles;
  readonly isNamed?: (path: string) => boolean;
  readonly retryMode?: RetryMode;
  readonly ioStatusRule?: IoStatusRule;
}

/** The recorder's sockets, which its command lines leave out. Those of a guest's consoles are not known. */
function chardevsOf(argv: readonly string[], isStorageDaemon: boolean): Chardev[] | null {
  if (argv.some((word) => /^--?(?:kernel|serial|chardev)$/u.test(word))) return null;
  const monitor = {
    label: isStorageDaemon ? 'm' : 'compat_monitor0',
    filename: 'unix:$W/qmp.sock,server=on',
  };
  return argv.includes('-qtest')
    ? [{ label: 'qtest', filename: 'unix:$W/qt.sock,server=on' }, monitor]
    : [monitor];
}

export function createWorld(options: WorldOptions): World | string {
  const { argv, build, chooser, retryMode, ioStatusRule } = options;
  const parsed = parseCommandLine(argv);
  if (parsed.kind === 'refused') return parsed.message;
  const { line } = parsed;
  const { isNamed = () => true } = options;
  const hasMachine = line.machine !== 'none' && !line.isStorageDaemon;
  const fullFileSystem: FullFileSystem = { free: 0 };
  const files = options.files ?? recordedHost({ hasMachine, isNamed, fullFileSystem });
  const sim = createSim(chooser === undefined ? {} : { chooser });
  const created = createVm(sim, argv, {
    build,
    files,
    chardevs: chardevsOf(argv, line.isStorageDaemon),
    ...(retryMode === undefined ? {} : { retryMode }),
    ...(ioStatusRule === undefined ? {} : { ioStatusRule }),
  });
  if (created.kind === 'refused') return created.message;
  const { vm } = created;
  const messages: World['messages'] = [];
  let pending = '';
  const connection = connectQmp(vm, {
    onBytes: (bytes) => {
      pending += String.fromCharCode(...bytes);
      const lines = pending.split('\r\n');
      pending = lines.pop() ?? '';
      for (const text of lines) {
        messages.push({ at: sim.now, text: normalise(parseJsonText(text)) });
      }
    },
  });
  const guest = line.kernel === null ? null : startGuest(vm);
  const drivers = guest === null ? vm.disks.map(createQueueDriver) : [];
  vm.resetListeners.push(() => {
    for (const driver of drivers) driver.stale = true;
  });
  return {
    sim,
    vm,
    files,
    fullFileSystem,
    connection,
    messages,
    drivers,
    guest,
    command: null,
    resetPending: false,
  };
}

export function sendText(world: World, text: string): void {
  feedQmp(world.connection, utf8(text));
}

/** Runs until the condition holds. Returns false if it did not hold within `limit` ns. */
export function runUntil(world: World, condition: () => boolean, limit: Nanos): boolean {
  const { sim } = world;
  const until = sim.now + limit;
  run(sim, { stop: condition, until });
  if (condition()) return true;
  if (sim.now < until) sim.now = until;
  return false;
}

/** Runs all that is due up to the time `at`, and nothing later. */
export function runToTime(world: World, at: Nanos): void {
  const { sim } = world;
  if (at < sim.now) return;
  run(sim, { until: at });
  sim.now = at;
}

const QUIET: Nanos = millis(80);
const PATIENCE: Nanos = millis(5000);

/** Waits, as the recorder did, until no message has come for 80 ms, but at most 5 s. */
export function settle(world: World): void {
  const { sim, messages } = world;
  const end = sim.now + PATIENCE;
  for (;;) {
    const before = messages.length;
    runToTime(world, sim.now + QUIET);
    if (messages.length === before || sim.now >= end) return;
  }
}
