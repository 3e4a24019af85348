// find-printf.ts — The formats of find -printf: escapes, and directives with a width.
import type { Vnode } from '@dmsim/vfs';

import { groupOf, linkCount, sizeOf } from '../fileutils/inode.ts';
import { showMode } from '../fileutils/mode.ts';
import { refuse } from '../refuse.ts';
import { C_ESCAPES } from '../shellutils/escapes.ts';
import type { Tool } from '../tool.ts';
import { Failure } from '../tool.ts';

/** The file that a directive describes. `start` is the operand below which `path` was found. */
export interface Found {
  readonly path: string;
  readonly start: string;
  readonly depth: number;
  readonly node: Vnode;
}

export type FormatPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'directive';
      readonly left: boolean;
      readonly width: number;
      readonly show: (found: Found) => string;
    };

const withoutSlashes = (path: string): string => path.replace(/(?<=.)\/+$/, '');

function baseOf({ path, depth, start }: Found): string {
  const bare = withoutSlashes(path);
  if (depth === 0 && path === start && path.endsWith('/'))
    return path === '/' ? '/' : `${nameIn(bare)}/`;
  return nameIn(bare);
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || path;

function directoryOf({ path }: Found): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

const below = ({ path, start }: Found): string =>
  path === start ? '' : path.slice(start.length).replace(/^\//, '');

/** The letters of file types, as in -type and %y. */
export const KIND_LETTERS: Readonly<Record<Vnode['kind'], string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  block: 'b',
  character: 'c',
  fifo: 'p',
};

const DIRECTIVES: Readonly<Record<string, ((found: Found) => string) | undefined>> = {
  p: ({ path }) => path,
  f: baseOf,
  h: directoryOf,
  P: below,
  H: ({ start }) => start,
  s: ({ node }) => String(sizeOf(node)),
  y: ({ node }) => KIND_LETTERS[node.kind],
  m: ({ node }) => node.mode.toString(8),
  M: ({ node }) => showMode(node),
  d: ({ depth }) => String(depth),
  l: ({ node }) => (node.kind === 'symlink' ? node.target : ''),
  n: ({ node }) => String(linkCount(node)),
  u: () => 'root',
  U: () => '0',
  g: ({ node }) => groupOf(node, false),
  G: ({ node }) => groupOf(node, true),
};

/** Directives that are not simulated: times, blocks, file systems. */
const REFUSED = /^[aAbBcCDFikStTYZ]$/;

export interface Format {
  readonly parts: readonly FormatPart[];
  readonly warnings: readonly string[];
}

export function parseFormat(t: Tool, format: string): Format {
  const parts: FormatPart[] = [];
  const warnings: string[] = [];
  const pattern = /\\([0-7]{1,3}|[^]|$)|%([-+ #0]*)(\d*)([^]|$)|[^\\%]+/g;
  for (const [all, escaped, flags = '', width = '', letter] of format.matchAll(pattern)) {
    if (escaped === 'c') break;
    if (escaped !== undefined) parts.push(textPart(unescape(escaped, warnings)));
    else if (letter === undefined) parts.push(textPart(all));
    else if (letter === '') throw new Failure(`${t.name}: error: % at end of format string\n`, 1);
    else if (letter === '%') parts.push(textPart('%'));
    else {
      const show = DIRECTIVES[letter];
      if (REFUSED.test(letter)) refuse(t, `-printf %${letter}`);
      if (show === undefined) {
        warnings.push(`warning: unrecognized format directive \`%${letter}'`);
        parts.push(textPart(`%${letter}`));
      } else
        parts.push({ kind: 'directive', left: flags.includes('-'), width: Number(width), show });
    }
  }
  return { parts, warnings };
}

const textPart = (text: string): FormatPart => ({ kind: 'text', text });

function unescape(escaped: string, warnings: string[]): string {
  if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 0xff);
  const known = C_ESCAPES[escaped];
  if (known !== undefined) return known;
  warnings.push(`warning: unrecognized escape \`\\${escaped}'`);
  return `\\${escaped}`;
}

export const formatFound = (parts: readonly FormatPart[], found: Found): string =>
  parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const text = part.show(found);
      return part.left ? text.padEnd(part.width) : text.padStart(part.width);
    })
    .join('');
