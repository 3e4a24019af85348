// create-concise.ts — `dmsetup create --concise`: `<name>,<uuid>,<minor>,<flags>,<table>{,<table>};…`, several devices in one text.
import { readWhole } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';

import type { Run } from '../run.ts';
import { logError } from '../run.ts';
import { atoi } from '../switches.ts';
import type { NewDevice } from './new-device.ts';

type CreateDevice = (run: Run, device: NewDevice) => Task<boolean>;

export function* createConcise(
  run: Run,
  args: readonly string[],
  createDevice: CreateDevice,
): Task<boolean> {
  const { switches } = run;
  if (args.length > 1) {
    return yield* logError(run, 'dmsetup create --concise takes at most one argument');
  }
  if (['table', 'm', 'u', 'n', 'inactive'].some((key) => switches.has(key))) {
    return yield* logError(
      run,
      '--concise is incompatible with --[no]table, --minor, --uuid and --inactive.',
    );
  }
  const text = args[0] ?? (yield* readStdin(run));
  for (const entry of splitEntries(text)) {
    const device = toDevice(entry, switches.has('r'));
    if ('problem' in device) {
      for (const line of device.problem) yield* logError(run, line);
      return false;
    }
    if (!(yield* createDevice(run, device))) return false;
  }
  return true;
}

function* readStdin({ tool }: Run): Task<string> {
  const stdin = tool.context.fds.get(0);
  const text = stdin === undefined ? '' : yield* readWhole(tool, stdin);
  return typeof text === 'string' ? text : '';
}

interface Entry {
  readonly fields: string[];
  /** How the text ended within the entry. */
  ended: 'device' | 'backslash' | null;
}

const FIELDS = 5;

/**
 * A backslash takes away the next character's meaning. Commas in the table separate lines. The last character of the text
 * ends its device, unless it is a comma or follows a backslash: then the entry is incomplete.
 */
function splitEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry = { fields: [''], ended: null };
  for (let i = 0; i < text.length;) {
    const step = readCharacter(entry, text, i);
    i += step;
    if (entry.ended === null) continue;
    entries.push(entry);
    if (entry.ended === 'backslash') return entries;
    entry = { fields: [''], ended: null };
  }
  return entry.fields.length > 1 || entry.fields[0] !== '' ? [...entries, entry] : entries;
}

/** Returns how many characters it took. */
function readCharacter(entry: Entry, text: string, at: number): number {
  const { fields } = entry;
  const append = (c: string): void => {
    fields[fields.length - 1] += c;
  };
  const spaces = /^[ \t\n\v\f\r]*/.exec(text.slice(at + 1))?.[0].length ?? 0;
  const c = text[at] as string;
  const last = at + 1 === text.length;
  if (c === '\\') {
    if (last) entry.ended = 'backslash';
    else append(text[at + 1] as string);
    return 2;
  }
  if (c === ',' && fields.length < FIELDS) {
    fields.push('');
    return 1 + spaces;
  }
  if (c === ';' || (last && c !== ',')) {
    if (c !== ';') append(c);
    entry.ended = 'device';
    return 1 + spaces;
  }
  append(c === ',' ? '\n' : c);
  return 1;
}

function toDevice(entry: Entry, readOnly: boolean): NewDevice | { readonly problem: string[] } {
  const problem = problemOf(entry);
  if (problem !== undefined) return { problem };
  const [name = '', uuid = '', minor = '', flags = '', table = ''] = entry.fields;
  return {
    name,
    uuid: uuid === '' ? undefined : uuid,
    minor: minor === '' ? undefined : atoi(minor),
    readOnly: readOnly || flags === 'ro',
    table,
    file: undefined,
    notable: false,
  };
}

const NAMES = ['name', 'uuid', 'minor', 'flags', 'table'];

function problemOf({ fields, ended }: Entry): string[] | undefined {
  const shown = NAMES.map((name, i) => `${name}: ${fields[i] ?? '(null)'}`).join(' ');
  const parsed = `Parsed ${fields.length} fields: ${shown}`;
  const required = 'ive comma-separated fields are required for each device';
  if (ended === 'backslash') {
    return ['Backslash must be followed by another character at end of string.', parsed];
  }
  if (ended === null) return [`Incomplete entry: f${required}`, parsed];
  if (fields.length !== FIELDS) return [`F${required}`, parsed];
  const [, , , flags = ''] = fields;
  if (['', 'ro', 'rw'].includes(flags)) return undefined;
  return [`Invalid flags parameter '${flags}' must be 'ro' or 'rw' or empty.`];
}
