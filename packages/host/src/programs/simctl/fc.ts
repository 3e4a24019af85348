// fc.ts — simctl fc: makes a host a Fibre Channel host, and loses and restores its remote ports.
import type { FcRport, ScsiHost } from '@dmsim/block';
import { createRport, losePort, returnPort, rportName } from '@dmsim/block';
import { textOf } from '@dmsim/libc';

import type { Call, Verb } from './verb.ts';
import { failCall, failForm } from './verb.ts';

export const fcVerb: Verb = {
  name: 'fc',
  help: [
    [
      'HOST...',
      'remote ports for all targets of host0, ...: /sys/class/fc_remote_ports/rport-H:B-N',
    ],
    ['lose RPORT [silent]', 'the fabric loses a port; silent: commands under way are not returned'],
    ['return RPORT', 'the port is back'],
  ],
  run(call) {
    const [first, name, how, ...rest] = call.args;
    switch (first) {
      case undefined:
        return failForm(call, fcVerb, 'too few arguments');
      case 'lose':
        if ((how !== undefined && how !== 'silent') || rest.length > 0) {
          failForm(call, fcVerb, 'lose takes a port, and silent at most');
        }
        return losePort(portNamed(call, name), how === 'silent' ? 'silent' : 'returned');
      case 'return':
        if (how !== undefined) failForm(call, fcVerb, 'return takes a port');
        return returnPort(portNamed(call, name));
      default:
        for (const host of call.args.map((word) => hostNamed(call, word))) addPorts(call, host);
    }
  },
};

function portNamed(call: Call, word: string | undefined): FcRport {
  if (word === undefined) failForm(call, fcVerb, 'which port?');
  const port = call.machine.fcRports.get(textOf(word));
  return port ?? failCall(call, `${word}: no such remote port`);
}

function hostNamed(call: Call, word: string): ScsiHost {
  const hosts = [...call.machine.scsi.hosts.values()];
  const host = hosts.find(({ number }) => textOf(word) === `host${number}`);
  return host ?? failCall(call, `${word}: no such SCSI host`);
}

/** Makes a remote port for each target; ports that the host already has stay. */
function addPorts({ machine }: Call, host: ScsiHost): void {
  const targets = [...new Set(host.targets.map(({ target }) => target))];
  for (const [number, target] of targets.entries()) {
    const id = (host.number + 1) * 256 + target;
    const port = createRport(host, {
      number,
      target,
      nodeName: `0x${(0x20000000 + host.number).toString(16)}${hex(target, 8)}`,
      portName: `0x${(0x21000000 + host.number).toString(16)}${hex(target, 8)}`,
      portId: `0x${hex(id, 6)}`,
    });
    const { fcRports } = machine;
    if (!fcRports.has(rportName(port))) fcRports.set(rportName(port), port);
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
