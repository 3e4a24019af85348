// findmnt.ts — findmnt(8) of util-linux: lists what is mounted where, as a tree.
import type { Options, OptionSpec, Tool } from '@dmsim/coreutils';
import { err, parseOptions, refuse, resolve, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { Mount } from '../../mounts.ts';
import { mountOf, mountsOf } from '../../mounts.ts';

const SPEC: OptionSpec = {
  short: 'iJklno:rt:T:S:M:',
  long: {
    invert: 'i',
    json: 'J',
    kernel: 'k',
    list: 'l',
    noheadings: 'n',
    output: 'o:',
    raw: 'r',
    types: 't:',
    target: 'T:',
    source: 'S:',
    mountpoint: 'M:',
  },
  refused: 'aAbcCdDeFfmNOpPRsuUvwxVhy',
  refusedLong: [
    'all',
    'ascii',
    'bytes',
    'canonicalize',
    'direction',
    'evaluate',
    'first-only',
    'mtab',
    'notruncate',
    'options',
    'output-all',
    'nocanonicalize',
    'nofsroot',
    'tab-file',
    'task',
    'timeout',
    'uniq',
    'verify',
    'shell',
    'verbose',
    'vfs-all',
    'shadowed',
    'df',
    'pairs',
    'fstab',
    'submounts',
    'poll',
    'tree',
    'real',
    'pseudo',
  ],
};

type Field = 'TARGET' | 'SOURCE' | 'FSTYPE' | 'OPTIONS';
const USUAL = 'TARGET,SOURCE,FSTYPE,OPTIONS';

interface Line {
  /** The branches in front of the target. */
  readonly branch: string;
  readonly mount: Mount;
}

export const findmnt = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has, value } = options;
  const fields = fieldsOf(t, value('o') ?? USUAL);
  if (has('J') && has('r')) err(t, 'mutually exclusive arguments: --json --pairs --raw --verify');
  const lines = linesOf(t, machine, options);
  if (lines.length === 0) return 1;
  if (has('J')) {
    const mounts = lines.map(({ mount }) => mount);
    t.out.put(
      `{\n   "filesystems": [${jsonOf(mounts, { fields, flat: has('l'), depth: 2 })}\n   ]\n}\n`,
    );
    return 0;
  }
  const rows = lines.map(({ branch, mount }) =>
    fields.map((field) => (field === 'TARGET' ? branch : '') + textOf(mount, field)),
  );
  const table = has('n') ? rows : [fields, ...rows];
  // A column is as wide as its heading, shown or not.
  const widths = fields.map((field, i) =>
    Math.max(field.length, ...rows.map((cells) => cells[i]?.length ?? 0)),
  );
  for (const cells of table) {
    const shown = cells.map((cell, i) =>
      has('r') || i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0),
    );
    t.out.put(`${shown.join(' ')}\n`);
  }
  return 0;
}

interface JsonOptions {
  readonly fields: readonly Field[];
  /** Without the mounts inside of each other one. */
  readonly flat: boolean;
  /** Steps of three blanks in front of the objects. */
  readonly depth: number;
}

const isBelow = (mount: Mount, parent: Mount): boolean =>
  mount !== parent && mount.target.startsWith(parent.target === '/' ? '/' : `${parent.target}/`);

/** The objects of a list, those of what is mounted below a mount within its own. */
function jsonOf(mounts: readonly Mount[], options: JsonOptions): string {
  const { fields, flat, depth } = options;
  const tops = flat
    ? mounts
    : mounts.filter((mount) => !mounts.some((parent) => isBelow(mount, parent)));
  const indent = '   '.repeat(depth);
  const objects = tops.map((mount) => {
    const members = fields.map(
      (field) => `${indent}   "${field.toLowerCase()}": ${JSON.stringify(textOf(mount, field))}`,
    );
    const below = flat ? [] : mounts.filter((one) => isBelow(one, mount));
    const children = jsonOf(below, { ...options, depth: depth + 2 });
    if (below.length > 0) members.push(`${indent}   "children": [${children}\n${indent}   ]`);
    return `{\n${members.join(',\n')}\n${indent}}`;
  });
  return objects.length === 0 ? '' : `\n${indent}${objects.join(',')}`;
}

function fieldsOf(t: Tool, list: string): Field[] {
  return list.split(',').map((name, i, all) => {
    const title = name.toUpperCase();
    if (USUAL.split(',').includes(title)) return title as Field;
    return /^[A-Z%:-]+$/.test(title)
      ? refuse(t, `-o ${name}`)
      : err(t, `unknown column: ${all.slice(i).join(',')}`);
  });
}

function textOf({ target, source, type, options }: Mount, field: Field): string {
  switch (field) {
    case 'TARGET':
      return target;
    case 'SOURCE':
      return source;
    case 'FSTYPE':
      return type;
    case 'OPTIONS':
      return options;
  }
}

/** What is undefined is not asked for. */
interface Wanted {
  /** One of these, with commas between them. */
  readonly type: string | undefined;
  readonly source: string | undefined;
  /** Or source. */
  readonly target: string | undefined;
}

const isWanted = (mount: Mount, { type, source, target }: Wanted): boolean =>
  (type === undefined || type.split(',').includes(mount.type)) &&
  (source === undefined || mount.source === source) &&
  (target === undefined || mount.target === target || mount.source === target);

/** All mounts as a tree; or, as a list, those of a type, a source or a target. */
function linesOf(t: Tool, machine: Machine, { has, value, operands }: Options): Line[] {
  const all = mountsOf(machine);
  const [name, ...rest] = operands;
  if (rest.length > 0 || has('i')) refuse(t, t.args.join(' '));
  const inside = value('T');
  if (inside !== undefined) {
    const found = resolve(t, inside);
    return typeof found === 'string' ? [] : flat([mountOf(machine, found.path)]);
  }
  const wanted: Wanted = { type: value('t'), source: value('S'), target: value('M') ?? name };
  if (Object.values(wanted).every((one) => one === undefined) && !has('l')) return treeOf(all);
  const matching = all.filter((mount) => isWanted(mount, wanted));
  // Of types that nothing has, the tree of JSON shows all mounts.
  const showsAll = matching.length === 0 && has('t') && has('J') && !has('l');
  return flat(showsAll ? all : matching);
}

const flat = (mounts: readonly Mount[]): Line[] => mounts.map((mount) => ({ branch: '', mount }));

function treeOf(all: readonly Mount[]): Line[] {
  const [root, ...rest] = all;
  if (root === undefined) return [];
  const parentOf = ({ target }: Mount): Mount =>
    rest.findLast((one) => target.startsWith(`${one.target}/`)) ?? root;
  const below = (parent: Mount, indent: string): Line[] => {
    const children = rest.filter((mount) => parentOf(mount) === parent);
    return children.flatMap((mount, i) => {
      const isLast = i === children.length - 1;
      const branch = `${indent}${isLast ? '`-' : '|-'}`;
      const line: Line = { branch, mount };
      return [line].concat(below(mount, `${indent}${isLast ? '  ' : '| '}`));
    });
  };
  return [{ branch: '', mount: root }, ...below(root, '')];
}
