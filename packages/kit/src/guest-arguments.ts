// guest-arguments.ts — The virtual machine of a schedule as arguments of qemu-system-x86_64.
import type { GuestSetup } from './schedule.ts';

export const VM = 'vm';

/** An image of the host, when the disk is one. */
export const OVERLAY_FILE = '/tmp/overlay.qcow2';

/** Selects a QEMU that has `retry` and `iohang-timeout`: the patch series, with the changes that its review asked for. */
export const VM_VARIANT = { build: 'series', retryMode: 'reviewed' } as const;

/** The arguments about the machine. `path` is the map's node. */
export function guestArguments(setup: GuestSetup, path: string): string[] {
  const { disk, iothread, ioHang, overlay = false, discard = false } = setup;
  const image = overlay
    ? [
        `file=${OVERLAY_FILE}`,
        'format=qcow2',
        'backing.driver=raw',
        'backing.file.driver=host_device',
        `backing.file.filename=${path}`,
      ]
    : [`file=${path}`, 'format=raw'];
  const drive = ['if=none', 'id=disk', ...image, ...(discard ? ['discard=unmap'] : [])];
  const device = ['drive=disk', ...policyWords(setup), ...(iothread ? ['iothread=io'] : [])];
  return [
    'qemu-system-x86_64',
    ...(iothread ? ['-object', 'iothread,id=io'] : []),
    '-drive',
    [...drive, ...(ioHang > 0 ? [`iohang-timeout=${ioHang}`] : [])].join(','),
    ...(disk === 'scsi' ? ['-device', 'virtio-scsi-pci,id=scsi'] : []),
    '-device',
    [disk === 'scsi' ? 'scsi-hd' : 'virtio-blk-pci', ...device].join(','),
  ];
}

function policyWords(setup: GuestSetup): string[] {
  const { werror, rerror, retryInterval, retryTimeout } = setup;
  return [
    `werror=${werror}`,
    `rerror=${rerror}`,
    ...(retries(setup) ? [`retry_interval=${retryInterval}`, `retry_timeout=${retryTimeout}`] : []),
  ];
}

export const retries = ({ werror, rerror }: GuestSetup): boolean =>
  werror === 'retry' || rerror === 'retry';

export const stopsForErrors = ({ werror, rerror }: GuestSetup): boolean =>
  werror === 'stop' || rerror === 'stop';

/** The name of the disk in the guest. */
export const guestDevice = ({ disk }: GuestSetup): string =>
  disk === 'scsi' ? '/dev/sda' : '/dev/vda';
