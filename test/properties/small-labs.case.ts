// small-labs.case.ts — Labs of test/kernel, cut down to the few commands that can race, for running in every order.

const TWO_PATHS =
  'modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0';
const RAM_DISK = 'modprobe brd rd_nr=1 rd_size=4096';
const WRITE =
  'w() { dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none 2>/dev/null; echo "rc=$?"; }';
const table = (features: string, selector = 'round-robin 0 2 1 8:0 1 8:16 1'): string =>
  `dmsetup create m --table "0 16384 multipath ${features} 0 1 1 ${selector}"`;
const QUEUEING = '3 queue_if_no_path queue_mode bio';
const NO_PATH = [
  'dmsetup message m 0 "fail_path 8:0"',
  'dmsetup message m 0 "fail_path 8:16"',
].join('\n');

export interface SmallLab {
  readonly lines: readonly string[];
  /** Its outputs, one for each way in which it can end. */
  readonly prints: readonly string[];
  /**
   * `all`: it is so small that all its orders can be run. `reduced`: those that are not others in other words.
   * @defaultValue only those with few deviations
   */
  readonly orders?: 'all' | 'reduced';
  /** Choices other than usual that each of these ways can be reached with, unless all orders are run. @defaultValue 2 */
  readonly deviations?: number;
}

/** By the name of the lab that each is cut from. */
export const SMALL_LABS: Readonly<Record<string, SmallLab>> = {
  'noflush-suspend-waits-for-in-flight': {
    lines: [
      TWO_PATHS,
      WRITE,
      table(QUEUEING),
      'w & dmsetup suspend --noflush m; dmsetup resume m; wait',
    ],
    prints: ['rc=0\n'],
    orders: 'reduced',
  },
  'in-flight-failure-retried-during-noflush': {
    lines: [
      TWO_PATHS,
      WRITE,
      table(QUEUEING),
      'echo offline > /sys/block/sda/device/state',
      'w & dmsetup suspend --noflush m; dmsetup resume m; wait',
    ],
    prints: ['rc=0\n'],
  },
  'fail-if-no-path-forgets-the-saved-flag': {
    lines: [
      TWO_PATHS,
      table(QUEUEING),
      'dmsetup message m 0 fail_if_no_path & dmsetup suspend --noflush m; wait; dmsetup resume m; dmsetup table m',
    ],
    prints: [
      '0 16384 multipath 3 retain_attached_hw_handler queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1 \n',
      'device-mapper: message ioctl on m  failed: Device or resource busy\nCommand failed.\n0 16384 multipath 4 queue_if_no_path retain_attached_hw_handler queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1 \n',
    ],
    orders: 'all',
  },
  'interrupted-noflush-suspend-fails-queued': {
    lines: [
      RAM_DISK,
      WRITE,
      'dmsetup create slow --table "0 8192 delay 1:0 0 50"',
      'dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"',
      'w & sleep 0.01; timeout 0.02 dmsetup suspend --noflush m; echo "suspend rc=$?"; wait',
    ],
    prints: ['suspend rc=124\nrc=0\n'],
    orders: 'all',
  },
  'ioctl-waits-for-a-path': {
    lines: [
      TWO_PATHS,
      table('1 queue_if_no_path'),
      NO_PATH,
      '(sg_inq /dev/mapper/m > /dev/null; echo "inquiry rc=$?") & dmsetup message m 0 "reinstate_path 8:0"; wait',
    ],
    prints: ['inquiry rc=0\n'],
  },
  'growing-and-shrinking': {
    lines: [
      RAM_DISK,
      'dmsetup create m --table "0 1000 linear 1:0 0"; dmsetup load m --table "0 2000 linear 1:0 0"',
      'blockdev --getsz /dev/mapper/m & dmsetup resume m; wait',
    ],
    prints: ['1000\n', '2000\n'],
    orders: 'all',
  },
  'groups-by-hand': {
    lines: [
      TWO_PATHS,
      WRITE,
      table('0', 'round-robin 0 1 1 8:0 1')
        .replace(' 1 1 round', ' 2 1 round')
        .replace(/"$/, ' round-robin 0 1 1 8:16 1"'),
      'w & dmsetup message m 0 switch_group 2; wait; w; dmsetup status m',
    ],
    prints: ['rc=0\nrc=0\n0 16384 multipath 2 0 0 0 2 2 E 0 1 0 8:0 A 0 A 0 1 0 8:16 A 0 \n'],
  },
  'queue-length-counts-in-flight': {
    lines: [
      TWO_PATHS,
      WRITE,
      table(QUEUEING, 'queue-length 0 2 1 8:0 1 8:16 1'),
      'w & w & dmsetup message m 0 "fail_path 8:0"; wait; dmsetup status m',
    ],
    prints: ['rc=0\nrc=0\n0 16384 multipath 2 0 0 0 1 1 A 0 2 1 8:0 F 1 0 8:16 A 0 0 \n'],
  },
  'delay-holds-and-suspend-releases': {
    lines: [
      RAM_DISK,
      WRITE,
      'dmsetup create m --table "0 8192 delay 1:0 0 1000"',
      'w & dmsetup suspend m; echo "suspended"; dmsetup resume m; wait',
    ],
    prints: ['rc=0\nsuspended\n', 'suspended\nrc=0\n'],
    orders: 'reduced',
  },
  'error-target-replaces-multipath': {
    lines: [
      TWO_PATHS,
      WRITE,
      table(QUEUEING),
      NO_PATH,
      'dmsetup load m --table "0 16384 error"',
      'w & dmsetup suspend --noflush m; dmsetup resume m; wait',
    ],
    prints: ['rc=1\n'],
    orders: 'reduced',
  },
  'all-paths-lost-without-queueing': {
    lines: [
      TWO_PATHS,
      WRITE,
      table('2 queue_mode bio'),
      'w & dmsetup message m 0 "fail_path 8:0" & dmsetup message m 0 "fail_path 8:16"; wait; w',
    ],
    prints: ['rc=1\nrc=1\n', 'rc=0\nrc=1\n'],
  },
  'fail-path-twice': {
    lines: [
      TWO_PATHS,
      table('0'),
      'dmsetup message m 0 "fail_path 8:0" & dmsetup message m 0 "fail_path 8:0"; wait; dmsetup status m',
    ],
    prints: ['0 16384 multipath 2 1 0 0 1 1 E 0 2 0 8:0 F 1 8:16 A 0 \n'],
    orders: 'all',
  },
};

/** A shell looks at a device at the very instant at which it changes. */
export const RACES_WITH_DEVICES: Readonly<Record<string, SmallLab>> = {
  'a look at a map that is about to be suspended': {
    lines: [
      'dmsetup create m --table "0 8 zero"',
      'dmsetup suspend m & /bin/true; read -r s < /sys/block/dm-0/dm/suspended; echo $s; wait',
    ],
    prints: ['0\n', '1\n'],
    orders: 'all',
  },
  'two looks at a map whose I/O is about to end': {
    lines: [
      RAM_DISK,
      'dmsetup create m --table "0 8192 delay 1:0 0 1"',
      'look() { read -r _ _ _ _ writes _ < /sys/block/dm-0/stat; printf "$writes "; }',
      'dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & /bin/true; /bin/true',
      'look; (:); look; wait',
    ],
    prints: ['0 0 ', '0 1 ', '1 1 '],
    orders: 'reduced',
    deviations: 4,
  },
};

/** One process looks at another, or acts on it, at the very instant at which that would go on by itself. */
export const RACES_OF_PROCESSES: Readonly<Record<string, SmallLab>> = {
  'a signal at the end of a sleep': {
    lines: ['sleep 0.01 & p=$!', 'sleep 0.01', 'kill $p 2>/dev/null', 'wait $p; echo "rc=$?"'],
    prints: ['rc=0\n', 'rc=143\n'],
    orders: 'all',
  },
  'a look at a process that is about to wake up': {
    lines: [
      'sleep 0.01 & p=$!',
      'sleep 0.01',
      '{ read -r _ _ s _ < /proc/$p/stat || s=gone; } 2>/dev/null; echo $s; wait',
    ],
    prints: ['S\n', 'R\n', 'gone\n'],
    orders: 'all',
  },
  'a time-out that comes with the end of its program': {
    lines: ['timeout 0.01 sleep 0.009 & wait $!; echo "rc=$?"'],
    prints: ['rc=0\n', 'rc=124\n'],
    orders: 'all',
  },
};
