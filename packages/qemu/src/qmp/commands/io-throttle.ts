// io-throttle.ts — block_set_io_throttle. Mirrors blockdev.c: qmp_block_set_io_throttle.
import type { BlockBackend } from '../../block/backend.ts';
import { throttleBackend } from '../../block/backend.ts';
import type { ThrottleLimits } from '../../block/throttle-group.ts';
import { createThrottleGroup } from '../../block/throttle-group.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, numberArg, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { foreign, optional, required } from '../qapi.ts';

const RATES = ['bps', 'bps_rd', 'bps_wr', 'iops', 'iops_rd', 'iops_wr'] as const;
const MAX = 1e15;

export const blockSetIoThrottle: QmpCommand = {
  name: 'block_set_io_throttle',
  args: [
    optional('device', 'string'),
    optional('id', 'string'),
    ...RATES.map((name) => required(name, 'integer')),
    // Limits of bursts.
    ...foreign('bps_max', 'bps_rd_max', 'bps_wr_max', 'iops_max', 'iops_rd_max', 'iops_wr_max'),
    ...foreign('bps_max_length', 'bps_rd_max_length', 'bps_wr_max_length', 'iops_max_length'),
    ...foreign('iops_rd_max_length', 'iops_wr_max_length', 'iops_size'),
    optional('group', 'string'),
  ],
  needsMachine: true,
  run(vm, args): CommandResult {
    const blk = findBackend(vm, args);
    if ('kind' in blk) return blk;
    const limits = limitsOf(args);
    const refusal = refuseLimits(limits);
    if (refusal !== null) return failure(refusal);
    const name = stringArg(args, 'group') ?? stringArg(args, 'device') ?? stringArg(args, 'id');
    const isLimited = Object.values(limits).some((limit) => limit !== 0);
    const group = isLimited ? createThrottleGroup(vm.sim, name ?? '', withoutZeroes(limits)) : null;
    throttleBackend(blk, group);
    return success();
  },
};

/** Reads the limits; 0 means no limit. */
function limitsOf(args: JsonObject): ThrottleLimits {
  const rate = (name: (typeof RATES)[number]): number => numberArg(args, name) ?? 0;
  return {
    bps: rate('bps'),
    bpsRead: rate('bps_rd'),
    bpsWrite: rate('bps_wr'),
    iops: rate('iops'),
    iopsRead: rate('iops_rd'),
    iopsWrite: rate('iops_wr'),
  };
}

function refuseLimits(limits: ThrottleLimits): string | null {
  const { bps, bpsRead, bpsWrite, iops, iopsRead, iopsWrite } = limits;
  if ((bps > 0 && bpsRead + bpsWrite > 0) || (iops > 0 && iopsRead + iopsWrite > 0))
    return 'bps/iops/max total values and read/write values cannot be used at the same time';
  return Object.values(limits).some((limit: number) => limit < 0 || limit > MAX)
    ? `bps/iops/max values must be within [0, ${MAX}]`
    : null;
}

const withoutZeroes = (limits: ThrottleLimits): ThrottleLimits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [name, limit === 0 ? Infinity : limit]),
  ) as unknown as ThrottleLimits;

/** Finds a backend by the name of its drive or of its device. */
function findBackend(vm: Vm, args: JsonObject): BlockBackend | CommandResult {
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
