// backup-bitmap.ts — The bitmap with a name that a backup copies by, or that it brings up to date. Mirrors blockdev.c: do_backup_common.
import { findBitmap, refuseBusyBitmap } from '../../block/named-bitmap.ts';
import type { BlockNode } from '../../block/node.ts';
import type { TrackedBitmap } from '../../jobs/backup.ts';
import { stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';

interface Asked {
  readonly args: JsonObject;
  readonly source: BlockNode;
}

/** Refuses a bitmap that is not there, or that does not fit the kind of backup; null if all is well. */
export function refuseBitmap({ args, source }: Asked): string | null {
  const sync = stringArg(args, 'sync') ?? '';
  const name = stringArg(args, 'bitmap');
  const mode = stringArg(args, 'bitmap-mode');
  if (name === undefined && (sync === 'bitmap' || sync === 'incremental'))
    return `must provide a valid bitmap name for '${sync}' sync mode`;
  if (sync === 'incremental' && (mode ?? 'on-success') !== 'on-success')
    return "Bitmap sync mode must be 'on-success' when using sync mode 'incremental'";
  if (name !== undefined) return refuseNamed(source, name, { sync, mode });
  return mode === undefined ? null : 'Cannot specify bitmap sync mode without a bitmap';
}

function refuseNamed(
  source: BlockNode,
  name: string,
  { sync, mode }: { readonly sync: string; readonly mode: string | undefined },
): string | null {
  const bitmap = findBitmap(source, name);
  if (bitmap === undefined) return `Bitmap '${name}' could not be found`;
  if (mode === undefined && sync !== 'incremental')
    return 'Bitmap sync mode must be given when providing a bitmap';
  const busy = refuseBusyBitmap(bitmap);
  if (busy !== null) return busy;
  if (sync === 'none') return "sync mode 'none' does not produce meaningful bitmap outputs";
  return mode === 'never' && sync !== 'bitmap'
    ? `Bitmap sync mode 'never' has no meaningful effect when combined with sync mode '${sync}'`
    : null;
}

/** The bitmap of the backup, and when it forgets what was copied; null if the backup has none. */
export function trackedBitmap({ args, source }: Asked): TrackedBitmap | null {
  const bitmap = findBitmap(source, stringArg(args, 'bitmap') ?? '');
  if (bitmap === undefined) return null;
  return {
    bitmap,
    mode: (stringArg(args, 'bitmap-mode') ?? 'on-success') as TrackedBitmap['mode'],
  };
}
