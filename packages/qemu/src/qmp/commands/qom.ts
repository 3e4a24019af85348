// qom.ts — qom-list, qom-get and qom-set of throttle groups, iothreads and plugged devices. Mirrors qom/qom-qmp-cmds.c, util/throttle.c, iothread.c.
import type { Blocking } from '../../aio/main-loop.ts';
import type { ThrottleConfig } from '../../block/throttle-config.ts';
import {
  changeConfig,
  GROUP_KEYS,
  groupKey,
  LIMIT_NAMES,
  refuseConfig,
} from '../../block/throttle-config.ts';
import type { ThrottleGroup } from '../../block/throttle-group.ts';
import { setConfig } from '../../block/throttle-group.ts';
import type { GuestDisk } from '../../devices/guest-disk.ts';
import type { IothreadSettings } from '../../vm/vm-options.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, outcome, stringArg, success } from '../command.ts';
import { hashOrder } from '../hash-order.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { checkMembers, optional, required, words } from '../qapi.ts';
import { replaceDrive } from './replace-drive.ts';

export const LIMIT_MEMBERS: readonly Member[] = [...GROUP_KEYS, 'iops-size'].map((name) =>
  optional(name, 'integer'),
);

/** The values of `limits` and of the older `x-…`. */
export function configOf(before: ThrottleConfig, args: JsonObject): ThrottleConfig {
  const nested = args['limits'];
  const given = (name: string): number | undefined => {
    const value = (isJsonObject(nested) ? nested[name] : undefined) ?? args[`x-${name}`];
    return value === undefined ? undefined : Number(value);
  };
  return changeConfig(before, (name, part) => given(groupKey(name, part)), given('iops-size'));
}

/** The properties in the order in which QEMU lists them, which is that of its hash tables. */
const GROUP_PROPERTIES: readonly string[] = words(`
  x-bps-write-max-length x-iops-total-max-length x-iops-size limits x-bps-total
  x-iops-read-max-length x-bps-write x-iops-write-max-length x-bps-read-max x-iops-read-max
  x-bps-total-max x-bps-read-max-length x-iops-read x-bps-read x-bps-write-max
  x-iops-total-max x-iops-total x-iops-write x-bps-total-max-length x-iops-write-max
`);

const THREAD_PROPERTIES: readonly (keyof IothreadSettings)[] = [
  'thread-pool-min',
  'aio-max-batch',
  'thread-pool-max',
  'poll-max-ns',
  'poll-grow',
  'poll-shrink',
];

type Found =
  | { readonly kind: 'throttle-group'; readonly group: ThrottleGroup }
  | { readonly kind: 'iothread'; readonly settings: IothreadSettings }
  | { readonly kind: 'disk'; readonly disk: GuestDisk }
  | { readonly kind: 'controller'; readonly driver: string }
  | { readonly kind: 'none' }
  /** A part of QEMU's tree that is not simulated. */
  | { readonly kind: 'elsewhere' };

const NONE: Found = { kind: 'none' };
const ELSEWHERE: Found = { kind: 'elsewhere' };

/** object_resolve_path: a path from the root, or only the last part of one. */
function objectAt(vm: Vm, path: string): Found {
  const [, folder, id = path] = /^(?:\/(objects|machine\/peripheral)\/)?([^/]+)$/u.exec(path) ?? [];
  if (folder === undefined && path.includes('/')) return isElsewhere(path) ? ELSEWHERE : NONE;
  const object = folder === 'machine/peripheral' ? NONE : createdObject(vm, id);
  const found = object.kind === 'none' && folder !== 'objects' ? pluggedDevice(vm, id) : object;
  return found.kind === 'none' && folder === undefined && isElsewhere(`/${path}`)
    ? ELSEWHERE
    : found;
}

function createdObject({ layer, objects }: Vm, id: string): Found {
  const group = layer.throttleGroups.get(id);
  if (group !== undefined) return { kind: 'throttle-group', group };
  const settings = objects.get(id) ?? null;
  return settings === null ? NONE : { kind: 'iothread', settings };
}

function pluggedDevice({ disks, controllers }: Vm, id: string): Found {
  const disk = disks.find((each) => each.id === id);
  if (disk !== undefined) return { kind: 'disk', disk };
  const controller = controllers.find((each) => each.id === id);
  return controller === undefined ? NONE : { kind: 'controller', driver: controller.driver };
}

/** True below the parts of the tree that every machine has. */
const isElsewhere = (path: string): boolean => /^\/(?:$|machine|chardevs|objects$)/u.test(path);

const notFound = (path: string): CommandResult =>
  failure(`Device '${path}' not found`, 'DeviceNotFound');

const PROPERTY: readonly Member[] = [required('path', 'string'), required('property', 'string')];

interface Asked {
  readonly path: string;
  readonly property: string;
}

const asked = (args: JsonObject): Asked => ({
  path: stringArg(args, 'path') ?? '',
  property: stringArg(args, 'property') ?? '',
});

const limitsOf = ({ limits, opSize }: ThrottleConfig): JsonObject => {
  const shown: JsonObject = { 'iops-size': opSize };
  for (const name of LIMIT_NAMES)
    for (const part of ['avg', 'max', 'burstLength'] as const)
      shown[groupKey(name, part)] = limits[name][part];
  return shown;
};

/** The value of a property; undefined if the object has no such property. */
function valueOf(found: Found, property: string): Json | undefined {
  switch (found.kind) {
    case 'throttle-group': {
      if (property === 'type') return 'throttle-group';
      if (!GROUP_PROPERTIES.includes(property)) return undefined;
      const limits = limitsOf(found.group.config);
      return property === 'limits' ? limits : limits[property.replace(/^x-/u, '')];
    }
    case 'iothread':
      return property === 'type' ? 'iothread' : found.settings[property as keyof IothreadSettings];
    case 'disk':
      if (property === 'type') return found.disk.model.name;
      return property === 'drive' ? found.disk.blk.name || found.disk.blk.node.name : undefined;
    case 'controller':
      return property === 'type' ? found.driver : undefined;
    case 'none':
    case 'elsewhere':
      return undefined;
  }
}

/** The answer where there is no such property to read or to set; null if there is one. */
function refuse(found: Found, { path, property }: Asked, command: string): CommandResult | null {
  switch (found.kind) {
    case 'none':
      return notFound(path);
    case 'elsewhere':
      return notSimulated(`${command} ${path} ${property}`);
    case 'disk':
    case 'controller':
      return command === 'qom-get' && valueOf(found, property) !== undefined
        ? null
        : notSimulated(`${command} ${path} ${property}`);
    case 'throttle-group':
    case 'iothread':
      return valueOf(found, property) === undefined
        ? failure(`Property '${found.kind}.${property}' not found`)
        : null;
  }
}

const qomGet: QmpCommand = {
  name: 'qom-get',
  args: PROPERTY,
  run(vm, args) {
    const wanted = asked(args);
    const found = objectAt(vm, wanted.path);
    return refuse(found, wanted, 'qom-get') ?? success(valueOf(found, wanted.property) ?? null);
  },
};

const qomSet: QmpCommand = {
  name: 'qom-set',
  args: [...PROPERTY, required('value', 'any')],
  *run(vm, args): Blocking<CommandResult> {
    const wanted = asked(args);
    const found = objectAt(vm, wanted.path);
    if (found.kind === 'disk' && wanted.property === 'drive')
      return yield* replaceDrive(vm, found.disk.blk, args['value'] ?? null);
    const refusal = refuse(found, wanted, 'qom-set');
    if (refusal !== null) return refusal;
    const { path, property } = wanted;
    const value = args['value'] ?? null;
    if (found.kind === 'iothread' && property !== 'type' && typeof value === 'number')
      return setThread(found.settings, property as keyof IothreadSettings, value);
    if (property === 'type') return failure(`Property '${found.kind}.type' is not writable`);
    if (found.kind !== 'throttle-group') return notSimulated(`qom-set ${path} ${property}`);
    return property === 'limits'
      ? setLimits(found.group, value)
      : failure('Property cannot be set after initialization');
  },
};

function setThread(
  settings: IothreadSettings,
  property: keyof IothreadSettings,
  value: number,
): CommandResult {
  if (value < 0) return failure(`${property} value must be in range [0, 9223372036854775807]`);
  settings[property] = value;
  return success();
}

function setLimits(group: ThrottleGroup, value: Json): CommandResult {
  if (!isJsonObject(value)) return failure("Invalid parameter type for 'limits', expected: object");
  const place = { path: 'limits', name: 'limits', isText: false };
  const misfit = checkMembers(LIMIT_MEMBERS, value, place);
  if (misfit?.kind === 'not simulated') return notSimulated(`qom-set: ${misfit.what}`);
  if (misfit !== null) return failure(misfit.desc);
  const config = configOf(group.config, { limits: value });
  const wrong = refuseConfig(config);
  if (wrong === null) setConfig(group, config);
  return outcome(wrong);
}

const TYPE: JsonObject = { name: 'type', type: 'string' };

const child = (name: string, type: string): JsonObject => ({ name, type: `child<${type}>` });

const groupType = (name: string): string => (name === 'limits' ? 'ThrottleLimits' : 'int');

const qomList: QmpCommand = {
  name: 'qom-list',
  args: [required('path', 'string')],
  run(vm, args) {
    const path = stringArg(args, 'path') ?? '';
    if (path === '/objects') return listObjects(vm);
    if (path === '/machine' && vm.isStorageDaemon) return notFound(path);
    if (path === '/machine/peripheral' && vm.hasMachine)
      return success([TYPE, ...listed(devicesOf(vm))]);
    const found = objectAt(vm, path);
    if (found.kind === 'none') return notFound(path);
    const properties = propertiesOf(found.kind);
    return properties === null ? notSimulated(`qom-list ${path}`) : success(properties);
  },
};

/** A real machine has an object from the start; otherwise the folder comes with the first one. */
function listObjects(vm: Vm): CommandResult {
  const objects = listed(objectsOf(vm));
  const isMissing = objects.length === 0 && (vm.isStorageDaemon || !vm.hasMachine);
  return isMissing ? notFound('/objects') : success([TYPE, ...objects]);
}

/** The properties of a type whose objects are simulated; null of another. */
function propertiesOf(type: string): JsonObject[] | null {
  if (type === 'iothread')
    return [TYPE, ...THREAD_PROPERTIES.map((name) => ({ name, type: 'int' }))];
  return type === 'throttle-group'
    ? [TYPE, ...GROUP_PROPERTIES.map((name) => ({ name, type: groupType(name) }))]
    : null;
}

const qomListProperties: QmpCommand = {
  name: 'qom-list-properties',
  args: [required('typename', 'string')],
  run(_vm, args) {
    const type = stringArg(args, 'typename') ?? '';
    const properties = propertiesOf(type);
    return properties === null ? notSimulated(`qom-list-properties ${type}`) : success(properties);
  },
};

/** The parents of the types whose objects are simulated. */
const PARENTS: Readonly<Record<string, string>> = {
  iothread: 'event-loop-base',
  'throttle-group': 'object',
};

const qomListTypes: QmpCommand = {
  name: 'qom-list-types',
  args: [optional('implements', 'string'), optional('abstract', 'boolean')],
  run(_vm, args) {
    const name = stringArg(args, 'implements') ?? '';
    const parent = PARENTS[name];
    return parent === undefined
      ? notSimulated(`qom-list-types of ${name === '' ? 'all' : name}`)
      : success([{ name, parent }]);
  },
};

const objectsOf = ({ objects }: Vm): JsonObject[] =>
  [...objects].map(([name, settings]) =>
    child(name, settings === null ? 'throttle-group' : 'iothread'),
  );

const devicesOf = ({ controllers, disks }: Vm): JsonObject[] => [
  ...controllers.flatMap(({ id, driver }) => (id === null ? [] : [child(id, driver)])),
  ...disks.flatMap(({ id, model }) => (id.startsWith('/') ? [] : [child(id, model.name)])),
];

/** QEMU lists children last first. */
const listed = (children: readonly JsonObject[]): JsonObject[] =>
  hashOrder(children, (each) => stringArg(each, 'name') ?? '').toReversed();

export const qomCommands: readonly QmpCommand[] = [
  qomGet,
  qomSet,
  qomList,
  qomListProperties,
  qomListTypes,
];
