// text-fit.ts — Cuts text to a width: the picture's letters are all as wide as each other.

/** The width of one letter, in the picture's units. */
export const LETTER = 7.3;

export function fit(text: string, width: number): string {
  const letters = Math.max(1, Math.floor(width / LETTER));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
