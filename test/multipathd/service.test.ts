// systemctl and journalctl know multipathd.service: a lab starts and stops it as scripts do, and reads its log.
import { createMachine, runLab } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

const SETUP = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n no_path_retry queue\\n}\\n' > /etc/multipath.conf
`;

function play(script: string): { text: string; outcome: unknown } {
  let text = '';
  const { outcome } = runLab(createMachine(), {
    name: 'lab.sh',
    text: SETUP + script,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return { text, outcome };
}

describe('systemctl', () => {
  it('starts, restarts and stops the daemon, and says by its status whether it runs', () => {
    const { text } = play(`s() { systemctl "$@"; echo "$* $?"; }
s is-active multipathd; s status -q multipathd.service; s stop multipathd; s reload multipathd
s start multipathd; s is-active multipathd.service; s is-active --quiet multipathd; s start multipathd
s reload multipathd; s restart multipathd; s is-active multipathd
s stop multipathd; s is-active multipathd; multipathd show daemon; echo $?
s start multipathd; multipathd shutdown; sleep 1; s is-active multipathd
multipathd; sleep 3; s is-active multipathd; s start multipathd; s is-active multipathd
`);
    expect(text).toBe(`inactive
is-active multipathd 3
status -q multipathd.service 3
stop multipathd 0
multipathd.service is not active, cannot reload.
reload multipathd 1
start multipathd 0
active
is-active multipathd.service 0
is-active --quiet multipathd 0
start multipathd 0
reload multipathd 0
restart multipathd 0
active
is-active multipathd 0
stop multipathd 0
inactive
is-active multipathd 3
1
start multipathd 0
ok
inactive
is-active multipathd 3
inactive
is-active multipathd 3
Job for multipathd.service failed because the control process exited with error code.
See "systemctl status multipathd.service" and "journalctl -xeu multipathd.service" for details.
start multipathd 1
failed
is-active multipathd 3
`);
  });

  it('ends queueing when it stops the daemon', () => {
    const { text } = play(`systemctl start multipathd; sleep 5
dmsetup table mpatha | grep -c queue_if_no_path
systemctl stop multipathd
dmsetup table mpatha | grep -c queue_if_no_path`);
    expect(text).toBe('1\n0\n');
  });
});

describe('journalctl -u multipathd', () => {
  it('prints what the unit said', () => {
    const { text } = play(`journalctl -u multipathd -o cat
systemctl start multipathd; sleep 5; echo offline > /sys/block/sda/device/state; sleep 6
systemctl stop multipathd
journalctl -u multipathd.service -o cat --no-pager | grep -v timeouts
journalctl -umultipathd -ocat -n1`);
    expect(text).toMatchInlineSnapshot(`
      "-- No entries --
      Starting multipathd.service - Device-Mapper Multipath Device Controller...
      multipathd v0.9.4: start up
      reconfigure: setting up paths and maps
      mpatha: addmap [0 16384 multipath 1 queue_if_no_path 1 alua 1 1 service-time 0 1 1 8:0 1]
      Started multipathd.service - Device-Mapper Multipath Device Controller.
      mpatha: sda - path offline
      checker failed path 8:0 in map mpatha
      mpatha: remaining active paths: 0
      Stopping multipathd.service - Device-Mapper Multipath Device Controller...
      multipathd: shut down
      multipathd.service: Deactivated successfully.
      Stopped multipathd.service - Device-Mapper Multipath Device Controller.
      Stopped multipathd.service - Device-Mapper Multipath Device Controller.
      "
    `);
  });
});

describe('what is not simulated ends the lab by its name', () => {
  it.each([
    'systemctl start iscsid',
    'systemctl enable multipathd',
    'systemctl --failed',
    'systemctl',
    'systemctl stop multipathd multipathd.socket',
    'journalctl',
    'journalctl -u multipathd',
    'journalctl -u multipathd -o json',
    'journalctl -u iscsid -o cat',
    'journalctl -u multipathd -o cat -f',
    'journalctl -u multipathd -o cat -n x',
  ])('%s', (call) => {
    const { outcome } = play(`${call}; echo on`);
    expect(outcome).toMatchObject({ kind: 'refused' });
  });
});

it('a lab may end while a daemon runs in one of its jobs, which nobody ends', () => {
  const { text, outcome } = play('multipathd -d > /tmp/log 2>&1 & sleep 5; echo over; (exit 3)');
  expect({ text, outcome }).toEqual({ text: 'over\n', outcome: { kind: 'exited', status: 3 } });
});
