// hardware-handler.ts — The contract of a hardware handler, which tells an array which paths to serve. Mirrors include/scsi/scsi_dh.h: struct scsi_device_handler.
import type { ScsiDevice } from '@dmsim/block';
import type { Errno, Sim } from '@dmsim/sim';

/** The result of an activation. The numbers are the kernel's, since log lines show them. */
export const SCSI_DH = {
  OK: 0,
  DEV_FAILED: 1,
  DEV_TEMP_BUSY: 2,
  DEV_UNSUPP: 3,
  NOTCONN: 5,
  CONN_FAILURE: 6,
  IO: 8,
  INVALID_IO: 9,
  RETRY: 10,
  IMM_RETRY: 11,
  TIMED_OUT: 12,
  RES_TEMP_UNAVAIL: 13,
  DEV_OFFLINED: 14,
  NOMEM: 15,
  NOSYS: 16,
} as const;

export type ScsiDhResult = (typeof SCSI_DH)[keyof typeof SCSI_DH];

/** A hardware handler: a readonly record with a name, filled at the bottom of its file. It keeps its state in the device. */
export interface HardwareHandler {
  /** As table lines call it. */
  readonly name: string;
  /** An errno if it can't handle the device. */
  attach(dev: ScsiDevice): Errno | undefined;
  /** Takes the words after the handler's name; without this hook there may be none. */
  setParams?(dev: ScsiDevice, params: readonly string[]): Errno | undefined;
  /** Asks the array to serve I/O through this path. `done` is called once, as an event of its own. */
  activate(sim: Sim, dev: ScsiDevice, done: (result: ScsiDhResult) => void): void;
}

export type HandlerRegistry = Map<string, HardwareHandler>;

/** scsi_register_device_handler. Throws if a handler of that name is registered already. */
export function registerHardwareHandler(
  { handlers }: { readonly handlers: HandlerRegistry },
  handler: HardwareHandler,
): void {
  if (handlers.has(handler.name)) {
    throw new Error(`hardware handler ${handler.name} is registered already`);
  }
  handlers.set(handler.name, handler);
}
