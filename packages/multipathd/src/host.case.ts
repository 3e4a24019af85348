// host.case.ts — For tests: a host with one disk, sda, that answers as it is told, and a process to ask it.
import type { Errno, Process, Task } from '@dmsim/sim';
import { createPrng, createSim, run, spawn } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';
import { attributeFile, createDirectory, ready } from '@dmsim/vfs';

import type { MultipathHost, PortGroupState, ScsiGeneric, ScsiResult } from './host.ts';

export interface FakeDisk {
  /** The result of a read of /dev/sda. @defaultValue a block */
  readonly read?: Errno;
  /** @defaultValue good */
  readonly testUnitReady?: ScsiResult;
  /** @defaultValue none: the array knows no groups */
  readonly portGroup?: PortGroupState;
  readonly pages?: Readonly<Record<number, Uint8Array>>;
  /** @defaultValue `2000`; null: it doesn't answer */
  readonly serial?: string | null;
  /** Attributes below /sys/block/sda/device. */
  readonly attributes?: Readonly<Record<string, string>>;
}

function scsi(disk: FakeDisk): ScsiGeneric {
  return {
    addressOf: () => ({ address: [0, 0, 0, 0], protocol: 'scsi:unspec' }),
    remotePort: () => undefined,
    testUnitReady: () => ready(disk.testUnitReady ?? { kind: 'good' }),
    timeOfGoodTest: () => null,
    tpgs: () => (disk.portGroup === undefined ? 'none' : 'implicit'),
    serial: () => (disk.serial === null ? undefined : (disk.serial ?? '2000')),
    wwid: () => undefined,
    vpdPage: (_kernel, page) => disk.pages?.[page],
    reportTargetPortGroups: () =>
      ready(disk.portGroup === undefined ? undefined : { id: 1, ...disk.portGroup }),
  };
}

/** Runs a task on a host with this disk; what it returns. */
export function onHost<T>(
  disk: FakeDisk,
  task: (context: { host: MultipathHost; process: Process; dev: string }) => Task<T>,
): T {
  const sim = createSim();
  const { read, attributes = {} } = disk;
  const files: [string, Vnode][] = Object.entries(attributes).map(([name, text]) => [
    name,
    attributeFile({ show: () => `${text}\n` }),
  ]);
  const device = createDirectory(Object.fromEntries(files));
  const sda = attributeFile({ show: () => (read === undefined ? 'data' : { errno: read }) });
  const root = createDirectory({
    dev: createDirectory({ sda }),
    sys: createDirectory({ block: createDirectory({ sda: createDirectory({ device }) }) }),
  });
  // Only what checkers and prioritizers ask is there.
  const random = createPrng(sim.seed);
  const host = { sim, random, root, scsi: scsi(disk) } as unknown as MultipathHost;
  let result: { readonly value: T } | undefined;
  spawn(sim, 'test', function* main(process) {
    result = { value: yield* task({ host, process, dev: 'sda' }) };
    return 0;
  });
  run(sim, { maxEvents: 10_000 });
  if (result === undefined) throw new Error('it did not return');
  return result.value;
}
