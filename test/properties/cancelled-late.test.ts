// A job of QEMU that is cancelled between its last step and its exit, which one order in some hundred brings about.
import { chooserOf, runOnce } from '@dmsim/kit';
import { expect, it } from 'vitest';

const LAB = String.raw`modprobe scsi_debug add_host=4 dev_size_mb=8 vpd_use_hostno=0
p0=sda; d0=$(cat /sys/block/sda/dev)
p1=sdb; d1=$(cat /sys/block/sdb/dev)
p2=sdc; d2=$(cat /sys/block/sdc/dev)
p3=sdd; d3=$(cat /sys/block/sdd/dev)
sleep 0.1
simctl latency $p0 fixed 0us
simctl latency $p1 fixed 0us
simctl latency $p2 fixed 0us
simctl latency $p3 fixed 0us
dmsetup create mp --table "0 1024 linear $d0 0"
export DMSIM_QEMU_BUILD=series DMSIM_RETRY_MODE=reviewed
truncate -s 524288 /tmp/target.raw
qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -m 256 -drive if=none,id=disk,file=/dev/mapper/mp,format=raw -device virtio-blk-pci,drive=disk,werror=report,rerror=report -qmp unix:/run/qmp,server=on,wait=off
guest vm true
qmp /run/qmp '{"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"target","file":{"driver":"file","filename":"/tmp/target.raw"}}}' >/dev/null 2>&1
qmp /run/qmp '{"execute":"blockdev-backup","arguments":{"job-id":"job","device":"disk","target":"target","sync":"full","on-source-error":"report"}}' >/dev/null 2>&1 &
qmp /run/qmp '{"execute":"block-job-cancel","arguments":{"device":"job","force":true}}' >/dev/null 2>&1 &
wait
`;

const SEED = 572;

it('ends once', () => {
  const setup = {
    lab: { name: 'red.sh', text: LAB, args: [] },
    slack: 1e6,
    variesCosts: true,
    requeue: 'deferred-head',
    selectors: [],
  } as const;
  const { outcome } = runOnce(setup, SEED, chooserOf({ seed: SEED, choices: [] }, 'random'));
  expect(outcome).toMatchObject({ ending: { kind: 'exited', status: 0 }, broken: [] });
});
