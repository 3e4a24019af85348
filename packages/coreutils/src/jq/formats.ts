// formats.ts — The formats of jq: `@text`, `@json`, `@csv` and their like.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';

import { described } from './places.ts';
import { compact, numberText } from './print.ts';
import type { JqValue } from './value.ts';
import { kindOf, raise } from './value.ts';

export const textOf = (value: JqValue): string =>
  typeof value === 'string' ? value : compact(value);

export function applyFormat(name: string, value: JqValue): string {
  switch (name) {
    case 'text':
      return textOf(value);
    case 'json':
      return compact(value);
    case 'csv':
      return row(value, 'csv', ',', (text) => `"${text.replaceAll('"', '""')}"`);
    case 'tsv':
      return row(value, 'tsv', '\t', escapeTabs);
    case 'html':
      return textOf(value).replace(/[<>&'"]/g, (char) => HTML[char] ?? char);
    case 'uri':
      return Array.from(encodeUtf8(textOf(value)), percent).join('');
    case 'sh':
      return (Array.isArray(value) ? value : [value]).map(shellWord).join(' ');
    case 'base64d':
      return decodeUtf8(fromBase64(textOf(value)));
    case 'base64':
      return toBase64(encodeUtf8(textOf(value)));
    default:
      return raise(`${name} is not a valid format`);
  }
}

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&#39;',
  '"': '&quot;',
};

function row(value: JqValue, name: string, by: string, quote: (text: string) => string): string {
  if (!Array.isArray(value)) raise(`${described(value)} cannot be ${name}-formatted, only array`);
  return value
    .map((item) => {
      if (typeof item === 'number') return numberText(item);
      if (typeof item === 'boolean') return String(item);
      if (item === null) return '';
      return typeof item === 'string'
        ? quote(item)
        : raise(`${described(item)} is not valid in a ${name} row`);
    })
    .join(by);
}

const escapeTabs = (text: string): string =>
  text.replace(/[\\\t\n\r]/g, (char) => TABS[char] ?? char);
const TABS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

const percent = (byte: number): string => {
  const char = String.fromCharCode(byte);
  if (/[A-Za-z0-9\-_.~]/.test(char)) return char;
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
};

function shellWord(value: JqValue): string {
  const kind = kindOf(value);
  if (kind === 'array' || kind === 'object')
    raise(`${described(value)} can not be escaped for shell`);
  return typeof value === 'string'
    ? `'${value.replaceAll("'", String.raw`'\''`)}'`
    : compact(value);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < 4; j++)
      text += i + j - 1 < bytes.length || j < 2 ? LETTERS[(group >> (18 - 6 * j)) & 63] : '=';
  }
  return text;
}

function fromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of text.replace(/=+$/, '')) {
    const value = LETTERS.indexOf(char);
    if (value < 0) raise(`${described(text)} is not valid base64 data`);
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 255);
  }
  return Uint8Array.from(bytes);
}
