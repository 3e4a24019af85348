// fio's verify= finds what is wrong on a disk, and says so in the words of fio 3.33.
import { createMachine, runLab } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

function say(commands: string): string {
  let said = '';
  const { outcome } = runLab(createMachine(), {
    name: 'lab.sh',
    text: `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
job() { fio --name=job --filename=/dev/sda --size=64k --bs=4k --direct=1 "$@" > /dev/null; }
damage() { printf XY | dd of=/dev/sda bs=1 seek=$1 conv=notrunc status=none; }
${commands}`,
    onOutput: (fd, bytes) => (said += fd === 2 ? new TextDecoder().decode(bytes) : ''),
  });
  if (outcome.kind === 'refused') throw new Error(outcome.message);
  return said.replaceAll(/pid=\d+/g, 'pid=N');
}

const ENDS =
  'fio: pid=N, err=84/file:io_u.c:2152, func=io_u_sync_complete, error=Invalid or incomplete multibyte or wide character\n';
const BLOCK =
  'at file /dev/sda offset 4096, length 4096 (requested block: offset=4096, length=4096';

describe.each(['meta', 'md5', 'crc32', 'crc32c', 'sha1'])('fio with verify=%s', (kind) => {
  it('finds nothing wrong with what it wrote, twice', () => {
    expect(
      say(`job --rw=randwrite --verify=${kind} --loops=2; job --rw=read --verify=${kind}`),
    ).toBe('');
  });

  it('finds a header that was changed', () => {
    const said = say(
      `job --rw=write --verify=${kind}; damage 4104; job --rw=read --verify=${kind}`,
    );
    expect(said).toBe(`verify: bad header offset 22872, wanted 4096 ${BLOCK})\n${ENDS}`);
  });

  it('finds data that was changed, if it looks at data', () => {
    const said = say(
      `job --rw=write --verify=${kind}; damage 5000; job --rw=read --verify=${kind}`,
    );
    if (kind === 'meta') expect(said).toBe('');
    else {
      expect(said).toMatch(/^ {7}Expected CRC: ([\da-f]+)\n {7}Received CRC: (?!\1)[\da-f]+$/m);
      expect(said.startsWith(`${kind}: verify failed ${BLOCK}, flags=8)\n`)).toBe(true);
      expect(said.endsWith(ENDS)).toBe(true);
    }
  });
});

it('a write that the disk lost shows by its number, though what was there before is sound', () => {
  const said = say(`S=$(blockdev --getsz /dev/sda)
dmsetup create lossy --table "0 $S linear 8:0 0"
lossy() { fio --name=job --filename=/dev/mapper/lossy --size=16k --bs=4k --direct=1 --rw=write --verify=md5 "$@" > /dev/null; }
lossy --loops=1
(sleep 0.5; dmsetup suspend lossy; dmsetup load lossy --table "0 $S flakey 8:0 0 0 1 1 drop_writes"; dmsetup resume lossy) &
lossy --loops=3 --thinktime=300ms
wait`);
  expect(said).toMatch(
    /^verify: bad header numberio 0, wanted \d+ at file \/dev\/mapper\/lossy offset \d+/m,
  );
});

it('refuses to dump a block, once there is one to dump, and blocks that have no room for a header', () => {
  const damaged =
    'job --rw=write --verify=md5; damage 5000; job --rw=read --verify=md5 --verify_dump=1';
  expect(() => say(damaged)).toThrow('verify_dump');
  expect(say('job --rw=write --verify=md5 --verify_dump=1 --verify_fatal=1')).toBe('');
  expect(() => say('job --rw=write --bs=32 --direct=0 --verify=meta')).toThrow(
    'less than 48 bytes',
  );
});

it('ends at the end of the disk, whatever size= says', () => {
  const job = 'fio --name=job --filename=/dev/sda --bs=1m --direct=1 --rw=write --size=1g';
  expect(say(`${job} | grep -c 'issued rwts: total=0,8,0,0' >&2`)).toBe('1\n');
  expect(say(`${job} --offset=9m > /dev/null`)).toBe('job: you need to specify valid offset=\n');
  expect(() => say(`${job} --offset=4m --rw=randwrite`)).toThrow('random I/O beyond the end');
});
