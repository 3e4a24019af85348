// inject-error.ts — What scsi_debug is told to do wrong. Mirrors drivers/scsi/scsi_debug.c: struct sdebug_err_inject.

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
  /** FAIL_QUEUECOMMAND: what queuecommand returns. */
  readonly queueReturn: number;
  readonly hostByte: number;
  readonly driverByte: number;
  readonly statusByte: number;
  readonly senseKey: number;
  readonly asc: number;
  readonly asq: number;
}
