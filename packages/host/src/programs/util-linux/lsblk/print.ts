// print.ts — Prints the listing of lsblk(8): a table with a tree, raw lines, pairs, JSON. Mirrors util-linux's libsmartcols.
import type { Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';

import type { Column, Look } from './columns.ts';
import type { TreeNode } from './tree.ts';

export interface Listing {
  readonly t: Tool;
  readonly columns: readonly Column[];
  readonly look: Look;
  readonly heading: boolean;
}

interface Line {
  readonly texts: readonly string[];
  /** The branch of the tree, drawn before the name. */
  readonly branch: string;
}

function* textsOf({ t, columns, look }: Listing, { disk, parent }: TreeNode): Task<string[]> {
  const texts: string[] = [];
  for (const column of columns) texts.push(yield* column.show({ t, disk, parent, look }));
  return texts;
}

/** All lines of a tree. Each name follows its branch. */
function* linesOf(
  listing: Listing,
  nodes: readonly TreeNode[],
  indent: string | null,
): Task<Line[]> {
  const lines: Line[] = [];
  for (const [i, node] of nodes.entries()) {
    const last = i === nodes.length - 1;
    const branch = indent === null ? '' : `${indent}${last ? '`-' : '|-'}`;
    lines.push({ texts: yield* textsOf(listing, node), branch });
    const below = indent === null ? '' : `${indent}${last ? '  ' : '| '}`;
    lines.push(...(yield* linesOf(listing, node.children, below)));
  }
  return lines;
}

export function* printTable(listing: Listing, roots: readonly TreeNode[]): Task<void> {
  const { t, columns, heading } = listing;
  const treeColumn = columns.findIndex(({ title }) => title === 'NAME');
  const lines = yield* linesOf(listing, roots, null);
  const rows = lines.map(({ texts, branch }) =>
    texts.map((text, i) => (i === treeColumn ? branch + text : text)),
  );
  const widths = columns.map(({ title, hint }, i) =>
    widthOf(
      title,
      hint,
      rows.map((row) => row[i] ?? ''),
    ),
  );
  const titles = columns.map(({ title }) => title);
  for (const row of heading ? [titles, ...rows] : rows) {
    const cells = row.map((text, i) => {
      const width = widths[i] ?? 0;
      const isLast = i === row.length - 1;
      if (columns[i]?.right === true) return isLast && text === '' ? '' : text.padStart(width);
      return isLast ? text : text.padEnd(width);
    });
    t.out.put(`${cells.join(' ')}\n`);
  }
}

/** A column is as wide as its title and its widest text; the hint counts if some text is at least as wide as the title. */
function widthOf(title: string, hint: number, texts: readonly string[]): number {
  const width = Math.max(0, ...texts.map((text) => text.length));
  if (width < title.length) return title.length;
  return title.length < hint ? Math.max(width, hint) : width;
}

export function* printRaw(listing: Listing, nodes: readonly TreeNode[]): Task<void> {
  const { t, columns, heading } = listing;
  if (heading) t.out.put(`${columns.map(({ title }) => title).join(' ')}\n`);
  for (const { texts } of yield* linesOf(listing, nodes, null)) {
    t.out.put(`${texts.map((text) => text.replaceAll(' ', String.raw`\x20`)).join(' ')}\n`);
  }
}

export function* printPairs(listing: Listing, nodes: readonly TreeNode[]): Task<void> {
  const { t, columns } = listing;
  for (const { texts } of yield* linesOf(listing, nodes, null)) {
    t.out.put(`${columns.map(({ title }, i) => `${title}="${texts[i] ?? ''}"`).join(' ')}\n`);
  }
}

export function* printJson(listing: Listing, roots: readonly TreeNode[]): Task<void> {
  const { t } = listing;
  t.out.put('{\n   "blockdevices": [\n');
  t.out.put(`${yield* jsonNodes(listing, roots, '      ')}\n`);
  t.out.put('   ]\n}\n');
}

function* jsonNodes(listing: Listing, nodes: readonly TreeNode[], indent: string): Task<string> {
  const objects: string[] = [];
  const inner = `${indent}   `;
  for (const node of nodes) {
    const texts = yield* textsOf(listing, node);
    const members = listing.columns.map(
      (column, i) =>
        `${inner}"${column.title.toLowerCase()}": ${jsonValue(column, texts[i] ?? '', { look: listing.look, indent: inner })}`,
    );
    if (node.children.length > 0) {
      const children = yield* jsonNodes(listing, node.children, `${inner}   `);
      members.push(`${inner}"children": [\n${children}\n${inner}]`);
    }
    objects.push(`{\n${members.join(',\n')}\n${indent}}`);
  }
  return `${indent}${objects.join(`,`)}`;
}

function jsonValue(
  { json }: Column,
  text: string,
  { look, indent }: { readonly look: Look; readonly indent: string },
): string {
  if (json === 'list') {
    const items = text === '' ? ['null'] : text.split('\n').map((item) => JSON.stringify(item));
    return `[\n${items.map((item) => `${indent}    ${item}`).join(',\n')}\n${indent}]`;
  }
  if (text === '') return 'null';
  if (json === 'boolean') return text === '0' ? 'false' : 'true';
  if (json === 'number' || (json === 'size' && look.bytes)) return text;
  return JSON.stringify(text);
}
