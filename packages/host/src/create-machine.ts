// create-machine.ts — The composition root: puts one machine together. The only place that wires.
import {
  createFlusherSettings,
  dropPages,
  keepScannedPages,
  losePagesOf,
  writeAndWait,
} from '@dmsim/bdev';
import { createBlockLayer, createLoopDriver, createScsiLayer } from '@dmsim/block';
import type { BlockDevice } from '@dmsim/block';
import type { DmHost, RequeueName } from '@dmsim/dm';
import { createDeviceMapper, dustTarget, registerTarget } from '@dmsim/dm';
import { clockOf } from '@dmsim/libc';
import { createMultipathModule } from '@dmsim/multipath';
import { createService } from '@dmsim/multipathd';
import { createTraceStream } from '@dmsim/observe';
import type { ChoiceOptions, Chooser, Errno, Limits, Task } from '@dmsim/sim';
import { createSim, NotSupported } from '@dmsim/sim';
import type { ProgramTable } from '@dmsim/vfs';
import { createDirectory, createSymlink, createTmpfs, linkLater, lookupPath } from '@dmsim/vfs';

import { spawnDaemon } from './daemons.ts';
import { DEBIAN_TARGETS } from './debian-modules.ts';
import { deviceDied } from './ext4/device-died.ts';
import { freezeDisk, thawDisk } from './ext4/freeze.ts';
import { createMounts, mountedFrom } from './ext4/mounts.ts';
import { startHungTaskWatch } from './hung-task.ts';
import { BOOT_TARGETS, MODULE_TARGETS } from './linux-targets.ts';
import type { Machine } from './machine.ts';
import { createMapperNodes } from './mapper-nodes.ts';
import { bootModules } from './modules.ts';
import { createMultipathHost } from './multipathd/multipath-host.ts';
import { programsOf } from './programs/table.ts';
import { createRunRecords } from './run-records.ts';
import { devDirectory } from './tree/dev.ts';
import { etcDirectory, varDirectory } from './tree/etc.ts';
import { procDirectory } from './tree/proc.ts';
import { showsDevices } from './tree/shows-devices.ts';
import { sysDirectory } from './tree/sys.ts';
import { usrDirectory } from './tree/usr.ts';
import { closedAfterWrite } from './udev/devd.ts';
import { diskUevent, partitionUevent } from './udev/disk-uevents.ts';
import { scsiUevent } from './udev/scsi-uevents.ts';
import { createUdevState } from './udev/udev.ts';
import { broadcast, createUeventBus } from './uevent-bus.ts';
import type { UserInvariant } from './user-invariants.ts';
import { createUserInvariants } from './user-invariants.ts';
import type { UserPlugin } from './user-plugins.ts';
import { guardPlugins } from './user-plugins.ts';
import type { UserSelector } from './user-selectors.ts';
import { registerUserSelectors } from './user-selectors.ts';
import type { UserTarget } from './user-targets.ts';
import { guardTarget } from './user-targets.ts';

/** The ways of dm to keep I/O that a target gives back (`--requeue`), the usual one first. */
export const REQUEUE_NAMES: readonly RequeueName[] = ['deferred-head', 'pushback', 'none'];

export interface MachineOptions extends ChoiceOptions {
  /** Seeds every random stream of the machine; a 32-bit integer. @defaultValue 1 */
  readonly seed?: number;
  /** @defaultValue fifo */
  readonly chooser?: Chooser;
  /** @defaultValue 'deferred-head', which is what Linux 6.12 does */
  readonly requeue?: RequeueName;
  /** Path selectors besides those of Linux. @defaultValue none */
  readonly selectors?: readonly UserSelector[];
  /** Target types besides those of Linux. @defaultValue none */
  readonly targets?: readonly UserTarget[];
  /** Checkers and prioritizers besides those of multipath-tools. @defaultValue none */
  readonly plugins?: readonly UserPlugin[];
  /** Invariants to watch besides the built-in ones. @defaultValue none */
  readonly invariants?: readonly UserInvariant[];
  /** Loop devices that there are from the start. @defaultValue 8, as in Debian */
  readonly maxLoop?: number;
  /** Limits of a lab that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<Limits>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_PROGRAMS: ProgramTable = new Map();

/** A lab may end with a file system mounted. */
const fileSystemsOf = (
  machine: () => Machine,
  panic: (why: string) => never,
): Machine['fileSystems'] =>
  createMounts(machine, {
    panic,
    startThread: (name, main) => void spawnDaemon(machine(), name, main),
  });

/** Tells the file system and the page cache above a disk that it is removed. */
function loseDisk(machine: Machine, dev: BlockDevice): void {
  const fs = mountedFrom(machine.fileSystems, dev);
  if (fs !== undefined) deviceDied(fs);
  losePagesOf(machine, dev);
}

/** A machine that has booted: modules loaded, no disks yet. */
export function createMachine({
  seed = 1,
  requeue = 'deferred-head',
  selectors = [],
  plugins = [],
  targets = [],
  invariants = [],
  limits = {},
  maxLoop = 8,
  ...choice
}: MachineOptions = {}): Machine {
  const sim = createSim({ seed, limits, ...choice });
  const layer = createBlockLayer(sim, {
    onProbe: (dev) => keepScannedPages(machine, dev),
    onLastClose: (dev) => dropPages(machine, dev),
    onRemoval: (dev) => loseDisk(machine, dev),
    onDisk: (disk, action) => diskUevent(machine, disk, action),
    onPartition: (part, action) => partitionUevent(machine, part, action),
  });
  const dm = createDeviceMapper(
    sim,
    layer,
    dmHost(() => machine),
    { requeue },
  );
  const multipath = createMultipathModule(sim);
  const user = usersCode({ selectors, plugins, targets, invariants });
  registerUserSelectors(multipath, user.userSelectors, user.runningHook);
  const guarded = guardPlugins(sim, user.userPlugins, user.runningPlugin);
  const root = createTmpfs(sim.limits.fileBytes, clockOf(sim));
  // Programs get the machine they run on.
  const machine: Mutable<Machine> = {
    sim,
    layer,
    scsi: createScsiLayer(layer, { onEvent: (event) => scsiUevent(machine, event) }),
    loops: createLoopDriver(layer, maxLoop),
    dm,
    multipath,
    root,
    programs: NO_PROGRAMS,
    modules: new Map(),
    mounts: new Map(),
    fcRports: new Map(),
    nullItems: new Map(),
    fileSystems: fileSystemsOf(() => machine, panic),
    pageCaches: new Map(),
    flusher: createFlusherSettings(),
    hungTasks: startHungTaskWatch(sim),
    nodes: createMapperNodes(() => machine),
    imageLocks: new WeakMap(),
    vms: new Set(),
    vmWatchers: [],
    reached: new Set(),
    uevents: createUeventBus(),
    udev: createUdevState(),
    multipathHost: createMultipathHost({ sim, root, dm, plugins: guarded }, () => machine),
    service: createService(),
    daemons: new Set(),
    outliving: new Set(),
    onWritableClose: (dev) => closedAfterWrite(machine, dev.name),
    events: createTraceStream(sim),
    records: createRunRecords(),
    ...user,
  };
  boot(machine);
  machine.programs = programsOf(machine);
  return machine;
}

/** The user's code, and what of it is being called. */
const usersCode = ({
  selectors,
  targets,
  plugins,
  invariants,
}: Required<Pick<MachineOptions, 'selectors' | 'targets' | 'plugins' | 'invariants'>>): Pick<
  Machine,
  | 'userSelectors'
  | 'runningHook'
  | 'userTargets'
  | 'userPlugins'
  | 'runningPlugin'
  | 'userInvariants'
> => ({
  userSelectors: selectors,
  runningHook: { selector: null, hook: null },
  userTargets: { all: targets, running: null, hook: '' },
  userPlugins: plugins,
  runningPlugin: { plugin: null },
  userInvariants: createUserInvariants(invariants),
});

/** The host never panics: no lab mounts with errors=panic. */
function panic(why: string): never {
  throw new NotSupported('ext4', 0, why);
}

/** The services that the device mapper needs from the machine around it. */
const dmHost = (machine: () => Machine): DmHost => ({
  lookupPath: (path) => resolveBlockPath(machine(), path),
  // Debian's targets are loaded at boot. Debian lacks dust, but a table may ask for it here.
  requestModule: (name) => {
    if (name === 'dm-dust') registerTarget(machine().dm, dustTarget);
    const type = name.replace(/^dm-/, '');
    if (DEBIAN_TARGETS.has(type)) throw new NotSupported('device-mapper', 0, `target type ${type}`);
  },
  uevent: (event) => broadcast(machine().uevents, event, machine().sim.now),
  beforeOpen: (disk) => refuseWhileSynced(machine(), disk),
  freeze: (disk) => freezeDisk(machine().fileSystems, disk, () => writePages(machine(), disk)),
  thaw: (disk) => thawDisk(machine().fileSystems, disk),
  sync: (disk) => syncDisk(machine(), disk),
});

function boot(machine: Machine): void {
  const { dm, multipath, userTargets } = machine;
  for (const target of BOOT_TARGETS) registerTarget(dm, target);
  registerTarget(dm, multipath.target);
  for (const target of MODULE_TARGETS) registerTarget(dm, target);
  for (const target of userTargets.all) registerTarget(dm, guardTarget(target, userTargets));
  bootModules(machine);
  populate(machine);
}

function populate(machine: Machine): void {
  const { root, sim } = machine;
  linkLater(root, 'dev', () => showsDevices(sim, devDirectory(machine)));
  linkLater(root, 'sys', () => showsDevices(sim, sysDirectory(machine)));
  linkLater(root, 'proc', () => showsDevices(sim, procDirectory(machine)));
  linkLater(root, 'etc', () => etcDirectory(machine.sim.limits));
  linkLater(root, 'var', () => varDirectory(machine.sim.limits));
  linkLater(root, 'usr', () => usrDirectory(machine));
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) root.link(name, createSymlink(`usr/${name}`));
  for (const name of ['tmp', 'run', 'root', 'mnt']) root.link(name, createDirectory());
}

/** On Linux the load would wait until sync(2) is done with the disk. */
function refuseWhileSynced({ pageCaches }: Machine, dev: BlockDevice): void {
  if (pageCaches.get(dev.partition?.disk ?? dev)?.openMutex.locked !== true) return;
  throw new NotSupported(
    'device-mapper',
    0,
    `a table that opens ${dev.name} while sync waits for it`,
  );
}

/** lookup_bdev */
function resolveBlockPath(
  machine: Machine,
  path: string,
): Errno | { major: number; minor: number } {
  const node = lookupPath(path, { root: machine.root, cwd: '/' });
  if (typeof node === 'string') return node;
  if (node.kind !== 'block') return 'ENOTBLK';
  return { major: node.major, minor: node.minor };
}

/** sync_blockdev */
function* writePages({ pageCaches }: Machine, disk: BlockDevice): Task<Errno | undefined> {
  const cache = pageCaches.get(disk);
  return cache === undefined ? undefined : yield* writeAndWait(cache);
}

function* syncDisk(machine: Machine, disk: BlockDevice): Task<void> {
  yield* writePages(machine, disk);
}
