// systemctl.ts — systemctl(1) for multipathd.service, the only unit that is simulated.
import type { Tool } from '@dmsim/coreutils';
import { complain, tool } from '@dmsim/coreutils';
import { binaryOf } from '@dmsim/libc';
import type { MultipathHost, Service } from '@dmsim/multipathd';
import { reloadService, startService, stopService } from '@dmsim/multipathd';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { refuseCall } from '../../unsimulated.ts';

/** Exit status of `is-active` and `status` for a unit that is not active. */
const NOT_ACTIVE = 3;
const UNITS: ReadonlySet<string> = new Set(['multipathd', 'multipathd.service']);
/** Options without effect here: there is one unit, and its jobs are always waited for. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  '--no-pager',
  '--full',
  '-l',
  '--no-ask-password',
]);

export const systemctlProgram = (machine: Machine): Program =>
  tool((t) => systemctl(t, machine, parse(t)));

interface Call {
  readonly verb: string;
  readonly units: readonly string[];
  readonly quiet: boolean;
}

export function* systemctl(t: Tool, machine: Machine, { verb, units, quiet }: Call): Task<number> {
  const other = units.find((unit) => !UNITS.has(unit));
  if (other !== undefined) refuseCall(t.context.argv, `unit ${other}`);
  if (units.length !== 1) refuseCall(t.context.argv, 'it takes one unit here');
  const { multipathHost: host, service } = machine;
  switch (verb) {
    case 'start':
      return yield* start(t, host, service);
    case 'stop':
      yield* stopService(service);
      return 0;
    case 'restart':
      yield* stopService(service);
      return yield* start(t, host, service);
    case 'reload':
      if (reloadService(service)) return 0;
      yield* complain(t, 'multipathd.service is not active, cannot reload.\n');
      return 1;
    case 'is-active':
    case 'status':
      if (!quiet)
        t.out.put(verb === 'status' ? binaryOf(statusText(service)) : `${service.state}\n`);
      return service.state === 'active' ? 0 : NOT_ACTIVE;
    default:
      return refuseCall(t.context.argv, `verb ${verb}`);
  }
}

function parse({ args, context }: Tool): Call {
  const words: string[] = [];
  let quiet = false;
  for (const arg of args) {
    if (arg === '-q' || arg === '--quiet') quiet = true;
    else if (!arg.startsWith('-')) words.push(arg);
    else if (!WITHOUT_EFFECT.has(arg)) refuseCall(context.argv, `option ${arg}`);
  }
  const [verb = '', ...units] = words;
  return { verb, units, quiet };
}

function* start(t: Tool, host: MultipathHost, service: Service): Task<number> {
  if (yield* startService(host, service)) return 0;
  yield* complain(
    t,
    `Job for multipathd.service failed because the control process exited with error code.
See "systemctl status multipathd.service" and "journalctl -xeu multipathd.service" for details.
`,
  );
  return 1;
}

const SUBSTATES = {
  inactive: 'inactive (dead)',
  activating: 'activating (start)',
  active: 'active (running)',
  deactivating: 'deactivating (stop-sigterm)',
  failed: 'failed (Result: exit-code)',
} as const satisfies Readonly<Record<Service['state'], string>>;

/** The first lines of `status`, without dates, memory and CPU time. */
const statusText = ({ state }: Service): string =>
  `${state === 'failed' ? '×' : state === 'inactive' ? '○' : '●'} multipathd.service - Device-Mapper Multipath Device Controller
     Active: ${SUBSTATES[state]}
`;
