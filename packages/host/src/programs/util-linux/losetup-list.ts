// losetup-list.ts — The lists of losetup(8): a table, the lines of -a, JSON.
import type { Loop } from '@dmsim/block';
import { err, parseSize, refuse, resolve } from '@dmsim/coreutils';
import { strerror } from '@dmsim/sim';

import { nameHash } from '../../tree/kernfs-order.ts';
import type { LoopCall } from './losetup-call.ts';
import { loopOf } from './losetup-call.ts';

interface Column {
  readonly right: boolean;
  readonly json: 'text' | 'number' | 'flag';
  readonly text: (loop: Loop) => string;
}

const text = (of: (loop: Loop) => string): Column => ({ right: false, json: 'text', text: of });
const number = (of: (loop: Loop) => number): Column => ({
  right: true,
  json: 'number',
  text: (loop) => String(of(loop)),
});
const flag = (of: (loop: Loop) => boolean): Column => ({
  right: true,
  json: 'flag',
  text: (loop) => (of(loop) ? '1' : '0'),
});

export const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['NAME', text(({ disk }) => `/dev/${disk.name}`)],
  ['SIZELIMIT', number(({ setup }) => setup?.sizeLimit ?? 0)],
  ['OFFSET', number(({ setup }) => setup?.offset ?? 0)],
  ['AUTOCLEAR', flag(({ autoclear }) => autoclear)],
  ['RO', flag(({ disk }) => disk.readOnly)],
  ['BACK-FILE', text(({ setup }) => setup?.nameOf() ?? '')],
  ['DIO', flag(({ directIo }) => directIo)],
  ['LOG-SEC', number(({ disk }) => disk.limits.logicalBlockSize)],
  ['PARTSCAN', flag(({ setup }) => setup?.partScan === true)],
  [
    'MAJ:MIN',
    text(({ disk }) => `${String(disk.major).padStart(3)}:${String(disk.minor).padEnd(3)}`),
  ],
]);

/** Columns of the real one: where the file is. */
const REFUSED: ReadonlySet<string> = new Set(['BACK-INO', 'BACK-MAJ:MIN']);
const USUAL = 'NAME SIZELIMIT OFFSET AUTOCLEAR RO BACK-FILE DIO LOG-SEC'.split(' ');

export function listLoops(
  call: LoopCall,
  { named }: { readonly named: string | undefined },
): number {
  const { t, has, value } = call;
  const loops = chosen(call, named);
  const isTable = ['l', 'O', 'raw', 'J', 'n'].some(has);
  const plain = named !== undefined || has('a') || has('j');
  if (plain && !isTable) {
    for (const loop of loops) t.out.put(`${line(loop, numberOf(call, loop))}\n`);
    return 0;
  }
  const names = value('O')?.split(',') ?? USUAL;
  const unknown = names.find((name) => REFUSED.has(name.toUpperCase()));
  if (unknown !== undefined) refuse(t, `-O ${unknown}`);
  const bad = names.findIndex((name) => !COLUMNS.has(name.toUpperCase()));
  if (bad >= 0) err(t, `unknown column: ${names.slice(bad).join(',')}`);
  if (loops.length > 0)
    table(
      call,
      loops,
      names.map((name) => name.toUpperCase()),
    );
  return 0;
}

/** In the order of /sys/block. */
function chosen(call: LoopCall, named: string | undefined): Loop[] {
  const { t, machine, value } = call;
  if (named !== undefined) {
    const loop = loopOf(call, named);
    if (loop === undefined) err(t, `${named}: failed to use device: No such device`);
    if (loop.setup === null) err(t, `${named}: ${strerror('ENOENT')}`);
    return [loop];
  }
  const used = [...machine.loops.loops.values()]
    .filter(({ setup }) => setup !== null)
    .toSorted((a, b) => nameHash(a.disk.name) - nameHash(b.disk.name));
  const file = value('j');
  if (file === undefined) return used;
  const found = resolve(t, file);
  const path = typeof found === 'string' ? file : found.path;
  const offset = value('o');
  const isAt = (at: number): boolean => offset === undefined || at === parseSize(offset);
  return used.filter(({ setup }) => setup?.nameOf() === path && isAt(setup.offset));
}

/** `/dev/loop0: [0002]:347 (/tmp/img), offset 512, sizelimit 4096`; the number stands for the file's inode number. */
function line({ disk, setup }: Loop, number: number): string {
  const offset = setup?.offset ?? 0;
  const limit = setup?.sizeLimit ?? 0;
  return (
    `/dev/${disk.name}: [0002]:${number} (${setup?.nameOf() ?? ''})` +
    (offset > 0 ? `, offset ${offset}` : '') +
    (limit > 0 ? `, sizelimit ${limit}` : '')
  );
}

const FIRST_NUMBER = 347;

/** One number for each backing file. */
function numberOf({ machine }: LoopCall, loop: Loop): number {
  const files: unknown[] = [...machine.loops.loops.values()]
    .filter(({ setup }) => setup !== null)
    .map(({ setup }) => setup?.file);
  return FIRST_NUMBER + [...new Set(files)].indexOf(loop.setup?.file);
}

function table({ t, has }: LoopCall, loops: readonly Loop[], names: readonly string[]): void {
  const columns = names.map((name) => ({ name, ...(COLUMNS.get(name) as Column) }));
  const rows = loops.map((loop) => columns.map((column) => column.text(loop)));
  if (has('J')) return json({ t }, columns, rows);
  const all = [names, ...rows];
  const shown = has('n') ? rows : all;
  if (has('raw')) {
    for (const row of shown) t.out.put(`${row.map((cell) => cell.trim()).join(' ')}\n`);
    return;
  }
  const widths = names.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  for (const row of shown) {
    const cells = row.map((cell, i) => {
      if (columns[i]?.right === true) return cell.padStart(widths[i] ?? 0);
      return i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0);
    });
    t.out.put(`${cells.join(' ')}\n`);
  }
}

function json(
  { t }: Pick<LoopCall, 't'>,
  columns: readonly (Column & { readonly name: string })[],
  rows: readonly (readonly string[])[],
): void {
  const shown = rows.map((row) =>
    row
      .map((cell, i) => {
        const { name = '', json: kind } = columns[i] ?? {};
        const value = kind === 'text' ? JSON.stringify(cell.trim()) : cell;
        return `         "${name.toLowerCase()}": ${kind === 'flag' ? cell === '1' : value}`;
      })
      .join(',\n'),
  );
  t.out.put(`{\n   "loopdevices": [\n      {\n${shown.join('\n      },{\n')}\n      }\n   ]\n}\n`);
}
