// asked-path.ts — A path as a user's checker or prioritizer sees it, with everything that it may ask.
import type { Errno, Nanos, Process, Prng, Task } from '@dmsim/sim';
import { millis, seconds, sleepFor, uniform } from '@dmsim/sim';
import { openPath, ready } from '@dmsim/vfs';

import { readAttribute } from '../discovery/sysfs.ts';
import type { MultipathHost, PortGroupState, ScsiResult } from '../host.ts';

/** Functions that wait are tasks: `const answer = yield* path.testUnitReady()`. */
export interface AskedPath {
  /** `sda` */
  readonly dev: string;
  /** `1:0:0:0` */
  readonly address: string;
  /** The text of `prio_args`; empty for a checker. */
  readonly args: string;
  /** The plugin's own notes about this path; empty when a run begins. A variable of its module would last from one run to the next. */
  readonly memory: Record<string, unknown>;
  /** Virtual time, ns. */
  readonly now: () => Nanos;
  /** From 0 to below 1, from a stream of the plugin's own. */
  readonly random: () => number;
  /** Aborted after `checker_timeout`. */
  readonly testUnitReady: () => Task<ScsiResult>;
  /** REPORT TARGET PORT GROUPS; undefined when the array does not answer, or knows none. */
  readonly portGroup: () => Task<PortGroupState | undefined>;
  /** Past the page cache, in bytes: multiples of the block size. */
  readonly read: (offset: number, length: number) => Task<Uint8Array | Errno>;
  /** Reads a file of /sys/block/DEV/device; undefined if it can't be read. */
  readonly attribute: (name: string) => Task<string | undefined>;
  readonly sleep: (ms: number) => Task<void>;
}

export interface Asking {
  readonly host: MultipathHost;
  readonly process: Process;
  readonly dev: string;
  /** Seconds. */
  readonly timeout: number;
  readonly args: string;
  readonly chance: Prng;
  /** By device; `askedPath` adds to it. */
  readonly memories: Map<string, Record<string, unknown>>;
}

export function askedPath(asking: Asking): AskedPath {
  const { host, process, dev, timeout, args, chance, memories } = asking;
  const { sim, scsi } = host;
  const memory = memories.get(dev) ?? {};
  memories.set(dev, memory);
  return {
    dev,
    args,
    memory,
    address: scsi.addressOf(dev).address.join(':'),
    now: () => sim.now,
    random: () => uniform(chance),
    testUnitReady: () => scsi.testUnitReady(dev, seconds(timeout)),
    portGroup: () => scsi.reportTargetPortGroups(dev),
    read: (offset, length) =>
      readDisk({ process, root: host.root, cwd: '/' }, dev, { offset, length }),
    attribute: (name) => ready(readAttribute(host, `/sys/block/${dev}/device/${name}`)),
    sleep: (ms) => sleep(ms),
  };
}

function* readDisk(
  context: Parameters<typeof openPath>[0],
  dev: string,
  { offset, length }: { readonly offset: number; readonly length: number },
): Task<Uint8Array | Errno> {
  const file = yield* openPath(context, `/dev/${dev}`, { read: true, write: false, direct: true });
  if (typeof file === 'string') return file;
  const at = file.seek(offset, 'set');
  const bytes = typeof at === 'string' ? at : yield* file.read(context.process, length);
  file.release(context.process);
  return bytes;
}

function* sleep(ms: number): Task<void> {
  yield* sleepFor(millis(ms));
}
