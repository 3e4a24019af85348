// objects.ts — object-add and object-del of throttle groups and iothreads. Mirrors qom/qom-qmp-cmds.c, qom/object_interfaces.c.
import { NO_LIMITS, refuseConfig } from '../../block/throttle-config.ts';
import { addIothread, addThrottleGroup } from '../../vm/add-object.ts';
import { isWellformed } from '../../vm/identifier.ts';
import { OBJECT_TYPES } from '../../vm/object-option.ts';
import type { QmpCommand } from '../command.ts';
import { failure, numberArg, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { QapiType, QapiUnion } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { configOf, LIMIT_MEMBERS } from './qom.ts';

const LIMITS_TYPE: QapiType = { kind: 'struct', members: LIMIT_MEMBERS };

const THREAD_KEYS = [
  'poll-max-ns',
  'poll-grow',
  'poll-shrink',
  'aio-max-batch',
  'thread-pool-min',
  'thread-pool-max',
] as const;

/** The threads that a pool may have without being told. */
const MOST_THREADS = 64;

const OBJECT: QapiUnion = {
  kind: 'union',
  tag: 'qom-type',
  members: [required('qom-type', OBJECT_TYPES), required('id', 'string')],
  branches: {
    'throttle-group': [
      optional('limits', LIMITS_TYPE),
      ...LIMIT_MEMBERS.map(({ name }) => optional(`x-${name}`, 'integer')),
    ],
    iothread: THREAD_KEYS.map((name) => optional(name, 'integer')),
  },
};

/** Why an iothread can't have these settings, or null. */
function refuseSettings(args: JsonObject): string | null {
  const negative = THREAD_KEYS.find((name) => (numberArg(args, name) ?? 0) < 0);
  if (negative !== undefined) return `${negative} value must be in range [0, 9223372036854775807]`;
  const least = numberArg(args, 'thread-pool-min') ?? 0;
  const most = numberArg(args, 'thread-pool-max') ?? MOST_THREADS;
  return least > most ? 'bad thread-pool-min/thread-pool-max values' : null;
}

const objectAdd: QmpCommand = {
  name: 'object-add',
  args: OBJECT,
  run(vm, args) {
    const id = stringArg(args, 'id') ?? '';
    const { throttleGroups, iothreads } = vm.layer;
    if (!isWellformed(id)) return failure("Parameter 'id' expects an identifier");
    const config = configOf(NO_LIMITS, args);
    const refusal = refuseConfig(config);
    if (refusal !== null) return failure(refusal);
    if (throttleGroups.has(id) || iothreads.has(id))
      return failure(`attempt to add duplicate property '${id}' to object (type 'container')`);
    if (stringArg(args, 'qom-type') === 'iothread') {
      const wrong = refuseSettings(args);
      if (wrong !== null) return failure(wrong);
      const settings = addIothread(vm, id);
      for (const name of THREAD_KEYS) settings[name] = numberArg(args, name) ?? settings[name];
    } else addThrottleGroup(vm, id, config);
    return success();
  },
};

const objectDel: QmpCommand = {
  name: 'object-del',
  args: [required('id', 'string')],
  run({ layer, objects }, args) {
    const id = stringArg(args, 'id') ?? '';
    const group = layer.throttleGroups.get(id);
    if (group !== undefined && group.members.length > 0)
      return failure(`object '${id}' is in use, can not be deleted`);
    // A device that an iothread serves keeps it.
    const found = layer.throttleGroups.delete(id) || layer.iothreads.delete(id);
    objects.delete(id);
    return found ? success() : failure(`object '${id}' not found`);
  },
};

export const objectCommands: readonly QmpCommand[] = [objectAdd, objectDel];
