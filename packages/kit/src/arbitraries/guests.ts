// guests.ts — Generates virtual machines with error policies of every kind, and commands for their monitors.
import * as fc from 'fast-check';

import type { Kinds } from '../check-options.ts';
import { checkOptions, listOf, oneOf, yesOrNo } from '../check-options.ts';
import type { Command, ErrorPolicy, GuestSetup, JobWord } from '../schedule.ts';
import { MAP_SECTORS, UNIT } from '../schedule.ts';

/** Sectors of a cluster of an image. */
const CLUSTER = 128;

export interface GuestOptions {
  /** The policies to draw from, for reads and for writes; reads have no `enospc`. @defaultValue all of them */
  readonly policies?: readonly ErrorPolicy[];
  /** True: the machine retries for ever, so it never hides an error for a while only. @defaultValue false */
  readonly patient?: boolean;
}

const POLICIES: readonly ErrorPolicy[] = ['report', 'ignore', 'enospc', 'stop', 'retry'];

const disk = fc.constantFrom(
  { disk: 'virtio-blk', iothread: false },
  { disk: 'virtio-blk', iothread: true },
  { disk: 'scsi', iothread: false },
) satisfies fc.Arbitrary<Pick<GuestSetup, 'disk' | 'iothread'>>;

/** Retry intervals: one much shorter than an outage, one about as long, and QEMU's default. */
const interval = fc.constantFrom(50, 200, 1000);
const timeout = fc.constantFrom(0, 0, 300, 2000);
const ioHang = fc.constantFrom(0, 0, 0, 1, 30);

const OPTIONS: Kinds<GuestOptions> = { policies: listOf(oneOf(...POLICIES), 1), patient: yesOrNo };

/** Any virtual machine, for the `guest` of a schedule. */
export function anyGuest(options: GuestOptions = {}): fc.Arbitrary<GuestSetup> {
  checkOptions('anyGuest', options, OPTIONS);
  const { policies = POLICIES, patient = false } = options;
  const ofReads = policies.filter((policy) => policy !== 'enospc');
  const [none] = ofReads.length === 0 ? (['report'] as const) : [];
  const never = fc.constant(0);
  return fc
    .tuple(
      disk,
      fc.constantFrom(...policies),
      none === undefined ? fc.constantFrom(...ofReads) : fc.constant(none),
      interval,
      patient ? never : timeout,
      patient ? never : ioHang,
    )
    .map(([{ disk: kind, iothread }, werror, rerror, retryInterval, retryTimeout, seconds]) => ({
      disk: kind,
      iothread,
      werror,
      rerror,
      retryInterval,
      retryTimeout,
      ioHang: seconds,
    }));
}

const JOBS: readonly JobWord[] = ['mirror', 'mirror', 'backup'];
const JOBS_OF_OVERLAYS: readonly JobWord[] = [...JOBS, 'commit', 'commit', 'stream'];

/** A few pages anywhere, or a whole cluster of an image. */
export const discard: fc.Arbitrary<Command> = fc.oneof(
  fc
    .tuple(fc.nat({ max: MAP_SECTORS / UNIT - 1 }), fc.constantFrom(1, 2, 4, 16))
    .map(([at, length]): Command => ({
      kind: 'discard',
      sector: at * UNIT,
      nrSectors: Math.min(length * UNIT, MAP_SECTORS - at * UNIT),
    })),
  fc
    .nat({ max: MAP_SECTORS / CLUSTER - 1 })
    .map((at): Command => ({ kind: 'discard', sector: at * CLUSTER, nrSectors: CLUSTER })),
);

/** A flush, a block job, or a command for a running job. */
export const jobOrFlush = (overlay: boolean): fc.Arbitrary<Command> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Command>({ kind: 'flush' }) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...(overlay ? JOBS_OF_OVERLAYS : JOBS)),
          fc.constantFrom('report', 'enospc', 'stop'),
        )
        .map(([word, onError]): Command => ({ kind: 'job', word, onError })),
    },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom('complete', 'complete', 'resume', 'cancel')
        .map((word): Command => ({ kind: 'job-control', word })),
    },
  );

/** A command that stops, resets or continues the machine. `cont` is the most frequent, so that a stop seldom lasts. */
export const monitorWord: fc.Arbitrary<Command> = fc
  .constantFrom('stop', 'stop', 'cont', 'cont', 'cont', 'system_reset')
  .map((word) => ({ kind: 'monitor', word }));
