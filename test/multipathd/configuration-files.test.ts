// The files of /etc/multipath/conf.d, as one recording of Linux had them: one that ends too soon, and what the daemon notices of changes.
import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

function play(script: string): string {
  let text = '';
  runLab(createMachine(), {
    name: 'lab.sh',
    text: `#udev\nmkdir -p /etc/multipath/conf.d; cd /etc/multipath/conf.d\n${script}`,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return text;
}

it('misses one brace at the end of a file, however many sections are open', () => {
  const text =
    play(`printf 'multipaths {\\n multipath {\\n wwid 1\\n' > a.conf; printf 'defaults {\\n' > b.conf
multipath -t 2>&1 > /dev/null | sed 's/^[0-9.]* | //'
`);
  expect(text).toBe(`missing '}' at end of /etc/multipath/conf.d/a.conf
missing '}' at end of /etc/multipath/conf.d/b.conf
`);
});

it('tells of a file that is removed, and of the directory, but not of a file that is moved', () => {
  const text = play(`touch a.conf b.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3
told() { echo "$1: $(grep -c updated /tmp/log)"; : > /tmp/log; }
mv a.conf c.conf; sleep 1; told moved
rm b.conf; sleep 1; told removed
rm -r /etc/multipath/conf.d; sleep 1; told 'all removed'
`);
  expect(text).toBe('moved: 0\nremoved: 1\nall removed: 2\n');
});

it.each([
  ['mkdir -p /etc/multipath/bindings /etc/multipath/wwids', 'Is a directory', 0],
  ['cd /; rm -r /etc/multipath; echo x > /etc/multipath', 'Not a directory', 2],
])(
  'says which of its files can not be opened, and names the map by its WWID: %s',
  (hand, reason, times) => {
    const text = play(`modprobe scsi_debug dev_size_mb=8 delay=0; udevadm settle; ${hand}
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n}\\n' > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 2
sed 's/^[0-9.]* | //' /tmp/log | grep open; dmsetup ls | cut -f1
`);
    const directory = `couldn't open configuration dir '/etc/multipath/conf.d': ${reason}\n`;
    const [bindings, wwids] = ['bindings', 'wwids'].map((name) =>
      `Cannot open file [/etc/multipath/${name}] : ${reason}\n`.repeat(2),
    );
    expect(text).toMatch(`${directory.repeat(times)}${bindings}${wwids}`);
    expect(text).toMatch(/^\S*Linux_scsi_debug_\S*$/m);
  },
);
