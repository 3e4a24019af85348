// log-path.ts — Logs, at verbosity 3, what discovery found out about a path. Mirrors libmultipath/discovery.c: scsi_sysfs_pathinfo, get_geometry, propsel.c: select_recheck_wwid.
import { originForPath, ORIGIN } from '../config/origin.ts';
import { selectForPath, selectFromDevices } from '../config/select.ts';
import { isYes } from '../config/settings.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { tellOpen, tellOpenOfDevice } from './tell-open.ts';

/** It ends with the vendor or the product that is empty. */
export function logSysfs(session: Session, path: Path): void {
  const { log } = session;
  if (log.verbosity < 3) return;
  log.put(4, `${path.dev}: dev_t = ${path.devT}`);
  tellOpen(session, path.dev, 'size');
  const { dev, size, vendor, product, rev, address, targetNodeName } = path;
  log.put(3, `${dev}: size = ${size}`);
  if (!dev.startsWith('sd')) return;
  if (vendor === '') return;
  log.put(3, `${dev}: vendor = ${vendor}`);
  if (product === '') return;
  log.put(3, `${dev}: product = ${product}`);
  log.put(3, `${dev}: rev = ${rev}`);
  const array = `${vendor}:${product}:${rev}`;
  const matches = path.devices.length;
  log.put(matches > 1 ? 3 : 4, `find_hwe: found ${matches} hwtable matches for ${array}`);
  log.put(3, `${dev}: h:b:t:l = ${address.join(':')}`);
  log.put(3, `${dev}: tgt_node_name = ${targetNodeName}`);
}

/** `from`: the origin of the setting. A disk's WWID is rechecked unless udev takes it from another attribute. */
export function logUidAttribute({ log, config }: Session, path: Path, from: string): void {
  if (log.verbosity < 3) return;
  const { dev, uidAttribute, devices } = path;
  log.put(3, `${dev}: uid_attribute = ${uidAttribute} (setting: ${from})`);
  const wanted = isYes(selectForPath(config, devices, 'recheck_wwid'));
  const canFallBack = uidAttribute === 'ID_SERIAL' || uidAttribute === '';
  const origin = originForPath(config, devices, 'recheck_wwid');
  log.put(
    3,
    wanted && !canFallBack
      ? `${dev}: recheck_wwid = 1 (setting: unsupported by device type/config)`
      : `${dev}: recheck_wwid = ${wanted ? 2 : 1} (setting: ${origin})`,
  );
}

export function logSerial(session: Session, { dev, serial, devices }: Path): void {
  const { log } = session;
  if (log.verbosity < 3) return;
  const vendorPage = selectFromDevices(devices, 'vpd_vendor');
  const name = vendorPage === undefined ? 'undef' : String(vendorPage);
  const id = vendorPage === undefined ? 0 : 1;
  const origin = vendorPage === undefined ? ORIGIN.internal : ORIGIN.devices;
  log.put(3, `${dev}: vpd_vendor_id = ${id} "${name}" (setting: ${origin})`);
  if (vendorPage !== undefined) {
    // Simulated disks lack this vendor's page.
    log.put(3, 'HP/3PAR vendor specific VPD page length too short: 0');
    log.put(3, `${dev}: failed to get extra vpd data`);
  }
  tellOpenOfDevice(session, dev, 'vpd_pg80');
  log.put(3, `${dev}: serial = ${serial}`);
}

export function logGeometry({ log }: Session, { dev, size }: Path): void {
  if (log.verbosity < 3) return;
  const { cylinders, heads, sectors } = geometryOf(size);
  log.put(3, `${dev}: ${cylinders} cyl, ${heads} heads, ${sectors} sectors/track, start at 0`);
}

/** The geometry that the kernel makes up for a disk without a partition table. Mirrors drivers/scsi/scsicam.c: setsize, scsicam_bios_param. */
export function geometryOf(size: number): {
  readonly cylinders: number;
  readonly heads: number;
  readonly sectors: number;
} {
  let cylinders = 1024;
  let sectors = 62;
  let heads = Math.floor(size / (cylinders * sectors));
  if (size % (cylinders * sectors) !== 0) {
    heads++;
    sectors = Math.floor(size / (cylinders * heads));
    if (size % (cylinders * heads) !== 0) {
      sectors++;
      cylinders = Math.floor(size / (heads * sectors));
    }
  }
  if (cylinders > 0 && heads <= 255 && sectors <= 63) return { cylinders, heads, sectors };
  [heads, sectors] = Math.floor(size / 2048) > 65534 ? [255, 63] : [64, 32];
  cylinders = size > 65535 * 63 * 255 ? 65535 : Math.floor(size / (heads * sectors));
  return { cylinders, heads, sectors };
}
