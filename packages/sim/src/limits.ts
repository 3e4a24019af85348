// limits.ts — The limits of what a lab may use, by name. Everything that could grow without end has one.

export type LimitName =
  | 'arrayLength'
  | 'braceWords'
  | 'busyCommands'
  | 'calls'
  | 'evals'
  | 'fileBytes'
  | 'loopSteps'
  | 'nesting'
  | 'processes'
  | 'requestBytes'
  | 'textLength';

export interface Limit {
  /** Unless `SimOptions.limits` says otherwise. */
  readonly value: number;
  /** The unit of the limit, for messages that begin with the number: `2048 processes`. */
  readonly what: string;
}

const text = "characters in one string: a variable, a line, a command's output";

/** docs/limits.md lists them. */
export const LIMITS: Readonly<Record<LimitName, Limit>> = {
  arrayLength: { value: 2_000_000, what: 'elements in one array, or lines kept by one program' },
  braceWords: { value: 1_000_000, what: 'words made by one brace expansion' },
  busyCommands: { value: 1_000_000, what: 'commands in a shell that waits for nothing' },
  calls: { value: 400, what: 'function calls inside each other' },
  evals: { value: 100, what: 'evals and sourced files inside each other' },
  fileBytes: { value: 442_212_352, what: 'bytes in all files together' },
  loopSteps: { value: 2_000_000, what: 'steps in the loops of one awk or sed' },
  nesting: { value: 256, what: 'commands and substitutions inside each other' },
  processes: { value: 2048, what: 'processes at a time' },
  requestBytes: { value: 1 << 28, what: 'bytes in one request of qemu-io or qemu-img bench' },
  textLength: { value: 1 << 26, what: text },
};

export type Limits = Readonly<Record<LimitName, number>>;

export const DEFAULT_LIMITS: Limits = Object.fromEntries(
  Object.entries(LIMITS).map(([name, { value }]) => [name, value]),
) as Limits;

/** A lab uses more than it may. Thrown out of the simulation's run, which can't go on: the run ends by the limit's name. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  readonly limit: LimitName;

  constructor(limit: LimitName, limits: Limits) {
    super(`more than ${limits[limit]} ${LIMITS[limit].what}`);
    this.limit = limit;
  }
}

/** Throws `LimitReached` when `used` is more than the limit allows. */
export function withinLimit(limits: Limits, limit: LimitName, used: number): void {
  if (used > limits[limit]) throw new LimitReached(limit, limits);
}
