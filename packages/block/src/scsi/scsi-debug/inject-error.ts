// inject-error.ts — Errors that scsi_debug is told to inject. Mirrors drivers/scsi/scsi_debug.c: sdebug_error_write, sdebug_error_show, sdebug_err_add.
import type { Errno } from '@dmsim/sim';

import type { ScsiDevice } from '../scsi-device.ts';
import { refreshHealth } from '../scsi-device.ts';
import type { EveryNth } from './every-nth.ts';

/** The first number of a line written to …/error. */
export const INJECT = {
  TIMEOUT: 0,
  FAIL_QUEUECOMMAND: 1,
  FAIL_COMMAND: 2,
  FAIL_ABORT: 3,
  FAIL_LUN_RESET: 4,
} as const;

export type InjectType = (typeof INJECT)[keyof typeof INJECT];

export interface InjectedError {
  readonly type: InjectType;
  /** Negative: so many times; positive: always; 0: used up. */
  count: number;
  /** 0xff: any. */
  readonly opcode: number;
  /** The other words of the rule: the return value of queuecommand, or host, driver, status, key, asc, asq. */
  readonly values: readonly number[];
}

/** /sys/kernel/debug/scsi_debug/targetH:C:T */
export interface DebugTarget {
  failReset: boolean;
  /** That of the module. */
  readonly everyNth: EveryNth;
  /** Units from this number on answer nothing (max_luns). */
  readonly luns: { readonly end: number };
}

const VALUES: Readonly<Record<InjectType, number>> = {
  [INJECT.TIMEOUT]: 0,
  [INJECT.FAIL_QUEUECOMMAND]: 1,
  [INJECT.FAIL_COMMAND]: 6,
  [INJECT.FAIL_ABORT]: 0,
  [INJECT.FAIL_LUN_RESET]: 0,
};

const isType = (n: number): n is InjectType => n in VALUES;

/**
 * `<type> <count> <opcode>`, then for type 1 `<return value>`, for type 2
 * `<host byte> <driver byte> <status byte> <sense key> <asc> <asq>`; type and count are decimal, the rest hexadecimal
 * and cut to bytes; what follows is ignored. `- <type> <opcode>` takes it back.
 */
export function writeError(sdev: ScsiDevice, text: string): Errno | undefined {
  const line = text.trim();
  const error = line.startsWith('-') ? removeError(sdev, line.slice(1)) : addError(sdev, line);
  refreshHealth(sdev);
  return error;
}

function addError(sdev: ScsiDevice, line: string): Errno | undefined {
  const words = line.split(/\s+/);
  const type = decimal(words[0]);
  const count = decimal(words[1]);
  const opcode = hex(words[2]);
  if (type === null || count === null || opcode === null || !isType(type)) return 'EINVAL';
  const values = words.slice(3, 3 + VALUES[type]).map(hex);
  if (values.length < VALUES[type] || values.includes(null)) return 'EINVAL';
  const bytes = values.map((v) => (type === INJECT.FAIL_COMMAND ? Number(v) & 0xff : Number(v)));
  forget(sdev, type, opcode & 0xff);
  sdev.injected.push({ type, count: count | 0, opcode: opcode & 0xff, values: bytes });
  return undefined;
}

function removeError(sdev: ScsiDevice, rest: string): Errno | undefined {
  const words = rest.trim().split(/\s+/);
  const type = decimal(words[0]);
  const opcode = hex(words[1]);
  if (type === null || opcode === null || !isType(type)) return 'EINVAL';
  return forget(sdev, type, opcode & 0xff) ? undefined : 'EINVAL';
}

function forget(sdev: ScsiDevice, type: InjectType, opcode: number): boolean {
  const i = sdev.injected.findIndex((e) => e.type === type && e.opcode === opcode);
  if (i < 0) return false;
  sdev.injected.splice(i, 1);
  return true;
}

const decimal = (word: string | undefined): number | null =>
  word !== undefined && /^-?\d+$/.test(word) ? Number(word) : null;

const hex = (word: string | undefined): number | null =>
  word !== undefined && /^(0x)?[\da-f]+$/i.test(word)
    ? Number.parseInt(word.replace(/^0x/i, ''), 16)
    : null;

/** The text of …/error. */
export function formatErrors(sdev: ScsiDevice): string {
  const lines = sdev.injected.map(({ type, count, opcode, values }) => {
    const fields = [type, count, `0x${opcode.toString(16)}`];
    if (values.length > 0) fields.push(values.map((v) => `0x${v.toString(16)}`).join(' '));
    return `${fields.join('\t')}\n`;
  });
  return `Type\tCount\tCommand\n${lines.join('')}`;
}
