// guests.ts — Virtual machines with error policies of every kind, and what their monitors are told.
import * as fc from 'fast-check';

import type { Command, ErrorPolicy, GuestSetup, JobWord } from '../schedule.ts';

export interface GuestOptions {
  /** Of reads and writes; reads have no `enospc`. @defaultValue each that there is */
  readonly policies?: readonly ErrorPolicy[];
  /** True: a retry goes on for ever, and no error is hidden for a while only. @defaultValue false */
  readonly patient?: boolean;
}

const POLICIES: readonly ErrorPolicy[] = ['report', 'ignore', 'enospc', 'stop', 'retry'];

const disk = fc.constantFrom(
  { disk: 'virtio-blk', iothread: false },
  { disk: 'virtio-blk', iothread: true },
  { disk: 'scsi', iothread: false },
) satisfies fc.Arbitrary<Pick<GuestSetup, 'disk' | 'iothread'>>;

/** Short beside an outage, as long as one, and QEMU's own. */
const interval = fc.constantFrom(50, 200, 1000);
const timeout = fc.constantFrom(0, 0, 300, 2000);
const ioHang = fc.constantFrom(0, 0, 0, 1, 30);

/** Any virtual machine, for the `guest` of a schedule. */
export function anyGuest({
  policies = POLICIES,
  patient = false,
}: GuestOptions = {}): fc.Arbitrary<GuestSetup> {
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

/** A flush, a block job, or what one is told. */
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

/** Mostly a stop that does not last. */
export const monitorWord: fc.Arbitrary<Command> = fc
  .constantFrom('stop', 'stop', 'cont', 'cont', 'cont', 'system_reset')
  .map((word) => ({ kind: 'monitor', word }));
