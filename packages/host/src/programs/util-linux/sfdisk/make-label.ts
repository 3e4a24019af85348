// make-label.ts — Makes the table that a script of sfdisk(8) asks for, and tells of each step.
import { complain, refuse } from '@dmsim/coreutils';
import type { Prng, Task } from '@dmsim/sim';
import { createPrng, uniformInteger } from '@dmsim/sim';

import { sizeText } from '../lsblk/size-text.ts';
import { addPart } from './change.ts';
import type { Label } from './label.ts';
import { emptyLabel, SECTOR, typeName } from './label.ts';
import type { Call, Opened } from './open-disk.ts';
import { longSize, partPath } from './print.ts';
import type { PartLine } from './script.ts';
import { parseLine } from './script.ts';

/** `text` is what sfdisk has read. */
export function* makeLabel(call: Call, disk: Opened, text: string): Task<Label> {
  const { has, value } = call;
  const script: Script = {
    call,
    disk,
    loud: !has('q'),
    random: createPrng(call.machine.sim.seed + disk.facts.capacity),
    kind: value('X') ?? disk.label?.kind ?? 'dos',
    id: undefined,
    label: has('a') || value('N') !== undefined ? disk.label : null,
  };
  for (const line of text.split('\n')) yield* takeLine(script, line);
  return script.label ?? createLabel(script);
}

/** A script that is being read. */
interface Script {
  readonly call: Call;
  readonly disk: Opened;
  readonly loud: boolean;
  readonly random: Prng;
  kind: string;
  id: string | undefined;
  /** Null until the first partition: a new table is made for it. */
  label: Label | null;
}

const hex = ({ random }: Script, digits: number): string =>
  Array.from({ length: digits }, () => uniformInteger(random, 0, 15).toString(16)).join('');

const makeUuid = (script: Script): string =>
  [8, 4, 4, 4, 12]
    .map((digits) => hex(script, digits))
    .join('-')
    .toUpperCase();

function createLabel(script: Script): Label {
  const { call, disk, kind, loud } = script;
  if (kind !== 'dos' && kind !== 'gpt') return refuse(call.t, `the label ${kind}`);
  const id = script.id ?? (kind === 'dos' ? `0x${hex(script, 8)}` : makeUuid(script));
  const label = emptyLabel(kind, id, disk.facts.capacity);
  const what =
    kind === 'dos'
      ? `DOS (MBR) disklabel with disk identifier ${id}`
      : `GPT disklabel (GUID: ${id})`;
  if (loud) call.t.out.put(`>>> Created a new ${what}.\n`);
  return label;
}

function* takeLine(script: Script, given: string): Task<void> {
  const { t } = script.call;
  const line = parseLine(given);
  switch (line.kind) {
    case 'nothing':
      return;
    case 'unknown':
      return refuse(t, `the line '${given}'`);
    case 'header':
      takeHeader(script, line.name, line.value);
      return;
    case 'partition':
      yield* takePartition(script, line.part);
  }
}

function takeHeader(script: Script, name: string, value: string): void {
  const { t } = script.call;
  if (name === 'label') script.kind = value;
  else if (name === 'label-id') script.id = value;
  else if (name === 'first-lba' || name === 'last-lba') refuse(t, name);
  if (script.loud) t.out.put('>>> Script header accepted.\n');
}

function* takePartition(script: Script, line: PartLine): Task<void> {
  const { call, disk, loud } = script;
  const { t, value } = call;
  const { facts } = disk;
  const label = script.label ?? createLabel(script);
  const asked = value('N');
  const number = asked === undefined ? line.number : Number(asked);
  if (asked !== undefined) {
    if (label.parts.some((part) => part.number === number)) refuse(t, `-N ${asked}`);
    yield* complain(t, `warning: ${facts.path}: partition ${asked} is not defined yet\n`);
  }
  const added = addPart(label, { ...line, number }, () => makeUuid(script));
  if ('why' in added) return refuse(t, added.why);
  script.label = added.label;
  if (added.part.start % (disk.facts.physical / SECTOR) !== 0)
    refuse(t, `a partition at sector ${added.part.start}`);
  if (!loud) return;
  const { part } = added;
  const what = `partition ${part.number} of type '${typeName(label.kind, part.type)}'`;
  const size = longSize(part.sectors, sizeText);
  t.out.put(`${partPath(facts, part.number)}: Created a new ${what} and of size ${size}.\n`);
}
