// create-concise.ts — `dmsetup create --concise`: `<name>,<uuid>,<minor>,<flags>,<table>{,<table>};…`, several devices in one text.
import type { Task } from '@dmsim/sim';

import { readWhole } from '../text/lines.ts';
import type { NewDevice } from './create.ts';
import type { Run } from './run.ts';
import { logError } from './run.ts';
import { atoi } from './switches.ts';

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
  /** The text ended within it. */
  ended: 'semicolon' | 'text' | 'backslash' | null;
}

const FIELDS = 5;
const isSpace = (c: string | undefined): boolean => c !== undefined && /[ \t\n\v\f\r]/.test(c);

/**
 * A backslash makes the next character an ordinary one. Commas in the table are ends of lines. The last character of
 * the text ends its device, unless it is a comma or comes after a backslash: then the entry is incomplete.
 */
function splitEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry = { fields: [''], ended: null };
  const append = (c: string): void => {
    entry.fields[entry.fields.length - 1] += c;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\\') {
      if (i + 1 === text.length) {
        entry.ended = 'backslash';
        break;
      }
      append(text[++i] as string);
    } else if (c === ',') {
      if (entry.fields.length === FIELDS) append('\n');
      else {
        entry.fields.push('');
        while (isSpace(text[i + 1])) i++;
      }
    } else if (c === ';' || i + 1 === text.length) {
      if (c !== ';') append(c);
      entry.ended = c === ';' ? 'semicolon' : 'text';
      entries.push(entry);
      entry = { fields: [''], ended: null };
      while (isSpace(text[i + 1])) i++;
    } else append(c);
  }
  if (entry.ended === 'backslash' || entry.fields.length > 1 || entry.fields[0] !== '') {
    entries.push(entry);
  }
  return entries;
}

function toDevice({ fields, ended }: Entry, readOnly: boolean): NewDevice | { problem: string[] } {
  const parsed = `Parsed ${fields.length} fields: ${['name', 'uuid', 'minor', 'flags', 'table']
    .map((name, i) => `${name}: ${fields[i] ?? '(null)'}`)
    .join(' ')}`;
  if (ended === 'backslash') {
    return {
      problem: ['Backslash must be followed by another character at end of string.', parsed],
    };
  }
  if (ended === null) {
    return {
      problem: [
        'Incomplete entry: five comma-separated fields are required for each device',
        parsed,
      ],
    };
  }
  if (fields.length !== FIELDS) {
    return { problem: ['Five comma-separated fields are required for each device', parsed] };
  }
  const [name = '', uuid = '', minor = '', flags = '', table = ''] = fields;
  if (flags !== '' && flags !== 'ro' && flags !== 'rw') {
    return {
      problem: [`Invalid flags parameter '${flags}' must be 'ro' or 'rw' or empty.`],
    };
  }
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
