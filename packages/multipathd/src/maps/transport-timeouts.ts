// transport-timeouts.ts — fast_io_fail_tmo and dev_loss_tmo of the ports below a map, set through sysfs. Mirrors libmultipath/discovery.c: sysfs_set_scsi_tmo.
//
// dev_loss_tmo is never shorter than the map queues, or disks would go before it gives up. The kernel takes no
// fast_io_fail_tmo that is not shorter than dev_loss_tmo, and no dev_loss_tmo above 600 without one: hence the order.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { selectTimeout } from '../config/select.ts';
import type { Value } from '../config/settings.ts';
import { readAttribute, writeAttribute } from '../discovery/sysfs.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { tellTimeouts } from './log-settings.ts';

const LONGEST = 0xffff_ffff;
/** The kernel's limit while fast_io_fail_tmo is off. */
const WITHOUT_FAST_FAIL = 600;

type FastFail = number | 'off' | undefined;

export function* setTransportTimeouts(
  session: Session,
  map: Multipath,
  paths: readonly Path[],
): Task<void> {
  const { config, log } = session;
  const least = shortestLoss(map, config.pollingInterval);
  let raised = false;
  let turnedOff = false;
  for (const path of paths) {
    tellTimeouts(session, path);
    yield* setDeadline(session, path);
    const configured = timeoutsOf(session, path);
    if (configured.loss === undefined && configured.fastFail === undefined) continue;
    const port = session.host.scsi.remotePort(path.dev);
    if (port === undefined) {
      log.put(2, `${path.dev}: setting scsi timeouts is unsupported for protocol ${path.protocol}`);
      continue;
    }
    const { fastFail, loss, ...was } = reconcile(configured, least);
    raised ||= was.raised;
    turnedOff ||= was.turnedOff;
    const limited = needsLimit({ fastFail, loss }) && map.noPathRetry !== 'queue';
    if (limited) {
      const why = 'since fast_io_fail is not set';
      log.put(2, `${port}: limiting dev_loss_tmo to ${WITHOUT_FAST_FAIL}, ${why}`);
    }
    yield* setPort(session, port, { fastFail, loss: limited ? WITHOUT_FAST_FAIL : loss });
  }
  if (raised) {
    const why = 'because of no_path_retry setting';
    log.put(2, `${map.alias}: Raising dev_loss_tmo to ${least} ${why}`);
  }
  if (turnedOff) {
    log.put(3, `${map.alias}: turning off fast_io_fail (not smaller than dev_loss_tmo)`);
  }
}

/** eh_deadline of the path's host; some take none. */
function* setDeadline({ config, host, process, log }: Session, path: Path): Task<void> {
  const value = selectTimeout(config, path, 'eh_deadline');
  if (value === undefined) return;
  const name = `host${path.address[0]}`;
  const attr = `/sys/class/scsi_host/${name}/eh_deadline`;
  const errno = yield* writeAttribute(host, process, attr, String(value));
  if (errno !== undefined) log.put(3, `${name}: failed to set eh_deadline to ${value}`);
}

function timeoutsOf({ config }: Session, path: Path): Timeouts {
  const select = (keyword: string): Value | undefined => selectTimeout(config, path, keyword);
  return { fastFail: fastFailOf(select('fast_io_fail_tmo')), loss: lossOf(select('dev_loss_tmo')) };
}

/** The loss as long as it must be, and fast failure off where it would not come before. */
function reconcile(
  { fastFail, loss: wanted }: Timeouts,
  least: number,
): Timeouts & { readonly raised: boolean; readonly turnedOff: boolean } {
  const loss = wanted === undefined ? undefined : Math.max(wanted, least);
  const turnedOff =
    loss !== undefined && typeof fastFail === 'number' && fastFail > 0 && fastFail >= loss;
  return { fastFail: turnedOff ? 'off' : fastFail, loss, raised: loss !== wanted, turnedOff };
}

const needsLimit = ({ fastFail, loss }: Timeouts): boolean =>
  (typeof fastFail !== 'number' || fastFail === 0) &&
  loss !== undefined &&
  loss > WITHOUT_FAST_FAIL;

/** As long as the map queues without a path. */
function shortestLoss({ noPathRetry }: Multipath, interval: number): number {
  if (noPathRetry === 'queue') return LONGEST;
  return typeof noPathRetry === 'number' ? Math.min(noPathRetry * interval, LONGEST) : 0;
}

const fastFailOf = (value: Value | undefined): FastFail =>
  value === undefined ? undefined : value === 'off' ? 'off' : Number(value);

const lossOf = (value: Value | undefined): number | undefined =>
  value === undefined ? undefined : value === 'infinity' ? LONGEST : Number(value);

interface Timeouts {
  readonly fastFail: FastFail;
  readonly loss: number | undefined;
}

function* setPort(session: Session, port: string, { fastFail, loss }: Timeouts): Task<void> {
  const now = readAttribute(session.host, attribute(port, 'dev_loss_tmo'));
  if (now === undefined) return;
  const isLate = typeof fastFail === 'number' && fastFail > 0 && fastFail >= Number(now);
  if (isLate && !(yield* set(session, port, ['dev_loss_tmo', fastFail + 1]))) return;
  if (fastFail !== undefined) yield* set(session, port, ['fast_io_fail_tmo', fastFail]);
  if (loss !== undefined) yield* set(session, port, ['dev_loss_tmo', loss]);
}

const attribute = (port: string, name: string): string =>
  `/sys/class/fc_remote_ports/${port}/${name}`;

/** The time-out is not set while the port is away: then the old one stays. */
function* set(
  { host, process, log }: Session,
  port: string,
  [name, value]: readonly [name: string, value: number | string],
): Task<boolean> {
  const errno = yield* writeAttribute(host, process, attribute(port, name), String(value));
  if (errno === 'EBUSY') log.put(3, `${port}: rport blocked`);
  else if (errno !== undefined) {
    log.put(0, `${port}: failed to set ${name} to ${value}: ${strerror(errno)}`);
  }
  return errno === undefined;
}
