// machine.ts — Commands about the machine as a whole: status, stop, cont, reset, quit. Mirrors monitor/qmp-cmds.c.
import { continueVm, isRunning, requestReset, requestShutdown, stopVm } from '../../vm/vm.ts';
import type { QmpCommand } from '../command.ts';
import { failure, notSimulated, outcome, stringArg, success } from '../command.ts';
import { hashOrder } from '../hash-order.ts';
import { jsonObject } from '../json.ts';
import { optional, required } from '../qapi.ts';

const queryStatus: QmpCommand = {
  name: 'query-status',
  needsMachine: true,
  args: [],
  run(vm) {
    return success({ running: isRunning(vm), singlestep: false, status: vm.runState });
  },
};

const stop: QmpCommand = {
  name: 'stop',
  needsMachine: true,
  args: [],
  *run(vm) {
    yield* stopVm(vm, 'paused');
    return success();
  },
};

const cont: QmpCommand = {
  name: 'cont',
  needsMachine: true,
  args: [],
  *run(vm) {
    return outcome(yield* continueVm(vm));
  },
};

const WATCHDOG_ACTIONS: readonly string[] = [
  'reset',
  'shutdown',
  'poweroff',
  'pause',
  'debug',
  'none',
  'inject-nmi',
];

const systemReset: QmpCommand = {
  name: 'system_reset',
  needsMachine: true,
  args: [],
  run(vm) {
    requestReset(vm, 'host-qmp-system-reset');
    return success();
  },
};

/** What a panic or a watchdog would do makes no difference: there is neither. */
const setAction: QmpCommand = {
  name: 'set-action',
  needsMachine: true,
  args: [
    optional('reboot', ['reset', 'shutdown']),
    optional('shutdown', ['poweroff', 'pause']),
    optional('panic', ['pause', 'shutdown', 'exit-failure', 'none']),
    optional('watchdog', WATCHDOG_ACTIONS),
  ],
  run({ actions }, args) {
    const [reboot, shutdown] = [stringArg(args, 'reboot'), stringArg(args, 'shutdown')];
    if (reboot !== undefined) actions.reboot = reboot === 'reset' ? 'reset' : 'shutdown';
    if (shutdown !== undefined) actions.shutdown = shutdown === 'pause' ? 'pause' : 'poweroff';
    return success();
  },
};

const watchdogSetAction: QmpCommand = {
  name: 'watchdog-set-action',
  needsMachine: true,
  args: [required('action', WATCHDOG_ACTIONS)],
  run: () => success(),
};

/** Without a guest nobody hears of it; one that runs would shut down. */
const systemPowerdown: QmpCommand = {
  name: 'system_powerdown',
  needsMachine: true,
  args: [],
  run(vm) {
    if (vm.disksAreFixed) return notSimulated('system_powerdown while a guest runs');
    vm.layer.emit('POWERDOWN');
    return success();
  },
};

const systemWakeup: QmpCommand = {
  name: 'system_wakeup',
  needsMachine: true,
  args: [],
  run({ hasMachine }) {
    return failure(
      hasMachine
        ? 'Unable to wake up: guest is not in suspended state'
        : 'wake-up from suspend is not supported by this guest',
    );
  },
};

const quit: QmpCommand = {
  name: 'quit',
  args: [],
  run(vm) {
    requestShutdown(vm, 'host-qmp-quit');
    return success();
  },
};

const queryVersion: QmpCommand = {
  name: 'query-version',
  args: [],
  run(vm) {
    return success({ qemu: { major: 7, minor: 2, micro: 22 }, package: vm.package });
  },
};

const queryName: QmpCommand = {
  name: 'query-name',
  needsMachine: true,
  args: [],
  run(vm) {
    return success(vm.guestName === null ? jsonObject() : { name: vm.guestName });
  },
};

const capabilities: QmpCommand = {
  name: 'qmp_capabilities',
  args: [optional('enable', { kind: 'list', of: ['oob'] })],
  allowOob: true,
  // Never runs: the connection answers this command itself.
  run() {
    return success();
  },
};

/** Migration is not simulated. This command exists to show that commands may run out of band. */
const migrateRecover: QmpCommand = {
  name: 'migrate-recover',
  needsMachine: true,
  args: [required('uri', 'string')],
  allowOob: true,
  run() {
    return failure('Migrate recover can only be run when postcopy is paused.');
  },
};

/** The number reported for the first iothread; simulated threads have none on the host. */
const FIRST_THREAD = 2;

const queryIothreads: QmpCommand = {
  name: 'query-iothreads',
  args: [],
  needsMachine: true,
  run({ objects }) {
    const threads = hashOrder([...objects], ([id]) => id).flatMap(([id, settings]) =>
      settings === null ? [] : [{ id, settings }],
    );
    return success(
      threads.map(({ id, settings }, i) => ({
        id,
        'thread-id': FIRST_THREAD + i,
        'poll-max-ns': settings['poll-max-ns'],
        'poll-grow': settings['poll-grow'],
        'poll-shrink': settings['poll-shrink'],
        'aio-max-batch': settings['aio-max-batch'],
      })),
    );
  },
};

export const machineCommands: readonly QmpCommand[] = [
  queryStatus,
  stop,
  cont,
  systemReset,
  setAction,
  watchdogSetAction,
  systemPowerdown,
  systemWakeup,
  quit,
  queryVersion,
  queryName,
  capabilities,
  migrateRecover,
  queryIothreads,
];
