// service.ts — service(8): calls systemctl, as it does on a machine that systemd runs.
import type { Tool } from '@dmsim/coreutils';
import { complain, refuse, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { systemctl } from './systemctl.ts';

const USAGE =
  'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n';

export const serviceProgram = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const [name, verb, ...more] = t.args;
  if (name === undefined) {
    yield* complain(t, USAGE);
    return 1;
  }
  if (name.startsWith('-') || verb === undefined || more.length > 0) refuse(t, t.args.join(' '));
  return yield* systemctl(t, machine, { verb, units: [name], quiet: false });
}
