// docs/not-simulated.md promises that each of its rows ends a lab by name: here is an input for each.
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { playLab } from '../kernel/lab-runner.ts';

const page = readFileSync(new URL('../../docs/not-simulated.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return [title, lines] as const;
    }),
);

/** The first cells of a section's table. */
const rowsOf = (title: string): string[] =>
  (sections.get(title) ?? [])
    .filter((line) => /^\| (?!not simulated |---)/.test(line))
    .map((line) => (line.split(' | ')[0] ?? '').slice(2).trim());

/** The words that a section's prose sets as code, except links. */
const wordsOf = (title: string): string[] => {
  const prose = (sections.get(title) ?? []).filter((line) => !line.startsWith('|')).join(' ');
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string);
};

/** A lab for each, and what its message has to name. */
type Inputs = Readonly<Record<string, readonly (readonly [lab: string, name: string])[]>>;

const MAP = "dmsetup create a --table '0 8 zero'\n";

const DEVICE_MAPPER: Inputs = {
  'rates and times in `dmstats report`, and histograms of `dmstats`': [
    [`${MAP}dmstats report`, 'report'],
    [`${MAP}dmstats report -o await a`, 'await'],
    [`${MAP}dmstats create --bounds 10ms a`, '--bounds'],
  ],
  '`--manglename none`, `--manglename hex`': [
    [`${MAP}dmsetup info --manglename none a`, '--manglename'],
    [`${MAP}dmsetup ls --manglename hex`, '--manglename'],
  ],
  '`-U` and `-G` of others than root and the group disk': [
    ["dmsetup create a -U 7 --table '0 8 zero'", '-U 7'],
    ["dmsetup create a -G 7 --table '0 8 zero'", '-G 7'],
  ],
  '`udevflags`': [['dmsetup udevflags 1', 'udevflags']],
  '`-vv`': [[`${MAP}dmsetup info -vv a`, '-vv']],
  'statistics in `-S`, and `{n}` or `[:class:]` in its expressions': [
    [`${MAP}dmsetup info -c -S 'read_count>0'`, 'read_count'],
    [`${MAP}dmsetup info -c -S 'name=~a{1}'`, '{'],
    [`${MAP}dmsetup info -c -S 'name=~[[:alpha:]]'`, '[:'],
  ],
  'showing sizes of maps of 2^53 sectors (4 EiB) and more': [
    ["dmsetup create a --table '0 9007199254740992 zero'; dmsetup table a", '2^53 sectors'],
    [
      "dmsetup create a --table '0 9007199254740992 zero'; cat /sys/block/dm-0/size",
      '2^53 sectors',
    ],
  ],
  'targets other than linear, striped, zero, error, delay, flakey, dust, multipath': [
    ["dmsetup create a --table '0 8 crypt aes-xts-plain64 00 0 1:0 0'", 'crypt'],
    ["dmsetup create a --table '0 8 snapshot-origin 1:0'", 'snapshot-origin'],
    ["dmsetup create a --table '0 8 thin-pool 1:0 1:1 128 0'", 'thin-pool'],
    ["dmsetup create a --table '0 8 raid raid1 3 0 region_size 1024 2 - 1:0 - 1:1'", 'raid'],
    ["dmsetup create a --table '0 8 mirror core 1 1024 1 1:0 0'", 'mirror'],
    ["dmsetup create a --table '0 8 verity 1 1:0 1:1 4096 4096 1 1 sha256 00 00'", 'verity'],
    ["dmsetup create a --table '0 8 integrity 1:0 0 8 D 0'", 'integrity'],
    ["dmsetup create a --table '0 8 cache 1:0 1:1 1:2 512 0 default 0'", 'cache'],
    ["dmsetup create a --table '0 8 era 1:0 1:1 512'", 'era'],
    ["dmsetup create a --table '0 8 writecache s 1:0 1:1 4096 0'", 'writecache'],
    ["dmsetup create a --table '0 8 log-writes 1:0 1:1'", 'log-writes'],
    ["dmsetup create a --table '0 8 switch 1 8 0 1:0 0'", 'switch'],
    ["dmsetup create a --table '0 8 vdo V4 1:0 8 4096 32768 16380'", 'vdo'],
  ],
  'loading a table that opens a disk while `sync` waits for that disk': [
    [
      `${MAP}exec 7<> /dev/mapper/a; echo x >&7; dmsetup suspend --nolockfs a; sync & sleep 1; dmsetup create b --table "0 8 linear /dev/mapper/a 0"`,
      'while sync waits',
    ],
  ],
};

const DISKS: Inputs = {
  '`opts` of scsi_debug other than 2, 4, 8, 0x10 and 0x80; with `every_nth`, errors while the disks are found':
    [
      ['modprobe scsi_debug opts=1', 'opts=0x1'],
      ['modprobe scsi_debug opts=0x2000', 'opts=0x2000'],
      ['modprobe scsi_debug opts=0x20 every_nth=100', 'opts=0x20'],
      ['modprobe scsi_debug opts=0x10 every_nth=-1', 'every_nth=-1'],
      [
        'modprobe scsi_debug every_nth=99 opts=4 delay=1\necho 0x10000 > /sys/bus/pseudo/drivers/scsi_debug/opts',
        'opts=0x10000',
      ],
    ],
  '`zbc`, `fake_rw`, `dif`, `dix`, `ptype` of scsi_debug': [
    ['modprobe scsi_debug fake_rw=1', 'fake_rw'],
    ['modprobe scsi_debug zbc=managed', 'zbc'],
    ['modprobe scsi_debug dif=1', 'dif'],
    ['modprobe scsi_debug dix=1', 'dix'],
    ['modprobe scsi_debug ptype=1', 'ptype'],
  ],
  '`bind` and `unbind` of its driver': [
    [
      'modprobe scsi_debug\necho 0:0:0:0 > /sys/bus/scsi/drivers/sd/unbind',
      '/sys/bus/scsi/drivers',
    ],
    ['modprobe scsi_debug\necho adapter0 > /sys/bus/pseudo/drivers/scsi_debug/unbind', 'unbind'],
    ['modprobe scsi_debug\necho adapter0 > /sys/bus/pseudo/drivers/scsi_debug/bind', 'bind'],
  ],
  'writing the parameters of scsi_debug below `/sys/module`, but for `vpd_use_hostno`, of scsi_mod, and the queue parameters of dm_mod':
    [
      ['modprobe scsi_debug\necho 1 > /sys/module/scsi_debug/parameters/opts', 'parameters/opts'],
      ['modprobe scsi_debug\necho 1 > /sys/module/scsi_debug/parameters/delay', 'parameters/delay'],
      ['echo 5 > /sys/module/scsi_mod/parameters/eh_deadline', 'scsi_mod/parameters/eh_deadline'],
      ['echo 9 > /sys/module/dm_mod/parameters/dm_mq_queue_depth', 'parameters/dm_mq_queue_depth'],
    ],
  'modules of Debian that are not simulated (`modprobe dm-thin-pool`)': [
    ['modprobe dm-thin-pool', 'dm_thin_pool'],
    ['modprobe dm_crypt', 'dm_crypt'],
    ['modprobe nvme', 'nvme'],
    ['modprobe target_core_mod', 'target_core_mod'],
  ],
  'sense data with a code of the standard whose text is not known here (`0x47, 0x00`), once the log is to show it':
    [
      [
        "modprobe scsi_debug\nmount -t debugfs none /sys/kernel/debug\necho '2 -1 0x28 0 0 2 4 0x47 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error\ndd if=/dev/sda of=/dev/null iflag=direct count=1",
        'the text of additional sense 0x47, 0x0',
      ],
    ],
  'a rescan of a SCSI disk (also `echo running > …/state`) that meets an error injected into its commands (`INQUIRY`, …)':
    [
      [
        "modprobe scsi_debug\nmount -t debugfs none /sys/kernel/debug\necho '0 -1 0' > /sys/kernel/debug/scsi_debug/0:0:0:0/error\necho 1 > /sys/block/sda/device/rescan",
        'a rescan of 0:0:0:0 that meets an error injected into 0x0',
      ],
    ],
  'pages of `sg_inq` other than 0x00, 0x80 and 0x83': [
    ['modprobe scsi_debug\nsg_inq -p 0xb0 /dev/sda', '0xb0'],
    ['modprobe scsi_debug\nsg_inq --page=bl /dev/sda', 'bl'],
  ],
  'rules for udev of your own (`/etc/udev/rules.d`); `DM_DISABLE_UDEV` for multipath and its daemon':
    [
      [
        `#udev\nmkdir -p /etc/udev/rules.d\necho 'KERNEL=="sd*", SYMLINK+="mine"' > /etc/udev/rules.d/99-mine.rules\nmodprobe scsi_debug\nudevadm settle`,
        '99-mine.rules',
      ],
      ['#udev\nDM_DISABLE_UDEV=1 multipath -ll', 'DM_DISABLE_UDEV=1 multipath'],
      ['#udev\nDM_DISABLE_UDEV=1 multipathd', 'DM_DISABLE_UDEV=1 multipathd'],
    ],
  'LVM, md, and other tools for partition tables than sfdisk (`parted`)': [
    ['mdadm --version', 'mdadm'],
    ['pvs', 'pvs'],
    ['lvcreate -L 4M vg', 'lvcreate'],
    ['parted /dev/sda print', 'parted'],
    ['partprobe', 'partprobe'],
  ],
  'file systems other than ext4; `fstrim`': [
    ['mkfs.ext4 /dev/ram0', 'mkfs.ext4'],
    ['fstrim /mnt', 'fstrim'],
    ['mount -t xfs /dev/ram0 /mnt', 'mount'],
    ['fsck /dev/ram0', 'fsck'],
    ['xfs_io -c quit /x', 'xfs_io'],
  ],
  '`/proc/interrupts`, `/proc/vmstat` and what else counts the machine': [
    ['cat /proc/interrupts', '/proc/interrupts'],
    ['cat /proc/vmstat', '/proc/vmstat'],
    ['grep ctxt /proc/stat', '/proc/stat'],
    ['cat /proc/slabinfo', '/proc/slabinfo'],
    ['cat /proc/cpuinfo', '/proc/cpuinfo'],
    ['cat /proc/pressure/io', '/proc/pressure'],
    ['cat /proc/self/io', '/io'],
  ],
};

const PROGRAMS: Inputs = {
  'df -i': [['df -i /', '-i']],
  df: [
    [
      'modprobe brd rd_nr=1 rd_size=16384\nmkfs.ext4 -q /dev/ram0\nmount /dev/ram0 /mnt\nfor i in {1..99}; do : > /mnt/a-file-$i; done\ndf /mnt',
      'an ext4 with a directory that does not fit into one block',
    ],
  ],
  'du --time': [['du --time /tmp', '--time']],
  'ps -l': [['ps -l', '-l']],
  'free -s': [['free -s 1', '-s']],
  'mkfs.xfs': [
    ['mkfs.xfs /dev/ram0', 'mkfs.xfs'],
    ['mkfs -t ext4 /dev/ram0', 'mkfs'],
  ],
  mount: [
    ['mount -t xfs /dev/ram0 /mnt', 'mount'],
    ['mount -o remount,ro /', 'mount'],
  ],
  sg_vpd: [['sg_vpd /dev/sda', 'sg_vpd']],
  'uniq --group': [['seq 3 | uniq --group', '--group']],
  'ls -i': [['ls -i /tmp', '-i']],
};

const BASH: Inputs = {
  'alias w=while': [
    ['shopt -s expand_aliases\nalias w=while\nw false; do :; done', 'change the syntax'],
  ],
  'export -f': [['f() { cat <<X\nX\n}\nexport -f f', 'export -f f']],
  'trap … CHLD': [["trap 'echo x' CHLD", 'CHLD']],
  fg: [['sleep 1 & fg', 'fg']],
  bg: [['bg', 'bg']],
  help: [['help cd', 'help']],
  history: [['history', 'history']],
  ulimit: [['ulimit -c', 'ulimit -c']],
  '-n': [['ulimit -Hc', 'ulimit -Hc']],
  'set -v': [['set -v', 'set -v']],
  'shopt -s extdebug': [
    ['shopt -s extdebug', 'extdebug'],
    ['shopt -u sourcepath', 'sourcepath'],
    ['bash -O execfail -c :', 'execfail'],
    ['set +B', 'set +B'],
    ['set -P', 'set -P'],
  ],
  'trap … TSTP': [
    ["trap 'echo x' TSTP", 'TSTP'],
    ['kill -TTOU $$', 'TTOU'],
    ['kill -40 $$', '40'],
  ],
  'jobs -n -x': [
    ['jobs -n', '-n'],
    ['jobs -x echo', '-x'],
  ],
  "declare -n r='a[1]'": [["declare -n r='a[1]'", 'declare -n']],
  jobs: [['sleep 9 & kill $!; wait; jobs', 'jobs']],
};

/** Features that the prose names without setting them as code. */
/** A machine without a guest whose monitor is at /run/q; each word of `options` as on a command line. */
const vm = (options: string, ...commands: readonly string[]): string =>
  [
    'truncate -s 1M /tmp/a',
    `qemu-system-x86_64 -name v -daemonize -machine q35 -nodefaults -display none -blockdev driver=file,filename=/tmp/a,node-name=a -qmp unix:/run/q,server=on,wait=off ${options}`,
    ...commands.map((command) => `qmp /run/q '${command}'`),
  ].join('\n');
const monitor = (line: string): string =>
  JSON.stringify({ execute: 'human-monitor-command', arguments: { 'command-line': line } });
const qmp = (execute: string, args: object = {}): string =>
  JSON.stringify({ execute, arguments: args });
const IMAGE = 'qemu-img create -q -f qcow2 /tmp/i 1M\n';
/** A write that allocates, in an image above a blkdebug with that rule. */
const overTables = (rule: string): string =>
  IMAGE +
  vm(
    `-blockdev driver=file,filename=/tmp/i,node-name=f -blockdev driver=blkdebug,image=f,node-name=d,inject-error.0.${rule} -blockdev driver=qcow2,file=d,node-name=q`,
    monitor('qemu-io q "write 0 64k"'),
  );
/** Nothing refers to its data any more. */
/** An image with a cluster of data. The byte at that place in its tables is wrong. */
const damagedAt = (place: number): string =>
  `${IMAGE}qemu-io -c 'write -q 0 64k' /tmp/i; printf '\\2' | dd of=/tmp/i bs=1 seek=${place} conv=notrunc status=none\n`;
/** A count is wrong, and the image says that it was not closed. */
const DIRTY = `${IMAGE}qemu-io -c 'write -q 0 64k' /tmp/i; printf '\\0' | dd of=/tmp/i bs=1 seek=131083 conv=notrunc status=none; printf '\\1' | dd of=/tmp/i bs=1 seek=79 conv=notrunc status=none\n`;
const DAMAGED = `${IMAGE}qemu-io -c 'write -q 0 64k' /tmp/i; dd if=/dev/zero of=/tmp/i bs=1 seek=131082 count=2 conv=notrunc status=none\n`;

const QEMU: Inputs = {
  'migration, `savevm`, `loadvm`': [
    [vm('', qmp('migrate', { uri: 'tcp:h:1' })), 'migrate'],
    [vm('-blockdev driver=raw,file=a,node-name=r,read-only=on', monitor('savevm x')), 'savevm'],
  ],
  '`device_del` of controllers, and of disks on PCI ports while a guest runs': [
    [
      vm(
        '-device pcie-root-port,id=p -device virtio-scsi-pci,id=c,bus=p',
        qmp('device_del', { id: 'c' }),
      ),
      'device_del',
    ],
  ],
  '`align` and limits of blkdebug, `iotype=block-status`; its events, and errors, in the tables of an image':
    [
      [vm('-blockdev driver=blkdebug,image=a,node-name=b,align=4096'), 'align'],
      [vm('-blockdev driver=blkdebug,image=a,node-name=b,max-transfer=4096'), 'max-transfer'],
      [
        vm(
          '-blockdev driver=blkdebug,image=a,node-name=b,inject-error.0.event=none,inject-error.0.iotype=block-status',
        ),
        'block-status',
      ],
      [overTables('event=l2_update'), 'the event l2_update of blkdebug'],
      [
        overTables('event=none,inject-error.0.iotype=write,inject-error.0.sector=512'),
        'when an image writes its tables',
      ],
    ],
  'clients of exports: no one can connect to the NBD server': [['qemu-nbd /tmp/a', 'qemu-nbd']],
  'guests that notice a new size, a new disk or a changed medium while they run': [
    [
      vm(
        '-device virtio-blk-pci,drive=a',
        qmp('block_resize', { 'node-name': 'a', size: 2 ** 21 }),
      ).replace('\nqmp', '\nguest v true\nqmp'),
      'block_resize',
    ],
  ],
  '`-snapshot`, `-hda`, `-cdrom`, `-incoming`, `-drive` with `snapshot=` or `copy-on-read=`': [
    [vm('-snapshot'), '-snapshot'],
    [vm('-hda /tmp/a'), '-hda'],
    [vm('-cdrom /tmp/a'), '-cdrom'],
    [vm('-incoming defer'), '-incoming'],
    [vm('-drive if=none,file=/tmp/a,format=raw,copy-on-read=on'), 'copy-on-read'],
    [vm('-drive if=none,file=/tmp/a,format=raw,snapshot=on'), '-drive snapshot'],
  ],
  'images found damaged while they are used': [
    [
      `${damagedAt(196614)}qemu-io -c 'read -q 0 64k' /tmp/i`,
      '/tmp/i, an image with a damaged table',
    ],
    [
      `${damagedAt(262150)}qemu-io -c 'write -q 0 4k' /tmp/i`,
      '/tmp/i, an image with a damaged table',
    ],
    [`${damagedAt(262150)}qemu-img map /tmp/i`, '/tmp/i, an image with a damaged table'],
  ],
  'images that were not closed and whose counts are wrong, opened for writing; `-U` while QEMU keeps tables':
    [
      [`${DIRTY}qemu-io -c 'write 0 64k' /tmp/i`, 'not closed'],
      [
        vm(
          '-blockdev driver=qcow2,node-name=q,file.driver=file,file.filename=/tmp/i',
          qmp('human-monitor-command', { 'command-line': 'qemu-io q "write 0 64k"' }),
        ).replace(/^/u, IMAGE) + '\nqemu-img map -U /tmp/i',
        'keeps tables',
      ],
    ],
  '`qemu-img convert -c`, `check -r` where all reference counts must be made anew': [
    [`${IMAGE}qemu-img convert -c -O qcow2 /tmp/i /tmp/j`, 'convert -c'],
    [`${DAMAGED}qemu-img check -r all /tmp/i`, 'check -r'],
  ],
  'compression, encryption, external data files, extended L2 entries and other `refcount_bits` of images':
    [
      ['qemu-img create -f qcow2 -o compression_type=zstd /tmp/i 1M', 'compression_type'],
      ['qemu-img create -f qcow2 -o encrypt.format=luks /tmp/i 1M', 'encrypt.format'],
      ['qemu-img create --object secret,id=s,data=x -f qcow2 /tmp/i 1M', '--object'],
      ['qemu-img create -f qcow2 -o data_file=/tmp/d /tmp/i 1M', 'data_file'],
      ['qemu-img create -f qcow2 -o extended_l2=on /tmp/i 1M', 'extended_l2'],
      ['qemu-img create -f qcow2 -o refcount_bits=8 /tmp/i 1M', 'refcount_bits'],
    ],
  '`help` in the human monitor, and its commands that are not about blocks': [
    [vm('', monitor('help')), 'help'],
    [vm('', monitor('info cpus')), 'human-monitor-command info'],
    [vm('', monitor('info qom-tree')), 'human-monitor-command info'],
    [vm('', monitor('device_add help')), 'human-monitor-command device_add help'],
    [vm('', monitor('device_add scsi-hd,help')), 'human-monitor-command device_add scsi-hd,help'],
  ],
  'other formats than raw and qcow2, other machines and devices than [guest.md](guest.md) lists': [
    ['qemu-img create -f vmdk /tmp/i 1M', 'vmdk'],
    [`${IMAGE}qemu-img info -f vdi /tmp/i`, 'vdi'],
    [`${IMAGE}qemu-img convert -O vhdx /tmp/i /tmp/j`, 'vhdx'],
    [`${IMAGE}qemu-img dd -O qed if=/tmp/i of=/tmp/j`, 'qed'],
    ['qemu-img measure -O luks --size 1M', 'luks'],
    [`${IMAGE}qemu-img rebase -u -b /tmp/b -F vpc /tmp/i`, 'vpc'],
    [
      vm(
        '',
        qmp('blockdev-snapshot-sync', {
          'node-name': 'a',
          'snapshot-file': '/tmp/s',
          'snapshot-node-name': 's',
          format: 'vmdk',
        }),
      ),
      'vmdk',
    ],
    [vm('-blockdev driver=vmdk,file=a,node-name=b'), 'vmdk'],
    [vm('-device e1000'), 'e1000'],
  ],
};

const UNNAMED: readonly (readonly [string, string])[] = [
  ['compgen -c dm', 'compgen'],
  [
    'modprobe brd\nmkfs.ext4 -q /dev/ram0\ndd if=/dev/ram0 of=/dev/ram1\nmount /dev/ram1 /mnt',
    'made elsewhere',
  ],
  ['modprobe brd\nprintf XFSB | dd of=/dev/ram0\nblkid /dev/ram0', 'blkid'],
  ['x=<(echo hi)', 'process substitution within a word'],
  [
    "modprobe brd\nprintf '\\125\\252' | dd of=/dev/ram0 bs=1 seek=510\nblkdiscard /dev/ram0",
    'blkdiscard',
  ],
];

const refuses = (inputs: Inputs): void => {
  const all = Object.entries(inputs).flatMap(([, labs]) => labs);
  it.each(all)('%s', (lab, name) => {
    const { outcome } = playLab(lab);
    expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringContaining(name) });
  });
};

describe.each([
  ['dmsetup and device-mapper', DEVICE_MAPPER, rowsOf],
  ['Disks', DISKS, rowsOf],
  ['QEMU', QEMU, rowsOf],
  ['Programs', PROGRAMS, wordsOf],
  ['bash', BASH, wordsOf],
] as const)('%s', (title, inputs, namesIn) => {
  it('has an input for each thing that the page names', () => {
    expect(namesIn(title).filter((name) => !name.startsWith('/'))).toEqual(Object.keys(inputs));
  });

  refuses(inputs);
});

describe('what has no name', () => {
  refuses({ prose: UNNAMED });
});
