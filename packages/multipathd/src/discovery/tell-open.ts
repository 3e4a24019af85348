// tell-open.ts — At verbosity 4 the log has the attributes of sysfs that are opened. Mirrors libmultipath/sysfs.c: __sysfs_attr_get_value.
import type { Session } from '../session.ts';

type Teller = Pick<Session, 'host' | 'log'>;

/** `/sys/devices/…/0:0:0:0/block/sda`, as far as udev knows. */
export const syspathOf = ({ host }: Teller, dev: string): string =>
  `/sys${host.udev.properties(dev)?.get('DEVPATH') ?? `/block/${dev}`}`;

/** Of a disk: `size`, `dev`, `uevent`. */
export function tellOpen(teller: Teller, dev: string, name: string): void {
  if (teller.log.verbosity < 4) return;
  teller.log.put(4, `open '${syspathOf(teller, dev)}/${name}'`);
}

/** Of the SCSI device below it: `state`, `vpd_pg80`. */
export function tellOpenOfDevice(teller: Teller, dev: string, name: string): void {
  if (teller.log.verbosity < 4) return;
  const device = syspathOf(teller, dev).replace(/\/block\/[^/]+$/, '');
  teller.log.put(4, `open '${device}/${name}'`);
}
