// base64.ts — base64(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteIfNeeded, tool } from '../tool.ts';
import { readNamed } from './filter.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const base64: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'diw:',
    long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w:' },
  });
  const [name = '-', extra] = operands;
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  const wrap = value('w') ?? '76';
  if (!/^\d+$/.test(wrap)) fail(t, `invalid wrap size: ${quote(t, wrap)}`);
  const text = yield* readNamed(t, name);
  if (typeof text !== 'string') fail(t, `${quoteIfNeeded(name)}: ${strerror(text.errno)}`);
  if (!has('d')) {
    t.out.put(wrapped(encode(text), Number(wrap)));
    return 0;
  }
  const digits = text.replace(has('i') ? /[^A-Za-z0-9+/=]/g : /\n/g, '');
  const valid =
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(digits)?.[0] ?? '';
  t.out.put(decode(valid));
  if (valid.length < digits.length) fail(t, 'invalid input');
  return 0;
});

function encode(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 3) {
    const left = text.length - i;
    const bits =
      (text.charCodeAt(i) << 16) |
      ((left > 1 ? text.charCodeAt(i + 1) : 0) << 8) |
      (left > 2 ? text.charCodeAt(i + 2) : 0);
    out += DIGITS.charAt(bits >> 18) + DIGITS.charAt((bits >> 12) & 63);
    out += left > 1 ? DIGITS.charAt((bits >> 6) & 63) : '=';
    out += left > 2 ? DIGITS.charAt(bits & 63) : '=';
  }
  return out;
}

function wrapped(text: string, columns: number): string {
  if (columns === 0) return text;
  const lines = text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
  return lines.map((line) => `${line}\n`).join('');
}

function decode(digits: string): string {
  let out = '';
  for (let i = 0; i < digits.length; i += 4) {
    const four = [0, 1, 2, 3].map((k) => Math.max(0, DIGITS.indexOf(digits.charAt(i + k))));
    const [a = 0, b = 0, c = 0, d = 0] = four;
    const bits = (a << 18) | (b << 12) | (c << 6) | d;
    out += String.fromCharCode(bits >> 16);
    if (digits.charAt(i + 2) !== '=') out += String.fromCharCode((bits >> 8) & 255);
    if (digits.charAt(i + 3) !== '=') out += String.fromCharCode(bits & 255);
  }
  return out;
}
