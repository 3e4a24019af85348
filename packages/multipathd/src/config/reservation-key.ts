// reservation-key.ts — The text of a reservation key. Mirrors libmultipath/prkey.c: parse_prkey_flags, print_reservation_key.

/** A first zero and a first x are not digits, so that `0` is no key and `0x0` is one. Other words than aptpl behind the colon mean nothing. */
const KEY = /^(?:0[xX]?|[xX]|(?=[1-9a-fA-F]))([0-9a-fA-F]{1,16})(?::(.*))?$/s;

/** `0x` and 16 digits; `0X` when the reservation outlives a loss of power. Null for what is no key. */
export function parseKey(text: string): string | null {
  const match = KEY.exec(text);
  if (match === null) return null;
  return `${match[2] === 'aptpl' ? '0X' : '0x'}${(match[1] as string).toLowerCase().padStart(16, '0')}`;
}

/** As `parseKey` gives it. */
export const NO_KEY: string = `0x${'0'.repeat(16)}`;

/** As `getprkey` prints it. */
export const shownKey = (key: string): string =>
  `0x${BigInt(key).toString(16)}${key.startsWith('0X') ? ':aptpl' : ''}`;
