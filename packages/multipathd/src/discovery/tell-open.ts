// tell-open.ts — Logs, at verbosity 4, each attribute of sysfs that is opened. Mirrors libmultipath/sysfs.c: __sysfs_attr_get_value.
import type { Session } from '../session.ts';

type Teller = Pick<Session, 'host' | 'log'>;

/** `/sys/devices/…/0:0:0:0/block/sda`, as far as udev knows. */
export const syspathOf = ({ host }: Teller, dev: string): string =>
  `/sys${host.udev.properties(dev)?.get('DEVPATH') ?? `/block/${dev}`}`;

/** Logs an attribute of a disk: `size`, `dev`, `uevent`. */
export function tellOpen(teller: Teller, dev: string, name: string): void {
  if (teller.log.verbosity < 4) return;
  teller.log.put(4, `open '${syspathOf(teller, dev)}/${name}'`);
}

/** Logs an attribute of the SCSI device below a disk: `state`, `vpd_pg80`. */
export function tellOpenOfDevice(teller: Teller, dev: string, name: string): void {
  if (teller.log.verbosity < 4) return;
  const device = syspathOf(teller, dev).replace(/\/block\/[^/]+$/, '');
  teller.log.put(4, `open '${device}/${name}'`);
}
