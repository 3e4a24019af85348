// io-throttle.ts — block_set_io_throttle. Mirrors blockdev.c: qmp_block_set_io_throttle.
import { throttleBackend } from '../../block/backend-requests.ts';
import type { BlockBackend } from '../../block/backend.ts';
import type { LimitName, ThrottleConfig } from '../../block/throttle-config.ts';
import {
  changeConfig,
  isLimited,
  LIMIT_NAMES,
  NO_LIMITS,
  refuseConfig,
} from '../../block/throttle-config.ts';
import { createThrottleGroup, setConfig } from '../../block/throttle-group.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, numberArg, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { optional, required } from '../qapi.ts';

/** The names of the limits in this command, and in what query-block shows. */
export const LIMIT_KEYS: Readonly<Record<LimitName, string>> = {
  bps: 'bps',
  bpsRead: 'bps_rd',
  bpsWrite: 'bps_wr',
  iops: 'iops',
  iopsRead: 'iops_rd',
  iopsWrite: 'iops_wr',
};

const names = (suffix: string): string[] => LIMIT_NAMES.map((name) => LIMIT_KEYS[name] + suffix);

export const blockSetIoThrottle: QmpCommand = {
  name: 'block_set_io_throttle',
  args: [
    optional('device', 'string'),
    optional('id', 'string'),
    ...names('').map((name) => required(name, 'integer')),
    ...names('_max').map((name) => optional(name, 'integer')),
    ...names('_max_length').map((name) => optional(name, 'integer')),
    optional('iops_size', 'integer'),
    optional('group', 'string'),
  ],
  needsMachine: true,
  run(vm, args): CommandResult {
    const blk = findBackend(vm, args);
    if ('kind' in blk) return blk;
    if (!blk.inserted) return failure('Device has no medium');
    const suffix = { avg: '', max: '_max', burstLength: '_max_length' } as const;
    const config = changeConfig(
      NO_LIMITS,
      (name, part) => numberArg(args, LIMIT_KEYS[name] + suffix[part]),
      numberArg(args, 'iops_size'),
    );
    const refusal = refuseConfig(config);
    if (refusal !== null) return failure(refusal);
    const name =
      stringArg(args, 'group') ??
      blk.throttled?.group.name ??
      stringArg(args, 'device') ??
      stringArg(args, 'id');
    limitBackend(blk, name ?? '', config);
    return success();
  },
};

/** Gives the backend limits, in the group of that name, whose other members have them, too. Without any, it leaves its group. */
export function limitBackend(blk: BlockBackend, name: string, config: ThrottleConfig): void {
  if (!isLimited(config)) {
    throttleBackend(blk, null);
    return;
  }
  const others = blk.layer.backends.map(({ throttled }) => throttled?.group);
  const there = blk.layer.throttleGroups.get(name) ?? others.find((group) => group?.name === name);
  if (there !== undefined) setConfig(there, config);
  if (there === undefined || blk.throttled?.group !== there)
    throttleBackend(blk, there ?? createThrottleGroup(blk.layer.sim, name, config));
}

/** The limits as query-block shows them; a burst only where there is one. */
export function limitsInfo({ throttled }: BlockBackend): JsonObject {
  if (throttled === null) return {};
  const { name: group, config } = throttled.group;
  const info: JsonObject = { group };
  for (const name of LIMIT_NAMES) {
    const { avg, max, burstLength } = config.limits[name];
    info[LIMIT_KEYS[name]] = avg;
    if (max === 0) continue;
    info[`${LIMIT_KEYS[name]}_max`] = max;
    info[`${LIMIT_KEYS[name]}_max_length`] = burstLength;
  }
  if (config.opSize > 0) info['iops_size'] = config.opSize;
  return info;
}

/** Finds a backend by the name of its drive or of its device. */
export function findBackend(vm: Vm, args: JsonObject): BlockBackend | CommandResult {
  const [device, id] = [stringArg(args, 'device'), stringArg(args, 'id')];
  if ((device === undefined) === (id === undefined))
    return failure("Need exactly one of 'device' and 'id'");
  const isDevice = vm.controllers.some((controller) => controller.id === id);
  const disk = vm.disks.find((one) => one.id === id || one.blk.qdev === id);
  const blk =
    device === undefined
      ? disk?.blk
      : vm.layer.backends.find(({ name }) => name !== '' && name === device);
  if (blk === undefined && !isDevice)
    return failure(`Device '${device ?? id ?? ''}' not found`, 'DeviceNotFound');
  // In QEMU, the disk of virtio-blk-pci belongs to an inner device.
  if (blk === undefined || (device === undefined && blk.qdev !== id))
    return failure('Device does not have a block device backend');
  return blk;
}
