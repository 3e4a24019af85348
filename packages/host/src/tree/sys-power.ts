// sys-power.ts — Directories of a device that say the same of each: power, trace, integrity. Mirrors drivers/base/power/sysfs.c, kernel/trace/blktrace.c, block/blk-integrity.c.
import type { BlockDevice, SysfsAttributes } from '@dmsim/block';
import { shows } from '@dmsim/block';

const constants = (
  values: Readonly<Record<string, string | number>>,
): SysfsAttributes<BlockDevice> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shows(() => value)]));

export const powerAttributes: SysfsAttributes<BlockDevice> = constants({
  async: 'disabled',
  control: 'auto',
  runtime_active_kids: 0,
  runtime_active_time: 0,
  runtime_enabled: 'disabled',
  runtime_status: 'unsupported',
  runtime_suspended_time: 0,
  runtime_usage: 0,
});

/** A partition may suspend itself, in theory; nobody has allowed it to. */
export const partitionPowerAttributes: SysfsAttributes<BlockDevice> = {
  ...powerAttributes,
  autosuspend_delay_ms: { show: () => 'EIO' },
};

/** Tracing a disk (blktrace) is not simulated: it can be seen that it is off. */
export const traceAttributes: SysfsAttributes<BlockDevice> = constants({
  act_mask: 'disabled',
  enable: 0,
  end_lba: 'disabled',
  pid: 'disabled',
  start_lba: 'disabled',
});

export const integrityAttributes: SysfsAttributes<BlockDevice> = {
  ...constants({
    format: 'none',
    protection_interval_bytes: 0,
    read_verify: 1,
    tag_size: 0,
    write_generate: 1,
  }),
  device_is_integrity_capable: shows(({ name }) => (name.startsWith('dm-') ? 1 : 0)),
};
