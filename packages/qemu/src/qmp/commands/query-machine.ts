// query-machine.ts — Questions about the machine that have the same answer as long as nothing of the kind is simulated. Mirrors qapi/misc.json, qapi/machine.json.
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, success } from '../command.ts';
import type { Json } from '../json.ts';
import { jsonObject } from '../json.ts';

const question = (name: string, answer: (vm: Vm) => Json | CommandResult): QmpCommand => ({
  name,
  args: [],
  needsMachine: true,
  run(vm) {
    const result = answer(vm);
    return isResult(result) ? result : success(result);
  },
});

const isResult = (value: Json | CommandResult): value is CommandResult =>
  typeof value === 'object' && value !== null && 'kind' in value;

const none = (name: string): QmpCommand => question(name, () => []);

export const queryMachineCommands: readonly QmpCommand[] = [
  question('query-uuid', () => ({ UUID: '00000000-0000-0000-0000-000000000000' })),
  question('query-kvm', () => ({ enabled: false, present: true })),
  question('query-target', () => ({ arch: 'x86_64' })),
  question('query-migrate', () => jsonObject()),
  question('query-balloon', () =>
    failure('No balloon device has been activated', 'DeviceNotActive'),
  ),
  question('query-vm-generation-id', () => failure('VM Generation ID device not found')),
  question('query-vnc', () => ({ enabled: false })),
  question('query-spice', () => ({ enabled: false, migrated: false, 'mouse-mode': 'client' })),
  question('query-dump', () => ({ status: 'none', completed: 0, total: 0 })),
  question('query-replay', () => ({ mode: 'none', icount: 0 })),
  question('query-current-machine', ({ hasMachine }) => ({ 'wakeup-suspend-support': hasMachine })),
  question('query-acpi-ospm-status', ({ hasMachine }) =>
    hasMachine ? [] : failure('command is not supported, missing ACPI device'),
  ),
  question('query-memory-size-summary', ({ memory }) => ({
    'base-memory': memory,
    'plugged-memory': 0,
  })),
  none('query-fdsets'),
  none('query-tpm'),
  none('query-pr-managers'),
  none('query-rx-filter'),
  none('query-memory-devices'),
];
