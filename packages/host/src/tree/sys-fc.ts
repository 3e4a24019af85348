// sys-fc.ts — /sys/class/fc_remote_ports: the ports that Fibre Channel hosts see. Mirrors drivers/scsi/scsi_transport_fc.c: fc_remote_port_create.
import type { FcRport } from '@dmsim/block';
import { rportAttributes } from '@dmsim/block';
import type { Directory } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { attributesDirectory } from './attributes.ts';
import { sysfsDirectory } from './sysfs-directory.ts';

export function remotePortsDirectory({ scsi, fcRports }: Machine): Directory {
  // A host that was removed took its ports with it.
  const there = ({ host }: FcRport): boolean => scsi.hosts.has(host.number);
  return sysfsDirectory(
    () => [...fcRports].filter(([, port]) => there(port)).map(([name]) => name),
    (name) => {
      const port = fcRports.get(name);
      return port === undefined || !there(port)
        ? undefined
        : attributesDirectory(rportAttributes, port);
    },
  );
}
