// filter-path.ts — Whether a path is one that multipath leaves alone; each list that says something of it is named in the log. Mirrors libmultipath/blacklist.c: filter_path.
import type { Verdict } from '../config/blacklist.ts';
import { filterDevice, filterProperty, filterWord } from '../config/blacklist.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';

/** True: blacklisted. */
export function filterDevnode(session: Session, dev: string): boolean {
  const verdict = filterWord(session.config, 'devnode', dev);
  return said(session, verdict, `${dev}: device node name`);
}

export function filterVendor(session: Session, { dev, vendor, product }: Path): boolean {
  const verdict = filterDevice(session.config, { vendor, product });
  return said(session, verdict, `${dev}: (${vendor}:${product}) vendor/product`);
}

export function filterProtocol(session: Session, { dev, protocol }: Path): boolean {
  const verdict = filterWord(session.config, 'protocol', protocol);
  return said(session, verdict, `${dev}: protocol ${protocol}`);
}

/** `dev`: null for a map that is named by its WWID. */
export function filterWwid(session: Session, dev: string | null, wwid: string): boolean {
  const verdict = filterWord(session.config, 'wwid', wwid);
  return said(session, verdict, dev === null ? `${wwid}: wwid` : `${dev}: wwid ${wwid}`);
}

/** `level` of the log line. A device that udev has not seen has no property that speaks for it. */
export function filterProperties(session: Session, path: Path, level: number): boolean {
  const names = session.host.udev.properties(path.dev)?.keys() ?? [];
  const { verdict, property } = filterProperty(session.config, names, path.uidAttribute ?? '');
  if (verdict === 'missing') {
    session.log.put(level, `${path.dev}: blacklisted, udev property missing`);
    return true;
  }
  return said(session, verdict, `${path.dev}: udev property ${property}`, level);
}

/** All five, in their order. */
export function filterPath(session: Session, path: Path): boolean {
  return (
    filterProperties(session, path, 3) ||
    filterDevnode(session, path.dev) ||
    filterVendor(session, path) ||
    filterProtocol(session, path) ||
    filterWwid(session, path.dev, path.wwid)
  );
}

function said({ log }: Session, verdict: Verdict, what: string, level = 3): boolean {
  if (verdict !== 'none') log.put(level, `${what} ${verdict}`);
  return verdict === 'blacklisted';
}
