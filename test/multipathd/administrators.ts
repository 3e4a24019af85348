// administrators.ts — Generated outages, configurations and administrators, and what the daemon promises whatever they do.
import type { Prng } from '@dmsim/sim';
import { createPrng, streamSeed, uniformInteger } from '@dmsim/sim';

import type { Scenario } from './promises.ts';
import { firstBroken, pick } from './promises.ts';

interface Setting {
  readonly noPathRetry: 'queue' | 'fail' | '6';
  readonly failback: 'immediate' | 'manual';
}

/** Two logical units over two hosts, the first of which has the better paths. */
const setup = ({ noPathRetry, failback }: Setting): string => `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n polling_interval 1\\n max_polling_interval 1\\n detect_prio no\\n prio alua\\n path_grouping_policy group_by_prio\\n no_path_retry ${noPathRetry}\\n flush_on_last_del yes\\n failback ${failback}\\n}\\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
state() { echo $2 > /sys/class/scsi_disk/$1/device/state; }
all() { for d in /sys/class/scsi_disk/*; do echo $1 > $d/device/state; done; }
lun() { for h in 0 1; do state $h:0:0:$1 $2; done; }
write() { dd if=/dev/zero of=/dev/mapper/$1 bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo completed || echo FAILED; }
c() { multipathd "$@" > /dev/null; }
promise() { echo "$1: $2"; }
`;

const PATHS = ['0:0:0:0', '1:0:0:0', '0:0:0:1', '1:0:0:1'];
const MAPS = ['mpatha', 'mpathb'];

/** The events that an array, a cable or an administrator may cause. */
function step(prng: Prng): string {
  const [path, map] = [pick(prng, PATHS), pick(prng, MAPS)];
  const steps = [
    `state ${path} offline`,
    `state ${path} running`,
    `lun ${pick(prng, [0, 1])} offline`,
    `all running`,
    `write ${map} > /dev/null &`,
    `c reconfigure; sleep 3`,
    `c reload map ${map}`,
    `c switchgroup map ${map} group 2`,
    `c del map ${map}; c add map ${map}`,
    `c disablequeueing map ${map}`,
    `c restorequeueing map ${map}`,
    `c suspend map ${map}; sleep 1; c resume map ${map}`,
    `c setmarginal path sda`,
  ];
  return `${pick(prng, steps)}\nsleep ${uniformInteger(prng, 0, 20) / 10}`;
}

const REPAIR = `all running; c unsetmarginal map mpatha; c unsetmarginal map mpathb; c restorequeueing maps; sleep 8
c add map mpatha; c add map mpathb; sleep 3; udevadm settle; sleep 6; wait
`;

const PROMISES = `
promise "paths in use" "$(multipathd show paths raw format "%t %T %o" | sort | uniq -c | tr -s ' ')"
promise "paths the kernel has failed" "$(dmsetup status | grep -c ' F ')"
promise "names given twice" "$(grep -v '^#' /etc/multipath/bindings | cut -d' ' -f1 | sort | uniq -d)"
promise "maps" "$(dmsetup ls | sort | cut -f1 | tr '\\n' ' ')"
write mpatha > /dev/null; sleep 2; write mpatha > /dev/null
promise "the better group" "$(multipathd show map mpatha topology | grep -o 'prio=50 status=active')"
state 1:0:0:0 offline; sleep 3; c reload map mpatha; sleep 2; state 1:0:0:0 running; sleep 4
promise "paths after a reload while one was down" "$(dmsetup table mpatha | grep -o ' 8:[0-9]*' | wc -l)"
state 0:0:0:0 offline; write mpatha > /dev/null; sleep 3
before=$(multipathd show maps raw format '%n %1'); for n in 1 2 3 4; do write mpatha > /dev/null; sleep 1; done
promise "group switches while nothing changed" "$([ "$before" = "$(multipathd show maps raw format '%n %1')" ] && echo none || echo some)"
state 0:0:0:0 running; sleep 4
failures=$(multipathd show map mpatha raw format %x)
lun 0 offline; write mpatha > /tmp/first & sleep 3; lun 0 running; wait; sleep 1
lun 0 offline; write mpatha > /tmp/second & sleep 4; lun 0 running; wait; sleep 4
promise "two outages of 3 and 4 s" "$(cat /tmp/first) $(cat /tmp/second)"
sleep 8; promise "failures of a map by two outages" "$(($(multipathd show map mpatha raw format %x) - failures))"
sleep 60 < /dev/mapper/mpathb & sleep 1
lun 1 offline; write mpathb > /tmp/third & for h in 0 1; do echo 1 > /sys/class/scsi_disk/$h:0:0:1/device/delete; done; sleep 3; udevadm settle; sleep 3
promise "a write when all paths were removed" "$(cat /tmp/third)"
multipathd shutdown > /dev/null; sleep 2
promise "maps that queue without a daemon" "$(dmsetup table | grep -c queue_if_no_path)"
`;

function expected({ noPathRetry, failback }: Setting): ReadonlyMap<string, readonly string[]> {
  const survives = noPathRetry === 'fail' ? 'FAILED FAILED' : 'completed completed';
  const better = 'prio=50 status=active';
  return new Map([
    ['paths in use', [' 4 active ready running']],
    ['paths the kernel has failed', ['0']],
    ['names given twice', ['']],
    ['maps', ['mpatha mpathb ']],
    ['the better group', failback === 'immediate' ? [better] : [better, '']],
    ['paths after a reload while one was down', ['2']],
    ['group switches while nothing changed', ['none']],
    ['two outages of 3 and 4 s', [survives]],
    ['failures of a map by two outages', noPathRetry === 'queue' ? ['0'] : ['2']],
    ['a write when all paths were removed', ['FAILED']],
    ['maps that queue without a daemon', ['0']],
  ]);
}

/** The lab of a seed, and what it must print. */
function scenario(seed: number): Scenario {
  const prng = createPrng(streamSeed(seed, 'administrators'));
  const setting: Setting = {
    noPathRetry: pick(prng, ['queue', '6', 'fail']),
    failback: pick(prng, ['immediate', 'immediate', 'manual']),
  };
  const steps = Array.from({ length: uniformInteger(prng, 2, 10) }, () => step(prng));
  return {
    lab: `${setup(setting)}${steps.join('\n')}\n${REPAIR}${PROMISES}`,
    setting,
    expected: expected(setting),
  };
}

/** The first promise that a seed of `1 … seeds` finds broken, or null. */
export const judge = ({ seeds }: { readonly seeds: number }): string | null =>
  firstBroken(scenario, seeds);
