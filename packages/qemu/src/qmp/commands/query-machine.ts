// query-machine.ts — Questions about the machine that have the same answer as long as nothing of the kind is simulated. Mirrors qapi/misc.json, qapi/machine.json.
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
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

/** The core's place in QEMU's tree: the first processor is made before the device that has number 1. */
const cpuPath = (core: number): string =>
  `/machine/unattached/device[${core === 0 ? 0 : core + 1}]`;

const cpuProps = (core: number): JsonObject => ({
  'core-id': core,
  'thread-id': 0,
  'socket-id': 0,
});

/** The number that each thread has is the host's own. */
const FIRST_THREAD = 1000;

const cpusOf = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, core) => ({
    'thread-id': FIRST_THREAD + core,
    props: cpuProps(core),
    'qom-path': cpuPath(core),
    'cpu-index': core,
    target: 'x86_64',
  }));

const slotsOf = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, core) => ({
    props: cpuProps(core),
    'vcpus-count': 1,
    'qom-path': cpuPath(core),
    type: 'qemu64-x86_64-cpu',
  })).toReversed();

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
  question('query-memdev', ({ memory, hasMachine }) =>
    hasMachine
      ? [
          {
            share: false,
            reserve: true,
            prealloc: false,
            'host-nodes': [],
            size: memory,
            merge: true,
            dump: true,
            policy: 'default',
            id: 'pc.ram',
          },
        ]
      : [],
  ),
  question('query-cpus-fast', ({ cpus }) =>
    cpus === null ? notSimulated('query-cpus-fast with -smp of several parts') : cpusOf(cpus),
  ),
  question('query-mice', ({ hasMachine }) =>
    hasMachine ? [{ name: 'QEMU PS/2 Mouse', index: 2, absolute: false, current: true }] : [],
  ),
  question('query-pci', ({ hasMachine }) =>
    hasMachine ? notSimulated('query-pci of a machine') : [],
  ),
  question('query-hotpluggable-cpus', ({ cpus, hasMachine }) => {
    if (!hasMachine) return failure("The feature 'query-hotpluggable-cpus' is not enabled");
    return cpus === null
      ? notSimulated('query-hotpluggable-cpus with -smp of several parts')
      : slotsOf(cpus);
  }),
  question('query-sgx', ({ hasMachine }) =>
    hasMachine
      ? notSimulated('query-sgx of a machine')
      : failure('SGX is only supported on PC machines'),
  ),
  question('query-colo-status', () => ({ mode: 'none', 'last-mode': 'none', reason: 'none' })),
  question('query-xen-replication-status', () => ({ error: false })),
  question('query-display-options', ({ isHeadless }) =>
    isHeadless ? { type: 'none' } : notSimulated('query-display-options of a display'),
  ),
  none('query-stats-schemas'),
  none('query-fdsets'),
  none('query-tpm'),
  none('query-pr-managers'),
  none('query-rx-filter'),
  none('query-memory-devices'),
];
