// The log: the same events as the timeline, as lines of text.
import { createMachine, runLab } from '@dmsim/host';
import { writeLog } from '@dmsim/observe';
import { expect, it } from 'vitest';

const LAB = `modprobe brd rd_nr=1 rd_size=64
dmsetup create m --table "0 128 linear /dev/ram0 0"
dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none
dmsetup suspend m
`;

function logOf(): string {
  const machine = createMachine();
  let text = '';
  const log = writeLog(machine, (part) => (text += part));
  runLab(machine, { name: 'lab.sh', text: LAB, onOutput: () => undefined });
  log.finish();
  return text;
}

it('says in order what happened, with the names that people gave', () => {
  const words = logOf()
    .split('\n')
    .map((line) => line.replace(/^\d+\.\d{6} /, ''));
  let from = 0;
  const at = (text: string): number => {
    const found = words.findIndex((line, i) => i >= from && line.includes(text));
    from = Math.max(from, found);
    return found;
  };
  const order = [
    'runs dmsetup create m --table 0 128 linear /dev/ram0 0',
    'becomes live',
    'is submitted to m: READ 0+8',
    'goes from m to ram0',
    'succeeds: its submitter is told',
    'm is suspended: nothing is in flight',
  ].map(at);
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

it('starts each line with the instant and the trace point', () => {
  for (const line of logOf().trimEnd().split('\n')) expect(line).toMatch(/^\d+\.\d{6} [a-z_]+ +\S/);
});

it('is the same for the same run', () => {
  expect(logOf()).toBe(logOf());
});

/** A disk of a remote port is asked about each second while it is blocked, and each five seconds when it has failed. */
const DAEMON_LAB = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
udevadm settle
simctl fc host0
printf 'defaults {\\n polling_interval 5\\n find_multipaths no\\n fast_io_fail_tmo 5\\n}\\n' > /etc/multipath.conf
multipathd
sleep 27
simctl fc lose rport-0:0-0
sleep 30
simctl fc return rport-0:0-0
sleep 60
`;

it('says when the daemon checks a path next, and that is when it does', () => {
  const machine = createMachine();
  let text = '';
  const log = writeLog(machine, (part) => (text += part));
  runLab(machine, { name: 'lab.sh', text: DAEMON_LAB, onOutput: () => undefined });
  log.finish();
  const checks = [...text.matchAll(/^(\S+) mpathd_path .* is due in (\d+) s$/gm)].map(
    ([, at, due]) => ({ at: Number(at), due: Number(due) }),
  );
  expect(new Set(checks.map(({ due }) => due))).toEqual(new Set([1, 5, 10, 20]));
  for (const [i, { at, due }] of checks.slice(0, -1).entries()) {
    const waited = (checks[i + 1]?.at ?? NaN) - at;
    expect(Math.abs(waited - due)).toBeLessThan(1);
  }
});
