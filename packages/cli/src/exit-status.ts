// exit-status.ts — The statuses that dmsim keeps for itself. docs/exit-codes.md compares them with those of other programs.
export const EXIT = {
  OK: 0,
  /** A fault of dmsim: what it printed is not to be trusted. */
  INTERNAL_ERROR: 120,
  /** A limit was reached: of the run, or of what a lab may use. */
  LIMIT: 121,
  /** Nothing can go on, and processes wait. */
  HUNG: 122,
  /** An invariant did not hold. */
  BROKEN: 123,
  /** dmsim does not do what was asked: a file that is missing, an option that is not known, a part of Linux that is not simulated. */
  REFUSED: 125,
} as const;
