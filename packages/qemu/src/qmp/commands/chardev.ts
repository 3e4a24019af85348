// chardev.ts — What QEMU talks through: the sockets of its monitors. Mirrors chardev/char.c.
import type { Chardev } from '../../vm/vm-options.ts';
import type { Vm } from '../../vm/vm.ts';
import type { QmpCommand } from '../command.ts';
import { notSimulated, success } from '../command.ts';
import { hashOrder } from '../hash-order.ts';
import { words } from '../qapi.ts';

const BACKENDS: readonly string[] = words(
  'testdev pty wctablet serial file memory udp parallel vc socket msmouse null qemu-vdagent pipe mux ringbuf stdio',
);

/** Those of the storage daemon, which has no consoles. */
const OF_DAEMON: readonly string[] = words(
  'testdev pty serial file memory udp parallel socket null pipe mux ringbuf stdio',
);

const inOrder = (chardevs: readonly Chardev[]): Chardev[] =>
  hashOrder(chardevs, ({ label }) => label).toReversed();

const queryChardev: QmpCommand = {
  name: 'query-chardev',
  args: [],
  run({ chardevs }) {
    if (chardevs === null) return notSimulated('query-chardev of consoles');
    return success(
      inOrder(chardevs).map(({ label, filename }) => ({ 'frontend-open': true, filename, label })),
    );
  },
};

const queryBackends: QmpCommand = {
  name: 'query-chardev-backends',
  args: [],
  run(vm) {
    const names = vm.isStorageDaemon ? OF_DAEMON : BACKENDS;
    return success(names.map((name) => ({ name })));
  },
};

export const chardevCommands: readonly QmpCommand[] = [queryChardev, queryBackends];

/** `info chardev`; null if it is not simulated. */
export function infoChardev({ chardevs }: Vm): string | null {
  if (chardevs === null) return null;
  return inOrder(chardevs)
    .map(({ label, filename }) => `${label}: filename=${filename}\r\n`)
    .join('');
}
