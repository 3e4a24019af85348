import { expect, it } from 'vitest';

import { decodeBytes, decodeUtf8, encodeUtf8, fromBytesText, toBytesText } from './utf8.ts';

const TEXTS = ['', 'plain', 'é', '→ €', '𝄞 and 😀', 'a\0b', 'x'.repeat(10_000)];

it.each(TEXTS)('reads and writes %j as UTF-8', (text) => {
  expect(Buffer.from(encodeUtf8(text)).toString()).toBe(text);
  expect(decodeUtf8(Buffer.from(text))).toBe(text);
  expect(fromBytesText(toBytesText(text))).toBe(text);
});

it('gives back every sequence of bytes, whether it is UTF-8 or not', () => {
  const bytes = Uint8Array.from(
    { length: 65536 },
    (_, i) => (i % 2 === 0 ? i >> 8 : i >> 1) & 0xff,
  );
  expect(encodeUtf8(decodeUtf8(bytes))).toEqual(bytes);
  expect(encodeUtf8(decodeBytes(bytes))).toEqual(bytes);
});

it('does not take overlong forms and surrogates for characters', () => {
  for (const bytes of [
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
  ]) {
    expect(decodeUtf8(Uint8Array.from(bytes))).toHaveLength(bytes.length);
  }
});

it('counts bytes in the C locale', () => {
  expect(toBytesText('é→')).toHaveLength(5);
});
