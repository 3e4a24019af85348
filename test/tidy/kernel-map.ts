// kernel-map.ts — Makes docs/kernel-map.md: of the header tags `Mirrors FILE: symbol, …`, and of dm-mpath's surface.
import { readdirSync, readFileSync } from 'node:fs';

import type { SurfaceGroup } from './dm-mpath-surface.ts';

const packages = new URL('../../packages/', import.meta.url);
const PACKAGES = ['sim', 'block', 'dm', 'multipath', 'shell', 'host'] as const;

/** One thing of the kernel that a file of ours stands for; `symbol` null: the kernel's file as a whole. */
export interface Mirror {
  readonly file: string;
  readonly kernelFile: string;
  readonly symbol: string | null;
}

const KERNEL_FILE = /^(?:the )?((?:[\w-]+\/)*[\w-]+\.[ch])(?!\w)/;
const SYMBOL = /^(?:(?:struct|enum) )?[a-z_]\w*$/;
/** Not the kernel's. */
const OTHERS = /^(?:libdm|editors)\//;

/** The comment that a file begins with, as one line. */
function header(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, end)
    .map((line) => line.slice(2).trim())
    .join(' ');
}

/**
 * The tag ends with its sentence. Files and symbols are separated by `,` `;` `:` and `and`; a bare file name is in
 * drivers/md for dm's, else in the directory of the file before it. What is neither is prose.
 */
export function parseTag(file: string, text: string): Mirror[] {
  const [, tag] = /\bMirrors (.*?)\.(?:\s|$)/.exec(header(text)) ?? [];
  const mirrors: Mirror[] = [];
  let directory = 'drivers/scsi';
  let kernelFile = '';
  for (const part of (tag ?? '').split(/[,;:]|\band\b/).map((word) => word.trim())) {
    const [, name] = KERNEL_FILE.exec(part) ?? [];
    if (name !== undefined) {
      kernelFile = name.includes('/')
        ? name
        : `${name.startsWith('dm') ? 'drivers/md' : directory}/${name}`;
      directory = kernelFile.slice(0, kernelFile.lastIndexOf('/'));
      mirrors.push({ file, kernelFile, symbol: null });
    } else if (SYMBOL.test(part) && kernelFile !== '') {
      mirrors.push({ file, kernelFile, symbol: part });
    }
  }
  return mirrors.filter((mirror) => !OTHERS.test(mirror.kernelFile));
}

export function readMirrors(): Mirror[] {
  return PACKAGES.flatMap((name) =>
    readdirSync(new URL(`${name}/src`, packages), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.(test|case)\.ts$/.test(file))
      .map((file) => `${name}/src/${file}`)
      .toSorted()
      .flatMap((file) => parseTag(file, readFileSync(new URL(file, packages), 'utf8'))),
  );
}

/** By kernel file, each with its symbols in order, and the files of ours that stand for it. */
function byKernelFile(mirrors: readonly Mirror[]): Map<string, Map<string, Set<string>>> {
  const files = new Map<string, Map<string, Set<string>>>();
  for (const { file, kernelFile, symbol } of mirrors) {
    const symbols = files.get(kernelFile) ?? new Map<string, Set<string>>();
    files.set(kernelFile, symbols);
    const ours = symbols.get(symbol ?? '') ?? new Set();
    symbols.set(symbol ?? '', ours.add(file));
  }
  // A line that names symbols does not stand for the whole file.
  for (const symbols of files.values()) {
    const named = new Set<string>();
    for (const [symbol, ours] of symbols) {
      if (symbol !== '') for (const file of ours) named.add(file);
    }
    const whole = [...(symbols.get('') ?? [])].filter((file) => !named.has(file));
    if (whole.length === 0) symbols.delete('');
    else symbols.set('', new Set(whole));
  }
  return files;
}

const link = (file: string): string => `[${file}](../packages/${file})`;

function table(
  head: readonly [string, string],
  rows: readonly (readonly [string, string])[],
): string[] {
  const widths = [0, 1].map((i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly [string, string]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule: readonly [string, string] = ['-'.repeat(widths[0] ?? 0), '-'.repeat(widths[1] ?? 0)];
  return [line(head), line(rule), ...rows.map(line), ''];
}

/** `a|b` would end a cell. */
const code = (text: string): string => `\`${text.replaceAll('|', String.raw`\|`)}\``;

const surfaceSection = ({ title, rows }: SurfaceGroup): string[] => [
  `### ${title}`,
  '',
  ...table(
    ['Linux', 'here'],
    rows.map(([name, place]) => [
      code(name),
      'in' in place ? link(place.in) : `not simulated: ${place.notSimulated}`,
    ]),
  ),
];

const fileSection = (kernelFile: string, symbols: ReadonlyMap<string, Set<string>>): string[] => [
  `### ${kernelFile}`,
  '',
  ...table(
    ['symbol', 'here'],
    inOrder(symbols).map(([symbol, ours]) => [
      symbol === '' ? 'as a whole' : code(symbol),
      [...ours].map(link).join(', '),
    ]),
  ),
];

const inOrder = <V>(map: ReadonlyMap<string, V>): [string, V][] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

export function kernelMap(mirrors: readonly Mirror[], surface: readonly SurfaceGroup[]): string {
  return [
    '# Kernel map',
    '',
    'This page says which file of dmsim has which symbol of Linux 6.12. It is made of the first lines of the source files (`Mirrors FILE: symbol, …`) and of',
    '`test/tidy/dm-mpath-surface.ts`. To make it anew:',
    '',
    '```sh',
    'npx vitest run -u --config test/vitest.config.ts --root . test/tidy/kernel-map.test.ts',
    '```',
    '',
    '## dm-multipath, all of it',
    '',
    ...surface.flatMap(surfaceSection),
    '## By file of the kernel',
    '',
    ...inOrder(byKernelFile(mirrors)).flatMap(([file, symbols]) => fileSection(file, symbols)),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
