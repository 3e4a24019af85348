// Jobs whose I/Os differ in size read what was written, and no invariant takes the rest of a job's buffer for data.
import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

it.each(['--bs=4k,64k', '--bsrange=4k-64k', '--bssplit=4k/60:64k/40'])('%s', (sizes) => {
  const { outcome, violations } = runLab(createMachine(), {
    name: 'lab.sh',
    text: `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
simctl latency sda exponential 1ms
fio --name=mixed --filename=/dev/sda --ioengine=libaio --direct=1 --rw=randrw ${sizes} --iodepth=32 --runtime=20ms --time_based`,
    onOutput: () => {},
  });
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  expect(violations).toEqual([]);
});
