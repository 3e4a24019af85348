// schema.ts — Builds the answer to query-qmp-schema: commands, their arguments, events, types. Mirrors qapi/introspect.json.
//
// Commands and events are listed by name; types have numbers without a meaning. Return types are not described, but
// given as `any`. Members that QEMU accepts and this simulator refuses are left out.
import type { CommandResult, QmpCommand } from './command.ts';
import { success } from './command.ts';
import type { Json, JsonObject } from './json.ts';
import type { Member, QapiType, QapiUnion } from './qapi.ts';
import { optional, required, words } from './qapi.ts';

/** For each builtin type, QEMU's name and its JSON type. */
const BUILTINS: Readonly<Record<Extract<QapiType, string>, readonly [string, string]>> = {
  string: ['str', 'string'],
  boolean: ['bool', 'boolean'],
  integer: ['int', 'int'],
  uint32: ['int', 'int'],
  uint64: ['int', 'int'],
  size: ['int', 'int'],
  any: ['any', 'value'],
  object: ['any', 'value'],
  array: ['any', 'value'],
  null: ['null', 'null'],
};

const DEVICE = required('device', 'string');
const JOB_TYPE = required(
  'type',
  words(`
  commit stream mirror backup create amend snapshot-load snapshot-save snapshot-delete
`),
);
const JOB_STATUS = words(`
  undefined created running paused ready standby waiting pending aborting concluded null
`);
const REASONS = words(`
  none host-error host-qmp-quit host-qmp-system-reset host-signal host-ui guest-shutdown guest-reset guest-panic subsystem-reset snapshot-load
`);
const OPERATION = required('operation', ['read', 'write']);
const ENDED: readonly Member[] = [
  JOB_TYPE,
  DEVICE,
  required('len', 'integer'),
  required('offset', 'integer'),
  required('speed', 'integer'),
];
const CAUSE: readonly Member[] = [required('guest', 'boolean'), required('reason', REASONS)];

/** Events that the proposed series adds. */
const OF_SERIES: Readonly<Record<string, readonly Member[]>> = {
  BLOCK_IO_HANG: [required('set', 'boolean')],
  BLOCK_IO_HANG_TIMEOUT: [required('set', 'boolean')],
};

const ACTIONS: readonly string[] = ['ignore', 'report', 'stop'];

const eventsOf = (isSeries: boolean): Readonly<Record<string, readonly Member[]>> => ({
  BLOCK_IO_ERROR: [
    DEVICE,
    optional('node-name', 'string'),
    OPERATION,
    required('action', isSeries ? [...ACTIONS, 'retry'] : ACTIONS),
    optional('nospace', 'boolean'),
    required('reason', 'string'),
  ],
  ...(isSeries ? OF_SERIES : {}),
  BLOCK_JOB_CANCELLED: ENDED,
  BLOCK_JOB_COMPLETED: [...ENDED, optional('error', 'string')],
  BLOCK_JOB_ERROR: [DEVICE, OPERATION, required('action', ACTIONS)],
  BLOCK_JOB_PENDING: [JOB_TYPE, required('id', 'string')],
  BLOCK_JOB_READY: ENDED,
  DEVICE_DELETED: [optional('device', 'string'), required('path', 'string')],
  JOB_STATUS_CHANGE: [required('id', 'string'), required('status', JOB_STATUS)],
  POWERDOWN: [],
  RESET: CAUSE,
  RESUME: [],
  SHUTDOWN: CAUSE,
  STOP: [],
  BLOCK_WRITE_THRESHOLD: [
    required('node-name', 'string'),
    required('amount-exceeded', 'uint64'),
    required('write-threshold', 'uint64'),
  ],
  DEVICE_TRAY_MOVED: [DEVICE, required('id', 'string'), required('tray-open', 'boolean')],
});

interface Draft {
  readonly entries: JsonObject[];
  readonly names: Map<unknown, string>;
}

export function describeSchema(commands: Iterable<QmpCommand>, isSeries: boolean): CommandResult {
  const draft: Draft = { entries: [], names: new Map() };
  for (const { name, args, allowOob } of commands) {
    const type = 'kind' in args ? typeName(draft, args) : structName(draft, args);
    const entry: JsonObject = { name, 'meta-type': 'command', 'arg-type': type, 'ret-type': 'any' };
    if (allowOob === true) entry['allow-oob'] = true;
    draft.entries.push(entry);
  }
  for (const [name, members] of Object.entries(eventsOf(isSeries))) {
    const type = structName(draft, members);
    draft.entries.push({ name, 'meta-type': 'event', 'arg-type': type });
  }
  const builtins = new Map(Object.values(BUILTINS));
  for (const [name, json] of builtins)
    draft.entries.push({ name, 'meta-type': 'builtin', 'json-type': json });
  return success(draft.entries);
}

function typeName(draft: Draft, type: QapiType): string {
  if (typeof type === 'string') return BUILTINS[type][0];
  const known = draft.names.get(type);
  if (known !== undefined) return known;
  if (!('kind' in type))
    return add(draft, type, (entry) => {
      entry['meta-type'] = 'enum';
      entry['values'] = [...type];
      entry['members'] = type.map((name) => ({ name }));
    });
  switch (type.kind) {
    case 'struct':
      return structName(draft, type.members);
    case 'union':
      return unionName(draft, type);
    case 'list':
      return add(draft, type, (entry) => {
        entry['meta-type'] = 'array';
        entry['element-type'] = typeName(draft, type.of);
      });
    case 'alternate':
      return add(draft, type, (entry) => {
        entry['meta-type'] = 'alternate';
        entry['members'] = type.of().map((choice) => ({ type: typeName(draft, choice) }));
      });
  }
}

function structName(draft: Draft, members: readonly Member[]): string {
  const known = draft.names.get(members);
  if (known !== undefined) return known;
  return add(draft, members, (entry) => {
    entry['meta-type'] = 'object';
    entry['members'] = describeMembers(draft, members);
  });
}

const unionName = (draft: Draft, union: QapiUnion): string =>
  add(draft, union, (entry) => {
    entry['meta-type'] = 'object';
    entry['members'] = describeMembers(draft, union.members);
    entry['tag'] = union.tag;
    entry['variants'] = Object.entries(union.branches).map(([name, members]) => ({
      case: name,
      type: structName(draft, members),
    }));
  });

const describeMembers = (draft: Draft, members: readonly Member[]): Json[] =>
  members
    .filter(({ foreign }) => foreign !== true)
    .map(({ name, type, optional: mayMiss }) => {
      const entry: JsonObject = { name, type: typeName(draft, type) };
      if (mayMiss) entry['default'] = null;
      return entry;
    });

/** Reserves the entry's name before describing it, because the options of a node can contain themselves. */
function add(draft: Draft, type: unknown, describe: (entry: JsonObject) => void): string {
  const name = String(draft.names.size);
  draft.names.set(type, name);
  const entry: JsonObject = { name };
  draft.entries.push(entry);
  describe(entry);
  return name;
}
