// parse-hw-handler.ts — Parses the hardware handler of a table line, and attaches it to paths. Mirrors dm-mpath.c: parse_hw_handler, setup_scsi_dh.
import type { BlockDevice } from '@dmsim/block';
import type { ArgSet, CtrFailure } from '@dmsim/dm';
import { DM_TYPE, readArgGroup, shiftArgs } from '@dmsim/dm';
import { printk } from '@dmsim/sim';

import { attachedHandlerName, attachHandler, setHandlerParams } from './handlers/scsi-dh.ts';
import type { Multipath } from './multipath.ts';

const WORD_COUNT = { min: 0, max: 1024, error: 'invalid number of hardware handler args' };

/** [<handler> [arg]*] — the name is checked only when the handler is attached to a path. */
export function parseHwHandler(m: Multipath, args: ArgSet): CtrFailure | undefined {
  const count = readArgGroup(args, WORD_COUNT);
  if (typeof count !== 'number') return count;
  const [name, ...params] = shiftArgs(args, count);
  if (name === undefined) return undefined;
  if (m.queueMode === DM_TYPE.BIO_BASED) {
    log(m, "bio-based multipath doesn't allow hardware handler args");
    return undefined;
  }
  m.hwHandlerName = name;
  m.hwHandlerParams = params.length > 0 ? params : null;
  return undefined;
}

/** Gives a new path the table's handler, or the table the handler that the path has. */
export function setupScsiDh(m: Multipath, dev: BlockDevice): CtrFailure | undefined {
  const attached = attachedHandlerName(dev);
  if (attached !== null && m.retainAttachedHwHandler) adoptHandler(m, attached);
  if (m.hwHandlerName === null) return undefined;
  const requestModule = (module: string): void => m.md.dm.host.requestModule(module);
  const error = attachHandler(m.module, dev, m.hwHandlerName, requestModule);
  if (error === 'EBUSY' && attached !== null) {
    // A handler can't be taken away: a path keeps the one it has.
    log(m, `retaining handler on device ${dev.name}`);
    adoptHandler(m, attached);
  } else if (error !== undefined) {
    return { error: 'error attaching hardware handler', errno: error };
  }
  return applyParams(m, dev);
}

function adoptHandler(m: Multipath, attached: string): void {
  // The arguments were for the handler that the table named.
  if (m.hwHandlerName !== null && m.hwHandlerName !== attached) m.hwHandlerParams = null;
  m.hwHandlerName = attached;
}

function applyParams(m: Multipath, dev: BlockDevice): CtrFailure | undefined {
  if (m.hwHandlerParams === null) return undefined;
  const error = setHandlerParams(m.module, dev, m.hwHandlerParams);
  if (error === undefined) return undefined;
  return { error: 'unable to set hardware handler parameters', errno: error };
}

function log(m: Multipath, text: string): void {
  printk(m.sim, `device-mapper: multipath: ${text}`);
}
