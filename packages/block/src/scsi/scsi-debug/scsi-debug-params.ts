// scsi-debug-params.ts — Parameters of scsi_debug as modprobe gives them. Mirrors kernel/params.c: parse_args; drivers/scsi/scsi_debug.c: scsi_debug_init.
import type { Sim } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import { INT, parseNumber } from '../../sysfs-attribute.ts';
import type { ScsiDebugParams } from './scsi-debug.ts';
import { SCSI_DEBUG_DEFAULTS } from './scsi-debug.ts';

/** Parameters of Linux whose effect is not simulated. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  (
    'ato cdb_len dif dix fake_rw guard host_max_queue lun_format no_lun_0 no_uld ' +
    'poll_queues ptype random scsi_level tur_ms_to_ready uuid_ctl zbc ' +
    'zone_cap_mb zone_max_open zone_nr_conv zone_size_mb atomic_wr atomic_wr_align atomic_wr_gran atomic_wr_max_bndry ' +
    'atomic_wr_max_length atomic_wr_max_length_bndry'
  ).split(' '),
);

/** Parameters without a visible effect. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'allow_restart',
  'clustering',
  'host_lock',
  'no_rwlock',
  'statistics',
  'strict',
  'unmap_max_desc',
]);

/** Parameters without an effect if they have this value; others are not simulated. */
const ONLY: ReadonlyMap<string, string> = new Map([
  ['submit_queues', '1'],
  ['unmap_alignment', '0'],
]);

export type ParsedParams =
  | { readonly kind: 'ok'; readonly params: Partial<ScsiDebugParams> }
  /** The module can't be loaded; the log says why. */
  | { readonly kind: 'invalid'; readonly errno: 'EINVAL' | 'ERANGE' | 'ENOSPC' }
  | { readonly kind: 'not-simulated'; readonly name: string };

type Name = keyof ScsiDebugParams;

/** Characters that a text may have: as many as its field in the answer to INQUIRY. */
const TEXTS: ReadonlyMap<string, number> = new Map([
  ['inq_vendor', 8],
  ['inq_product', 16],
  ['inq_rev', 4],
]);

/** From `name=value` words; a word without a value is a flag set. */
export function parseScsiDebugParams(sim: Sim, words: ReadonlyMap<string, string>): ParsedParams {
  const lacking = lackingOf(words);
  if (lacking !== undefined) return { kind: 'not-simulated', name: lacking };
  const params: Record<string, number | boolean | string> = {};
  for (const [name, text] of words) {
    if (WITHOUT_EFFECT.has(name) || ONLY.has(name)) continue;
    if (!(name in SCSI_DEBUG_DEFAULTS)) {
      printk(sim, `scsi_debug: unknown parameter '${name}' ignored`);
      continue;
    }
    const length = TEXTS.get(name);
    if (length !== undefined && text.length > length) {
      printk(sim, `${name}: string doesn't fit in ${length} chars.`);
      printk(sim, `scsi_debug: \`${text}' too large for parameter \`${name}'`);
      return { kind: 'invalid', errno: 'ENOSPC' };
    }
    const value = length === undefined ? parseValue(name as Name, text) : text;
    if (length === undefined && typeof value === 'string') {
      printk(sim, `scsi_debug: \`${text}' invalid for parameter \`${name}'`);
      return { kind: 'invalid', errno: value as 'EINVAL' | 'ERANGE' };
    }
    params[name] = value;
  }
  return checkRanges(sim, params);
}

/** A parameter, or its value, that is not simulated. */
function lackingOf(words: ReadonlyMap<string, string>): string | undefined {
  for (const [name, text] of words)
    if (NOT_SIMULATED.has(name) || (ONLY.get(name) ?? text) !== text) return name;
  // The kernel's list of devices has it: nothing is attached to it.
  const product = words.get('inq_product') ?? '';
  return product.startsWith('Universal Xport') ? `inq_product=${product}` : undefined;
}

/** Of the type bool; the other flags are numbers. */
const FLAGS: ReadonlySet<Name> = new Set(['per_host_store', 'removable', 'wp']);

/** Whole words of C: numbers in any base, flags as kstrtobool has them. lbpu and its like are numbers. */
function parseValue(name: Name, text: string): number | boolean | 'EINVAL' | 'ERANGE' {
  const isFlag = typeof SCSI_DEBUG_DEFAULTS[name] === 'boolean';
  if (isFlag && FLAGS.has(name)) return parseFlag(text) ?? 'EINVAL';
  const value = parseNumber(text, INT, 0);
  return typeof value === 'number' && isFlag ? value !== 0 : value;
}

/** kstrtobool; null: it is no such word. */
export function parseFlag(text: string): boolean | null {
  if (/^([1yt]|on)/i.test(text)) return true;
  return /^([0nf]|of)/i.test(text) ? false : null;
}

const CAN_QUEUE = 192;

function checkRanges(sim: Sim, given: Partial<ScsiDebugParams>): ParsedParams {
  const params: { -readonly [K in Name]?: ScsiDebugParams[K] } = { ...given };
  const complain = (text: string): void => printk(sim, `scsi_debug:scsi_debug_init: ${text}`);
  const { sector_size: size = 512, max_queue: depth = CAN_QUEUE, ndelay = 0 } = params;
  if (ndelay >= 1e9) {
    complain('ndelay must be less than 1 second, ignored');
    params.ndelay = 0;
  }
  if (![512, 1024, 2048, 4096].includes(size)) {
    complain(`invalid sector_size ${size}`);
    return { kind: 'invalid', errno: 'EINVAL' };
  }
  if (depth < 1 || depth > CAN_QUEUE) {
    complain(`max_queue must be in range [1, ${CAN_QUEUE}]`);
    return { kind: 'invalid', errno: 'EINVAL' };
  }
  if ((params.dev_size_mb ?? 8) < 1) params.dev_size_mb = 8;
  return { kind: 'ok', params };
}
