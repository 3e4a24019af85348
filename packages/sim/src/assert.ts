// assert.ts — Assertions are for our own bugs, and always on.

/** A broken assumption of the simulator itself. It is never the user's fault, and only what runs a lab many times catches it: as an outcome. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AssertionFailed(what);
}

/** For the default branch of a switch over a union: the call does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new AssertionFailed(`unreachable: ${String(value)}`);
}
