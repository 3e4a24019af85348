// thrown-at.ts — Anything thrown as an error, and the place in the code of an error, short enough for a message.

/** JavaScript lets code throw anything. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** `submitBio, dmsim.js:120:5`; empty if the error has no stack. */
export function thrownAt(error: unknown): string {
  const line = /^ +at (.+)$/m.exec((error instanceof Error ? error.stack : undefined) ?? '')?.[1];
  const match = /^(?:(.+) \()?.*?([^/]+:\d+:\d+)\)?$/.exec(line ?? '');
  if (match === null) return '';
  return match[1] === undefined ? `${match[2]}` : `${match[1]}, ${match[2]}`;
}
