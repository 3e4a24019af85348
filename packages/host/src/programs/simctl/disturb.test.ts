import { createMachine, runLab } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

function run(lines: string): string {
  let output = '';
  const { outcome } = runLab(createMachine(), {
    name: 'lab.sh',
    text: `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
read_one() { dd if=/dev/$1 of=/dev/null bs=4096 count=1 iflag=direct status=none; }
took() { from=$(simctl time); "$@"; awk "BEGIN { printf \\"%.1f ms\\\\n\\", 1000 * ($(simctl time) - $from) - 3 }"; }
simctl latency sda fixed 10ms
simctl latency sdb fixed 10ms
${lines}`,
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
  });
  expect(outcome).toMatchObject({ kind: 'exited' });
  return output;
}

/** `12.5 ms` */
const ms = (text = ''): number => Number.parseFloat(text);

describe('simctl', () => {
  it('brownout makes a disk slower for a while', () => {
    const [before, during, after] = run(
      'took read_one sda; simctl brownout sda 5 1s; took read_one sda; sleep 1; took read_one sda',
    ).split('\n');
    expect(ms(during) - ms(before)).toBeCloseTo(40, 0);
    expect(after).toBe(before);
  });

  it('flap takes a path away and brings it back, as often as it is told', () => {
    const states = run(`simctl flap sda 1s 2s 2
for i in 1 2 3 4 5 6 7; do sleep 0.9; cat /sys/block/sda/device/state; done | uniq -c | awk '{ print $2 }'`);
    expect(states.split('\n').slice(0, 5)).toEqual([
      'offline',
      'running',
      'offline',
      'running',
      '',
    ]);
    const refusals = run(
      'simctl flap sda 1s; simctl flap sdz 1s 1s 1; simctl flap sda 0s 1s 1; simctl flap sda 1s 1s 0',
    );
    expect(refusals).toMatch(
      /takes a disk.*\n.*DISK DOWN UP TIMES[^]*sdz: no such disk\n.*0s: not a time.*\n.*0: not a number from 1/,
    );
  });

  it('stall holds the commands of all its disks', () => {
    const [before, during] = run(
      'took read_one sdb; simctl stall 500ms sda sdb; took read_one sdb',
    ).split('\n');
    expect(ms(during) - ms(before)).toBeGreaterThan(480);
  });

  it('share lets two disks wait for one controller', () => {
    const both = 'both() { read_one sda & read_one sdb & wait; }; took both';
    const apart = Number.parseFloat(run(both));
    const together = Number.parseFloat(run(`simctl share controller depth 1 sda sdb; ${both}`));
    expect(together - apart).toBeCloseTo(10, 0);
  });

  it('share keeps what is shared when a disk is given another model', () => {
    const both = 'both() { read_one sda & read_one sdb & wait; }; took both';
    const apart = Number.parseFloat(run(both));
    const share = 'simctl share controller depth 1 sda sdb; simctl latency sda fixed 10ms';
    expect(Number.parseFloat(run(`${share}; ${both}`)) - apart).toBeCloseTo(10, 0);
  });

  it('latency takes samples from a file, or from a latency log of fio', () => {
    const took = run(`printf '# measured\\n20ms\\n' > /tmp/a; simctl latency sda empirical /tmp/a
took read_one sda
printf '5, 30000000, 0, 4096, 0\\n' > /tmp/b; simctl latency sda empirical /tmp/b
took read_one sda`).split('\n');
    expect(ms(took[1]) - ms(took[0])).toBeCloseTo(10, 0);
  });

  it.each([
    ['simctl brownout sda 0 1s', 'simctl brownout: 0: not a factor, such as 10'],
    ['simctl brownout sda 2', 'simctl brownout: takes a disk, a factor and a time'],
    ['simctl stall 1s', 'simctl stall: takes a time and disks'],
    ['simctl share port sda', 'simctl share: what is shared: a rate, a depth or both'],
    ['simctl share port depth 0 sda', 'simctl share: 0: not a number from 1 to 4096'],
    ['simctl share port rate fast sda', 'simctl share: fast: not a rate'],
    ['simctl latency sda pareto 1ms 0', 'simctl latency: 0: not an alpha above 0'],
    ['simctl latency sda bimodal 1ms 2ms 200', 'simctl latency: 200: not a percentage'],
    ['simctl latency sda empirical /tmp/no', 'simctl latency: /tmp/no: No such file or directory'],
    ['echo x > /tmp/x; simctl latency sda empirical /tmp/x', 'simctl latency: /tmp/x:1: neither'],
    ['echo > /tmp/x; simctl latency sda empirical /tmp/x', 'simctl latency: /tmp/x: no samples'],
    ['simctl measure x', 'simctl measure: takes a name and a number'],
    ['simctl measure x y', 'simctl measure: y: not a number'],
    ['simctl mark', 'simctl mark: takes a text'],
  ])('%s is refused', (line, message) => {
    expect(run(line)).toContain(message);
  });
});
