// tree-drawing.ts — Draws `ls --tree`, and parses its options.
import type { DepTree, TreeNode } from './dep-tree.ts';

export interface TreeOptions {
  device: boolean;
  blkdevname: boolean;
  active: boolean;
  rw: boolean;
  open: boolean;
  uuid: boolean;
  compact: boolean;
  truncate: boolean;
  inverted: boolean;
  symbols: Symbols;
}

interface Symbols {
  readonly empty: string;
  readonly branch: string;
  readonly vertical: string;
  readonly last: string;
  readonly single: string;
  readonly first: string;
}

const ASCII: Symbols = {
  empty: '  ',
  branch: '|-',
  vertical: '| ',
  last: '`-',
  single: '---',
  first: '-+-',
};

/** Bytes, since output is made of binary strings. */
const UTF: Symbols = {
  empty: '  ',
  branch: '\xe2\x94\x9c\xe2\x94\x80',
  vertical: '\xe2\x94\x82 ',
  last: '\xe2\x94\x94\xe2\x94\x80',
  single: '\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80',
  first: '\xe2\x94\x80\xe2\x94\xac\xe2\x94\x80',
};

const graphic = (text: string): string => `\x1b(0\x0f${text}\x1b(B`;

const VT100: Symbols = {
  empty: '  ',
  branch: graphic('tq'),
  vertical: `${graphic('x')} `,
  last: graphic('mq'),
  single: graphic('qqq'),
  first: graphic('qwq'),
};

/** The effect of each word. A word may be abbreviated; the first match counts. */
const WORDS: readonly (readonly [word: string, apply: (options: TreeOptions) => void])[] = [
  ['device', (o) => (o.device = true)],
  ['blkdevname', (o) => (o.blkdevname = true)],
  ['nodevice', (o) => (o.device = false)],
  // dmsetup accepts this and never draws it.
  ['status', () => undefined],
  ['table', () => undefined],
  ['active', (o) => (o.active = true)],
  ['rw', (o) => (o.rw = true)],
  ['open', (o) => (o.open = true)],
  ['uuid', (o) => (o.uuid = true)],
  ['ascii', (o) => (o.symbols = ASCII)],
  ['utf', (o) => (o.symbols = UTF)],
  ['vt100', (o) => (o.symbols = VT100)],
  ['compact', (o) => (o.compact = true)],
  ['inverted', (o) => (o.inverted = true)],
  ['notrunc', (o) => (o.truncate = false)],
];

export function parseTreeOptions(list: string): TreeOptions | { readonly error: string } {
  const options: TreeOptions = {
    device: true,
    blkdevname: false,
    active: false,
    rw: false,
    open: false,
    uuid: false,
    compact: false,
    truncate: true,
    inverted: false,
    symbols: ASCII,
  };
  for (let rest = list; rest !== '';) {
    const end = rest.indexOf(',');
    const typed = end < 0 ? rest : rest.slice(0, end);
    const found = WORDS.find(([word]) => word.startsWith(typed));
    if (found === undefined) return { error: `Tree options not recognised: ${rest}.` };
    found[1](options);
    rest = end < 0 ? '' : rest.slice(end + 1);
  }
  return options;
}

const COLUMNS = 80;

interface Drawing {
  readonly options: TreeOptions;
  readonly blkName: (node: TreeNode) => string | undefined;
  /** Attributes and compact lines can't be combined. */
  readonly compact: boolean;
  readonly widths: number[];
  /** By depth: true if more nodes will follow. */
  readonly more: boolean[];
  line: string;
  out: string;
}

export function drawTree(
  tree: DepTree,
  options: TreeOptions,
  blkName: (node: TreeNode) => string | undefined,
): string {
  const { active, rw, open, uuid } = options;
  const drawing: Drawing = {
    options,
    blkName,
    compact: options.compact && !active && !rw && !open && !uuid,
    widths: [],
    more: [],
    line: '',
    out: '',
  };
  drawNodes(drawing, options.inverted ? tree.bottom : tree.top, 0);
  // A compact line that ends at a device without a name is never closed.
  return drawing.out + drawing.line;
}

function drawNodes(drawing: Drawing, nodes: readonly TreeNode[], depth: number): void {
  for (const [i, node] of nodes.entries()) {
    const below = drawing.options.inverted ? node.usedBy : node.uses;
    drawNode(drawing, node, { depth, last: i === nodes.length - 1, leaf: below.length === 0 });
    drawNodes(drawing, below, depth + 1);
  }
}

function drawNode(
  drawing: Drawing,
  node: TreeNode,
  { depth, last, leaf }: { readonly depth: number; readonly last: boolean; readonly leaf: boolean },
): void {
  const { options, widths, more, compact } = drawing;
  if (node.name === '' && !options.device && !options.blkdevname) return;
  more[depth] = !last;
  widths[depth] = 0;
  const atStart = drawing.line === '';
  if (!compact || atStart) drawing.line += prefix(drawing, depth);
  const from = columns(drawing.line);
  if (compact && !atStart) drawing.line += last ? options.symbols.single : options.symbols.first;
  drawing.line += label(drawing, node);
  if (compact) widths[depth] = columns(drawing.line) - from;
  if (!compact || leaf) endLine(drawing);
}

function prefix({ widths, more, options: { symbols } }: Drawing, depth: number): string {
  let text = '';
  for (let d = 0; d < depth; d++) {
    text += ' '.repeat((widths[d] ?? 0) + 1);
    const goesOn = more[d + 1] === true;
    if (d === depth - 1) text += goesOn ? symbols.branch : symbols.last;
    else text += goesOn ? symbols.vertical : symbols.empty;
  }
  return text;
}

function label({ options, blkName }: Drawing, node: TreeNode): string {
  const { info } = node;
  let text = node.name;
  const disk = options.blkdevname ? blkName(node) : undefined;
  if (disk !== undefined) text += ` <${disk}>`;
  if (options.device) text += ` (${node.major}:${node.minor})`;
  if (info === null) return text;
  const attributes = [
    ...(options.active ? [info.suspended ? 'SUSPENDED' : 'ACTIVE'] : []),
    ...(options.rw ? [info.readOnly ? 'RO' : 'RW'] : []),
    ...(options.open ? [String(info.openCount)] : []),
    ...(options.uuid ? [node.uuid] : []),
  ];
  return attributes.length === 0 ? text : `${text} [${attributes.join(', ')}]`;
}

/** Counts only the first byte of a UTF-8 sequence. */
const columns = (text: string): number => text.replaceAll(/[\x80-\xbf]/g, '').length;

function endLine(drawing: Drawing): void {
  const { line, options } = drawing;
  drawing.out += `${options.truncate ? truncate(line) : line}\n`;
  drawing.line = '';
}

function truncate(line: string): string {
  if (columns(line) <= COLUMNS) return line;
  let shown = '';
  let column = 0;
  for (const c of line) {
    if (c < '\x80' || c > '\xbf') column++;
    if (column >= COLUMNS) break;
    shown += c;
  }
  return `${shown}...`;
}
