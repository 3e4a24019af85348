// machine.case.ts — A virtual machine for tests, with its client and code that plays its guest.
import type { Sim } from '@dmsim/sim';
import { createSim, millis, run } from '@dmsim/sim';

import type { DiskRequest } from '../devices/guest-disk.ts';
import { connectQmp, feedQmp } from '../qmp/connection.ts';
import type { CreateVmOptions } from './create-vm.ts';
import { createVm } from './create-vm.ts';
import type { Vm } from './vm.ts';

/** A virtual machine with a client and a guest's driver on its first disk. */
export interface Machine {
  readonly sim: Sim;
  readonly vm: Vm;
  /** Replies, and events with the data that tells them apart. */
  readonly heard: string[];
  qmp(command: string, args?: object): void;
  /** Ids and results of requests, in the order in which they completed. */
  readonly done: string[];
  submit(...requests: readonly [id: string, op: DiskRequest['op'], sector: number][]): void;
  runFor(ms: number): void;
}

export function machine(
  argv: readonly string[],
  options: CreateVmOptions = {},
  sim = createSim(),
): Machine {
  const created = createVm(sim, ['qemu-system-x86_64', ...argv], { build: 'series', ...options });
  if (created.kind === 'refused') throw new Error(created.message);
  const { vm } = created;
  const heard: string[] = [];
  const done: string[] = [];
  const connection = connectQmp(vm, {
    onBytes: (bytes) => {
      for (const line of String.fromCharCode(...bytes).split('\r\n')) {
        if (line !== '' && !line.includes('"QMP"'))
          heard.push(describeMessage(JSON.parse(line) as Message));
      }
    },
  });
  const qmp = (execute: string, args: object = {}): void =>
    feedQmp(connection, Buffer.from(JSON.stringify({ execute, arguments: args })));
  for (const disk of vm.disks) disk.model.start(disk, { flush: true });
  const runFor = (ms: number): void => {
    const until = sim.now + millis(ms);
    run(sim, { until });
    sim.now = until;
  };
  qmp('qmp_capabilities');
  runFor(1);
  heard.length = 0;
  const submit: Machine['submit'] = (...requests) => {
    const disk = vm.disks.at(0);
    if (disk === undefined) return;
    disk.model.submit(
      disk,
      requests.map(([id, op, sector]) => ({
        op,
        sector,
        bytes: op === 'flush' ? 0 : 4096,
        data: null,
        done: (result) => done.push(`${id} ${result.kind}`),
      })),
    );
  };
  return { sim, vm, heard, qmp, done, submit, runFor };
}

interface Message {
  readonly event?: string;
  readonly data?: { readonly action?: string; readonly status?: string; readonly error?: string };
  readonly error?: { readonly desc: string };
  readonly return?: Reply | readonly Reply[];
}

interface Reply {
  readonly status?: string;
  readonly 'io-status'?: string;
}

function describeMessage(message: Message): string {
  if (message.event !== undefined) {
    const { action, status, error } = message.data ?? {};
    return [message.event, action ?? status ?? error]
      .filter((word) => word !== undefined)
      .join(' ');
  }
  if (message.error !== undefined) return `error ${message.error.desc}`;
  const [first] = [message.return].flat() as readonly (Reply | undefined)[];
  return `return ${first?.['io-status'] ?? first?.status ?? ''}`.trim();
}

export const fault = (i: number, errno: number, sector: number, once = 'on'): string =>
  `,file.inject-error.${i}.event=none,file.inject-error.${i}.iotype=write,file.inject-error.${i}.errno=${errno},file.inject-error.${i}.sector=${sector},file.inject-error.${i}.once=${once}`;

export const drive = (faults: string, more = ''): string[] => [
  '-drive',
  `if=none,id=d0,format=raw,file.driver=blkdebug,file.image.driver=null-co,file.image.size=8M${faults}${more}`,
];
export const disk = (properties: string): string[] => [
  '-device',
  `virtio-blk-pci,drive=d0,id=disk0,${properties}`,
];
