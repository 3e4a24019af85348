// objects.ts — object-add, object-del and what qom-get, qom-set and qom-list tell of throttle groups and iothreads. Mirrors qom/qom-qmp-cmds.c, block/throttle-groups.c.
import type { ThrottleConfig } from '../../block/throttle-config.ts';
import {
  changeConfig,
  GROUP_KEYS,
  groupKey,
  LIMIT_NAMES,
  NO_LIMITS,
  refuseConfig,
} from '../../block/throttle-config.ts';
import { createThrottleGroup, setConfig } from '../../block/throttle-group.ts';
import { addIothread } from '../../vm/vm.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, outcome, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member, QapiType, QapiUnion } from '../qapi.ts';
import { checkMembers, foreign, optional, required, words } from '../qapi.ts';

const TYPES: readonly string[] = words(`
  authz-list authz-listfile authz-pam authz-simple can-bus can-host-socketcan colo-compare
  cryptodev-backend cryptodev-backend-builtin cryptodev-backend-lkcf cryptodev-vhost-user
  dbus-vmstate filter-buffer filter-dump filter-mirror filter-redirector filter-replay
  filter-rewriter input-barrier input-linux iothread main-loop memory-backend-epc
  memory-backend-file memory-backend-memfd memory-backend-ram pef-guest pr-manager-helper qtest
  rng-builtin rng-egd rng-random secret secret_keyring sev-guest thread-context s390-pv-guest
  throttle-group tls-creds-anon tls-creds-psk tls-creds-x509 tls-cipher-suites x-remote-object
  x-vfio-user-server
`);

const LIMIT_MEMBERS: readonly Member[] = [...GROUP_KEYS, 'iops-size'].map((name) =>
  optional(name, 'integer'),
);

const LIMITS_TYPE: QapiType = { kind: 'struct', members: LIMIT_MEMBERS };

const OBJECT: QapiUnion = {
  kind: 'union',
  tag: 'qom-type',
  members: [required('qom-type', TYPES), required('id', 'string')],
  branches: {
    'throttle-group': [
      optional('limits', LIMITS_TYPE),
      ...LIMIT_MEMBERS.map(({ name }) => optional(`x-${name}`, 'integer')),
    ],
    iothread: foreign(
      'poll-max-ns',
      'poll-grow',
      'poll-shrink',
      'aio-max-batch',
      'thread-pool-min',
      'thread-pool-max',
    ),
  },
};

const objectAdd: QmpCommand = {
  name: 'object-add',
  args: OBJECT,
  run(vm, args) {
    const id = stringArg(args, 'id') ?? '';
    const { throttleGroups, iothreads } = vm.layer;
    if (!/^[A-Za-z][A-Za-z0-9._-]*$/u.test(id))
      return failure("Parameter 'id' expects an identifier");
    const config = configOf(NO_LIMITS, args);
    const refusal = refuseConfig(config);
    if (refusal !== null) return failure(refusal);
    if (throttleGroups.has(id) || iothreads.has(id))
      return failure(`attempt to add duplicate property '${id}' to object (type 'container')`);
    if (stringArg(args, 'qom-type') === 'iothread') addIothread(vm, id);
    else throttleGroups.set(id, createThrottleGroup(vm.sim, id, config));
    return success();
  },
};

/** What `limits` and the older `x-…` say. */
function configOf(before: ThrottleConfig, args: JsonObject): ThrottleConfig {
  const nested = args['limits'];
  const given = (name: string): number | undefined => {
    const value = (isJsonObject(nested) ? nested[name] : undefined) ?? args[`x-${name}`];
    return value === undefined ? undefined : Number(value);
  };
  return changeConfig(before, (name, part) => given(groupKey(name, part)), given('iops-size'));
}

const objectDel: QmpCommand = {
  name: 'object-del',
  args: [required('id', 'string')],
  run({ layer }, args) {
    const id = stringArg(args, 'id') ?? '';
    const group = layer.throttleGroups.get(id);
    if (group !== undefined && group.members.length > 0)
      return failure(`object '${id}' is in use, can not be deleted`);
    // A device that an iothread serves keeps it.
    const found = layer.throttleGroups.delete(id) || layer.iothreads.delete(id);
    return found ? success() : failure(`object '${id}' not found`);
  },
};

/** The object at a path: one of its own, none, or a part of QEMU's tree that is not simulated. */
function objectAt(
  { layer }: Vm,
  path: string,
): 'throttle-group' | 'iothread' | 'none' | 'elsewhere' {
  const id = /^\/objects\/([^/]+)$/u.exec(path)?.[1];
  if (id === undefined) return 'elsewhere';
  if (layer.throttleGroups.has(id)) return 'throttle-group';
  return layer.iothreads.has(id) ? 'iothread' : 'none';
}

const idOf = (path: string): string => path.slice('/objects/'.length);

const PROPERTY: readonly Member[] = [required('path', 'string'), required('property', 'string')];

/** The answer where there is no throttle group with limits at that path; null if there is one. */
function refuseProperty(vm: Vm, args: JsonObject, command: string): CommandResult | null {
  const path = stringArg(args, 'path') ?? '';
  const property = stringArg(args, 'property') ?? '';
  const type = objectAt(vm, path);
  if (type === 'none') return failure(`Device '${path}' not found`, 'DeviceNotFound');
  if (type === 'throttle-group' && property === 'limits') return null;
  return type === 'throttle-group' && !property.startsWith('x-') && property !== 'type'
    ? failure(`Property 'throttle-group.${property}' not found`)
    : notSimulated(`${command} ${path} ${property}`);
}

const qomGet: QmpCommand = {
  name: 'qom-get',
  args: PROPERTY,
  run(vm, args) {
    const refusal = refuseProperty(vm, args, 'qom-get');
    if (refusal !== null) return refusal;
    const group = vm.layer.throttleGroups.get(idOf(stringArg(args, 'path') ?? ''));
    const { limits, opSize } = group?.config ?? NO_LIMITS;
    const shown: JsonObject = { 'iops-size': opSize };
    for (const name of LIMIT_NAMES)
      for (const part of ['avg', 'max', 'burstLength'] as const)
        shown[groupKey(name, part)] = limits[name][part];
    return success(shown);
  },
};

const qomSet: QmpCommand = {
  name: 'qom-set',
  args: [...PROPERTY, required('value', 'any')],
  run(vm, args) {
    const refusal = refuseProperty(vm, args, 'qom-set');
    if (refusal !== null) return refusal;
    const group = vm.layer.throttleGroups.get(idOf(stringArg(args, 'path') ?? ''));
    const { value } = args;
    if (group === undefined || !isJsonObject(value))
      return failure("Invalid parameter type for 'limits', expected: object");
    const misfit = checkMembers(LIMIT_MEMBERS, value, {
      path: 'limits',
      name: 'limits',
      isText: false,
    });
    if (misfit?.kind === 'not simulated') return notSimulated(`qom-set: ${misfit.what}`);
    if (misfit !== null) return failure(misfit.desc);
    const config = configOf(group.config, { limits: value });
    const wrong = refuseConfig(config);
    if (wrong === null) setConfig(group, config);
    return outcome(wrong);
  },
};

const qomList: QmpCommand = {
  name: 'qom-list',
  args: [required('path', 'string')],
  run(vm, args) {
    const path = stringArg(args, 'path') ?? '';
    if (path !== '/objects') return notSimulated(`qom-list ${path}`);
    const { throttleGroups, iothreads } = vm.layer;
    return success([
      { name: 'type', type: 'string' },
      ...[...iothreads.keys()].map((name) => ({ name, type: 'child<iothread>' })),
      ...[...throttleGroups.keys()].map((name) => ({ name, type: 'child<throttle-group>' })),
    ]);
  },
};

export const objectCommands: readonly QmpCommand[] = [
  objectAdd,
  objectDel,
  qomGet,
  qomSet,
  qomList,
];
