// The answers of multipath, multipathd and mpathpersist about devices, maps and keys on their command lines; the answers are Linux's.
import { createMachine, runLab } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

const SETUP = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w() { printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n%b}\\n%b' "$1" "$2" > /etc/multipath.conf; }
w ''
`;

function play(script: string): readonly string[] {
  let text = '';
  runLab(createMachine(), {
    name: 'lab.sh',
    text: SETUP + script,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return text.split('\n').map((line) => line.replace(/^\d+\.\d{6} \| /, ''));
}

describe('multipath', () => {
  it('takes a block device that is no path for one', () => {
    expect(play('modprobe brd rd_nr=1; udevadm settle; multipath -c /dev/ram0')).toContain(
      'DM_MULTIPATH_DEVICE_PATH="0"',
    );
  });

  it('names what it does not flush by the word on its command line', () => {
    const lab = `dmsetup create lin --table "0 100 linear 8:0 0"; udevadm settle
multipath -f /dev/mapper/lin; multipath -f lin`;
    expect(play(lab)).toEqual([
      '/dev/mapper/lin is not a multipath device',
      'lin is not a multipath device',
      '',
    ]);
  });

  it('lists a map before it reads the next, which may have the same paths in another state', () => {
    const lab = `multipath -v1 > /dev/null; w ' uid_attribute ID_WWN\\n'; multipath -v1 > /dev/null 2>&1
w ''; multipath -l 2>/dev/null | grep -E 'sd[ab]|dm-'; dmsetup status mpathb | grep -o '8:[0-9]* [AF]'`;
    expect(play(lab)).toEqual([
      'mpatha (1Linux_scsi_debug_2000) dm-0 Linux,scsi_debug',
      '| `- 0:0:0:0 sda 8:0  failed undef running',
      '  `- 1:0:0:0 sdb 8:16 failed undef running',
      'mpathb (0x33333330000007d0) dm-1 ##,##',
      '8:0 F',
      '8:16 F',
      '',
    ]);
  });
});

describe('a reservation key', () => {
  it('has no other flag than aptpl, and other words behind its colon mean nothing', () => {
    const lab = `w ' reservation_key file\\n'; multipathd; sleep 3; udevadm settle; sleep 3
for key in 0x5:aptpl 0x5:foo; do multipathd setprkey map mpatha key $key; multipathd getprkey map mpatha; done`;
    expect(play(lab)).toEqual(['ok', '0x5:aptpl', 'ok', '0x5', '']);
  });

  it('of a multipaths section counts for the daemon, and not for mpathpersist', () => {
    const lab = `w '' 'multipaths {\\n multipath {\\n  wwid 1Linux_scsi_debug_2000\\n  reservation_key 0xabc\\n }\\n}\\n'
multipathd; sleep 3; udevadm settle; sleep 3; multipathd getprkey map mpatha
mpathpersist -o -G -S 1 /dev/mapper/mpatha; echo "rc=$?"`;
    expect(play(lab)).toEqual(['0xabc', 'PR out: command failed', 'rc=5', '']);
  });
});
