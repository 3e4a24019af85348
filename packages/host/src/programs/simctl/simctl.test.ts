// simctl.test.ts — Each verb does what its help says, and says where and what when it can't.
import { describe, expect, it } from 'vitest';

import { createMachine } from '../../create-machine.ts';
import type { MachineOptions } from '../../create-machine.ts';
import { runLab } from '../../run-lab.ts';
import { parseNanos, parseRate } from './units.ts';

const DISKS =
  'modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0\n';

/** Returns the output of a lab on a machine with two disks. */
function lab(text: string, options: MachineOptions = {}): string {
  const decoder = new TextDecoder();
  let output = '';
  const { outcome, violations } = runLab(createMachine(options), {
    name: 'lab.sh',
    text: DISKS + text,
    onOutput: (_fd, bytes) => {
      output += decoder.decode(bytes, { stream: true });
    },
  });
  expect([outcome.kind, violations]).toEqual(['exited', []]);
  return output;
}

/** Virtual time of ten reads, in seconds. */
const TIMED = `reads() {
  local from=$(simctl time)
  dd if=$1 of=/dev/null bs=\${2:-4096} count=10 iflag=direct status=none
  echo "$from $(simctl time)" | awk '{ printf "%.4f\\n", $2 - $1 }'
}
`;

describe('units', () => {
  it.each([
    ['200us', 200e3],
    ['1.5ms', 1.5e6],
    ['10s', 10e9],
    ['2min', 120e9],
    ['0', 0],
    ['10', undefined],
    ['-1s', undefined],
    ['1m', undefined],
    ['s', undefined],
  ])('%s is a time or not', (word, nanos) => {
    expect(parseNanos(word)).toBe(nanos);
  });

  it.each([
    ['100MB/s', 100e6],
    ['1GiB/s', 2 ** 30],
    ['8Gbit/s', 1e9],
    ['0MB/s', undefined],
    ['100MB', undefined],
    ['fast', undefined],
  ])('%s is a rate or not', (word, rate) => {
    expect(parseRate(word)).toBe(rate);
  });
});

describe('simctl latency', () => {
  it('makes each command take its time, on that disk alone', () => {
    const [slow, fast] = lab(
      `${TIMED}simctl latency sda fixed 10ms\nreads /dev/sda\nreads /dev/sdb`,
    ).split('\n');
    expect(Number(slow) - Number(fast)).toBeCloseTo(0.1, 6);
  });

  it.each(['exponential 10ms', 'lognormal 10ms 0.5'])(
    'draws from a stream of each disk: %s',
    (model) => {
      const set = `${TIMED}simctl latency sda ${model}\n`;
      const alone = lab(`${set}reads /dev/sda`);
      const beside = lab(
        `${set}simctl latency sdb ${model}\nreads /dev/sdb > /dev/null\nreads /dev/sda`,
      );
      const again = lab(
        `${set}reads /dev/sda > /dev/null\nsimctl latency sda ${model}\nreads /dev/sda`,
      );
      expect([beside, again]).toEqual([alone, alone]);
      expect(lab(`${set}reads /dev/sda`, { seed: 2 })).not.toBe(alone);
      expect(lab(`simctl seed 2\n${set}reads /dev/sda`)).toBe(
        lab(`${set}reads /dev/sda`, { seed: 2 }),
      );
      expect(lab(`${set.replaceAll('sda', 'sdb')}reads /dev/sdb`)).not.toBe(alone);
    },
  );
});

describe('simctl bandwidth', () => {
  it('adds what the bytes take, whatever comes first, until it is off', () => {
    const [both, base] = lab(
      `${TIMED}simctl bandwidth sda 1MB/s
simctl latency sda fixed 10ms
reads /dev/sda 10240
simctl bandwidth sda off
reads /dev/sda 10240`,
    ).split('\n');
    expect(Number(both) - Number(base)).toBeCloseTo(0.1024, 3);
  });
});

describe('simctl depth', () => {
  it('is what sysfs says, and no more than the host can queue', () => {
    const text = lab(`simctl depth /dev/sda 3
cat /sys/block/sda/device/queue_depth
simctl depth sda 100000; echo $?`);
    expect(text).toMatch(
      /^3\nsimctl depth: 100000: not a number from 1 to \d+, what its host can queue\n1\n$/,
    );
  });
});

describe('simctl at', () => {
  it("runs a command later, beside the lab, and its output is the lab's", () => {
    expect(
      lab(`simctl at 10s bash -c 'echo later; simctl time'
simctl at 5s echo first > /tmp/f
echo now
wait
sleep 6
cat /tmp/f`),
    ).toMatch(/^now\nfirst\nlater\n10\.0\d+\n$/);
  });

  it('keeps the run going until the command is done', () => {
    expect(lab('simctl at 1h simctl time')).toMatch(/^3600\.0\d+\n$/);
  });
});

describe('simctl fc', () => {
  it('loses a port: I/O waits, fails after fast_io_fail_tmo, and the disk goes after dev_loss_tmo', () => {
    expect(
      lab(`simctl fc host0 host1
ls /sys/class/fc_remote_ports
cd /sys/class/fc_remote_ports/rport-0:0-0
cat port_state fast_io_fail_tmo dev_loss_tmo
echo 5 > fast_io_fail_tmo
echo 20 > dev_loss_tmo
simctl fc lose rport-0:0-0
cat port_state /sys/block/sda/device/state
( dd if=/dev/sda of=/dev/null bs=512 count=1 iflag=direct status=none 2>/dev/null; echo "read: $?" ) &
sleep 4; echo "4 s"
sleep 2; cat /sys/block/sda/device/state
sleep 16; cat port_state
ls /sys/block | grep -v loop
simctl fc return rport-0:0-0
cat port_state
ls /sys/block | grep -v loop`),
    ).toBe(`rport-0:0-0
rport-1:0-0
Online
off
60
Blocked
blocked
4 s
read: 1
transport-offline
Not Present
sdb
Online
sda
sdb
`);
  });
});

describe('simctl order', () => {
  it('changes who comes first from now on', () => {
    const text = `for i in 1 2 3 4 5 6; do echo $i >> /tmp/x & done; wait; tr -d '\\n' < /tmp/x; rm /tmp/x\n`;
    expect(lab(text)).toBe('123456');
    const seeds = [1, 2, 3].map((seed) => lab(`simctl order random ${seed}\n${text}`));
    expect(new Set(seeds).size).toBeGreaterThan(1);
    expect(lab(`simctl order random 2\n${text}`)).toBe(seeds[1]);
    expect(lab(`simctl order random 2\n${text}simctl order fifo\n${text}`)).toBe(
      `${seeds[1]}123456`,
    );
  });
});

describe('simctl', () => {
  it('prints the seed and the time', () => {
    expect(lab('simctl seed; sleep 2; simctl time', { seed: 7 })).toMatch(/^7\n2\.\d{9}\n$/);
  });

  it('has help', () => {
    expect(lab('simctl --help')).toMatch(/^Usage: simctl VERB[^]*latency DISK fixed TIME[^]*time/);
  });

  it.each([
    ['', "simctl: nothing to do (try 'simctl --help')\n2\n"],
    ['sleep 1', "simctl: sleep: no such verb (try 'simctl --help')\n2\n"],
    ['latency sdz fixed 1ms', 'simctl latency: sdz: no such disk\n1\n'],
    ['latency sda fixed 10', 'simctl latency: 10: not a time, such as 200us, 1.5ms or 10s\n1\n'],
    ['latency sda lognormal 1ms wide', 'simctl latency: wide: not a sigma, such as 0.5\n1\n'],
    [
      'bandwidth sda',
      'simctl bandwidth: takes a disk and a rate; it is\n  simctl bandwidth DISK RATE\n  simctl bandwidth DISK off\n2\n',
    ],
    [
      'bandwidth sda 1MB',
      'simctl bandwidth: 1MB: not a rate, such as 100MB/s, 1GiB/s or 8Gbit/s\n1\n',
    ],
    ['at 1s cd /', "simctl at: cd: no such program; for shell words it is bash -c 'cd ...'\n1\n"],
    ['order random x', 'simctl order: x: not a seed from 0 to 2147483647\n1\n'],
    ['fc host9', 'simctl fc: host9: no such SCSI host\n1\n'],
    ['fc lose rport-0:0-0', 'simctl fc: rport-0:0-0: no such remote port\n1\n'],
  ])('refuses `%s` and says why', (args, said) => {
    expect(lab(`simctl ${args}; echo $?`)).toBe(said);
  });

  it('says of other disks what they have instead', () => {
    expect(lab('modprobe brd rd_nr=1; simctl latency ram0 fixed 1ms; echo $?')).toBe(
      'simctl latency: ram0: not a SCSI disk; ram disks take no time, null_blk has parameters\n1\n',
    );
  });
});
