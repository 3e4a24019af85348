// guest-rules.ts — What the error policies of a virtual machine's disk promise: which errors its guest sees, and when it stops.
import type { Violation } from '@dmsim/observe';
import { formatSeconds } from '@dmsim/sim';
import type { Sim } from '@dmsim/sim';

import type { IoResult } from './io.ts';
import type { ErrorPolicy, GuestSetup, MonitorWord } from './schedule.ts';

export interface GuestRules {
  /** The monitor was told so. */
  told(word: MonitorWord): void;
  /** QEMU sends that event. */
  sent(event: VmEvent): void;
  /** The guest's kernel fails an I/O. */
  failed(io: Pick<IoResult, 'kind' | 'sector' | 'nrSectors'>): void;
  /** Everything is put right. */
  end(): void;
}

export interface VmEvent {
  readonly name: string;
  /** What is done about an error; null for other events. */
  readonly action: string | null;
  readonly isRunning: boolean;
}

type Action = 'report' | 'ignore' | 'stop' | 'retry';

/** What is done about an error of a path, which is never ENOSPC. */
function actionsOf(policy: ErrorPolicy, { retryTimeout }: GuestSetup): readonly Action[] {
  if (policy === 'enospc') return ['report'];
  if (policy === 'retry' && retryTimeout > 0) return ['retry', 'report'];
  return [policy];
}

const KEEPS_ERRORS = 'a guest sees the errors that its policy lets through, and no other';
const STOPS_FOR_A_REASON = 'a virtual machine stops for an error or when it is told to';
const DOES_STOP = 'a virtual machine stops when its policy says so';

export function guestRules(sim: Sim, setup: GuestSetup, violations: Violation[]): GuestRules {
  const { werror, rerror } = setup;
  const write = actionsOf(werror, setup);
  const read = actionsOf(rerror, setup);
  const policies = `werror=${werror} and rerror=${rerror}`;
  const either: ReadonlySet<string> = new Set([...write, ...read]);
  let toldToStop = 0;
  let stopsDue = 0;
  let wasReset = false;
  const report = (invariant: string, message: string, meaning: string): void => {
    const when = `at ${formatSeconds(sim.now)} s`;
    violations.push({ invariant, message: `${message} ${when}`, meaning, at: sim.now });
  };
  return {
    told(word) {
      if (word === 'stop') toldToStop++;
      if (word === 'system_reset') wasReset = true;
    },
    sent({ name, action, isRunning }) {
      if (name === 'BLOCK_IO_ERROR') {
        // An error that comes once the machine has stopped needs no other stop.
        if (action === 'stop' && isRunning) stopsDue++;
        if (!either.has(action ?? ''))
          report(KEEPS_ERRORS, `with ${policies} the action is ${action ?? 'none'}`, SEES);
      }
      if (name !== 'STOP') return;
      if (stopsDue === 0 && toldToStop-- <= 0)
        report(STOPS_FOR_A_REASON, 'it stops', 'A service is down though nothing was wrong.');
      stopsDue = 0;
    },
    failed({ kind, sector, nrSectors }) {
      const policy = kind === 'write' ? werror : rerror;
      if ((kind === 'write' ? write : read).includes('report')) return;
      report(KEEPS_ERRORS, `the ${kind} of ${sector}+${nrSectors} fails with ${policy}`, SEES);
    },
    end() {
      if (stopsDue === 0 || wasReset) return;
      report(DOES_STOP, `with ${policies} it has not stopped for its last error`, STAYS);
    },
  };
}

const SEES =
  'A guest remounts its disk read-only though the host would have kept the error from it.';
const STAYS = 'The request that has failed is never sent again.';
