// configured.ts — Generated configurations of failback, of the last path, and of paths that fail often, and what each of them promises.
import type { Prng } from '@dmsim/sim';
import { createPrng, streamSeed, uniformInteger } from '@dmsim/sim';

import type { Scenario } from './promises.ts';
import { firstBroken, pick } from './promises.ts';

interface Setting {
  readonly failback: 'immediate' | 'manual' | 'followover' | '8';
  readonly flushOnLastDel: 'yes' | 'no';
  readonly deferredRemove: 'yes' | 'no';
  /** How it is said that a path that fails twice in 60 s stays out of use for 10 s. */
  readonly flapping: 'delay' | 'san_path_err' | 'no';
  /** The last opener of a map without paths closes it before a path is back, or after. */
  readonly closed: 'before' | 'after';
}

const FLAPPING: Readonly<Record<Setting['flapping'], string>> = {
  delay: ' delay_watch_checks 60\\n delay_wait_checks 10\\n',
  san_path_err:
    ' san_path_err_threshold 1\\n san_path_err_forget_rate 60\\n san_path_err_recovery_time 10\\n',
  no: '',
};

/** One logical unit, of which host 0 has the better path. The group of host 1 has no other. */
const setup = ({ failback, flushOnLastDel, deferredRemove, flapping }: Setting): string => `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n polling_interval 1\\n max_polling_interval 1\\n detect_prio no\\n prio alua\\n path_grouping_policy group_by_prio\\n no_path_retry queue\\n failback ${failback}\\n flush_on_last_del ${flushOnLastDel}\\n deferred_remove ${deferredRemove}\\n${FLAPPING[flapping]}}\\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
state() { echo $2 > /sys/class/scsi_disk/$1:0:0:0/device/state; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo completed || echo FAILED; }
c() { multipathd "$@" > /dev/null; }
group() { write > /dev/null; multipathd show map mpatha topology | grep -o 'prio=[0-9]* status=active'; }
promise() { echo "$1: $2"; }
`;

/** Something that leaves no trace in what is promised. */
function step(prng: Prng): string {
  const steps = [
    'c reload map mpatha',
    'c reconfigure; sleep 3; udevadm settle; sleep 3',
    'write > /dev/null &',
    'c suspend map mpatha; sleep 1; c resume map mpatha',
    'c setmarginal path sda; c unsetmarginal map mpatha',
  ];
  return `${pick(prng, steps)}\nsleep ${uniformInteger(prng, 0, 20) / 10}`;
}

const CLOSE = `kill $holder; wait $holder; sleep 3
promise "a map that is closed" "$(dmsetup info -c --noheadings -o name mpatha 2>&1 | grep -c '^mpatha')"
`;

const SCAN = `for h in 0 1; do echo '- - -' > /sys/class/scsi_host/host$h/scan; done; sleep 3; udevadm settle; sleep 5
promise "paths after a scan" "$(dmsetup table mpatha | grep -o ' 8:[0-9]*' | wc -l)"
`;

const PROMISES = `
sleep 3; wait; c reconfigure; sleep 3; udevadm settle; sleep 3; write > /dev/null; sleep 1
promise "at first" "$(group)"
c switchgroup map mpatha group 2; sleep 4; promise "4 s after a switch by hand" "$(group)"
sleep 12; promise "16 s after it" "$(group)"
c switchgroup map mpatha group 1; sleep 1; write > /dev/null
state 0 offline; sleep 3; promise "while the better path is down" "$(group)"
state 0 running; sleep 4; promise "4 s after it came up" "$(group)"
sleep 12; promise "16 s after it came up" "$(group)"
c switchgroup map mpatha group 1; sleep 1; write > /dev/null
state 0 offline; sleep 3; state 0 running; sleep 4; promise "a path that failed twice" "$(multipathd show paths raw format '%d %t %T' | grep sda)"
sleep 12; promise "the same path later" "$(multipathd show paths raw format '%d %t %T' | grep sda)"
sleep 600 < /dev/mapper/mpatha & holder=$!; sleep 1
for h in 0 1; do echo 1 > /sys/class/scsi_disk/$h:0:0:0/device/delete; done; sleep 3; udevadm settle; sleep 2
promise "an open map without paths queues" "$(dmsetup table mpatha | grep -c queue_if_no_path)"
promise "an open map without paths" "$(dmsetup info -c --noheadings -o name mpatha)"
`;

function expected(setting: Setting): ReadonlyMap<string, readonly string[]> {
  const { failback, flushOnLastDel, deferredRemove, flapping, closed } = setting;
  const [better, other] = ['prio=50 status=active', 'prio=10 status=active'];
  const soon = failback === 'immediate' ? better : other;
  const inTime = failback === 'immediate' || failback === '8' ? better : other;
  const up = 'sda active ready';
  return new Map([
    ['at first', [better]],
    ['4 s after a switch by hand', [soon]],
    ['16 s after it', [inTime]],
    ['while the better path is down', [other]],
    ['4 s after it came up', [failback === 'followover' ? better : soon]],
    ['16 s after it came up', [failback === 'followover' ? better : inTime]],
    ['a path that failed twice', [flapping === 'no' ? up : 'sda failed delayed']],
    ['the same path later', [up]],
    ['an open map without paths queues', [flushOnLastDel === 'yes' ? '0' : '1']],
    ['an open map without paths', ['mpatha']],
    ['a map that is closed', [deferredRemove === 'yes' && closed === 'before' ? '0' : '1']],
    ['paths after a scan', ['2']],
  ]);
}

function scenario(seed: number): Scenario {
  const prng = createPrng(streamSeed(seed, 'configured'));
  const setting: Setting = {
    failback: pick(prng, ['immediate', 'manual', 'followover', '8']),
    flushOnLastDel: pick(prng, ['yes', 'no']),
    deferredRemove: pick(prng, ['yes', 'no']),
    flapping: pick(prng, ['delay', 'san_path_err', 'no']),
    closed: pick(prng, ['before', 'after']),
  };
  const steps = Array.from({ length: uniformInteger(prng, 0, 5) }, () => step(prng));
  const end = setting.closed === 'before' ? `${CLOSE}${SCAN}` : `${SCAN}${CLOSE}`;
  return {
    lab: `${setup(setting)}${steps.join('\n')}\n${PROMISES}${end}`,
    setting,
    expected: expected(setting),
  };
}

/** The first promise that a seed of `1 … seeds` finds broken, or null. */
export const judge = ({ seeds }: { readonly seeds: number }): string | null =>
  firstBroken(scenario, seeds);
