import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compareCommand } from './compare-command.ts';
import { Refusal } from './refusal.ts';

const LAB = `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create mp --table "0 $S multipath 0 0 1 1 $selector 0 2 0 8:0 8:16"
`;
const JOB =
  '[reads]\nfilename=/dev/mapper/mp\nrw=randread\ndirect=1\nioengine=libaio\niodepth=8\nio_size=1m\n';
const FILES = {
  'lab.sh': LAB,
  'job.fio': JOB,
  'bad.ts': 'export const x = {\n  name: @\n};\n',
  'beyond.fio': `${JOB}offset=1g\n`,
  'unknown.fio': JOB.replace('iodepth', 'iodeep'),
  'refused.fio': `${JOB}zonemode=zbd\n`,
  'deep.fio': JOB.replace('iodepth=8', 'iodepth=1000000000'),
  'large-block.fio': `${JOB}bs=1t\n`,
  'still.fio': `${JOB}time_based\nruntime=0\n`,
  'says.sh': 'simctl measure length $word\n',
  'half.sh': 'simctl measure one 1; simctl measure length $word\n',
  'twice.sh': 'simctl measure ${word}s 2; simctl measure runs $(simctl seed)\n',
  'once.sh': '[ $word = a ] && simctl measure found 1\ntrue\n',
  'forever.sh': 'while sleep 100; do : $word; done; simctl measure ended 1\n',
  'hangs.sh': `${LAB.replace('multipath 0 0', 'multipath 1 queue_if_no_path 0')}
dmsetup message mp 0 "fail_path 8:0"; dmsetup message mp 0 "fail_path 8:16"
`,
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-compare-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const RR = '--selector=round-robin';

describe('dmsim compare refuses in a line', () => {
  it.each([
    [['--workload=job.fio'], 'no lab given'],
    [['--lab=lab.sh', 'job.fio'], "what is 'job.fio' for?"],
    [['lab.sh', 'job.fio'], "what is 'job.fio' for?"],
    [['--lab=nosuch.sh'], 'nosuch.sh: No such file or directory'],
    [['--lab=lab.sh', '--workload=job.fio'], 'nothing to compare'],
    [['--lab=lab.sh', '--selector=a,,b'], "an empty name in 'a,,b'"],
    [['--lab=lab.sh', '--selector=a,a'], 'a is given twice'],
    [['--lab=lab.sh', RR, '--vary=selector=a,b'], 'selector is varied twice'],
    [['--lab=lab.sh', '--vary=selector'], "'selector' is not NAME=VALUE"],
    [['--lab=lab.sh', '--selector=./nosuch.ts'], './nosuch.ts: No such file or directory'],
    [
      ['--lab=lab.sh', '--selector=nosuch'],
      '--selector: nosuch is neither a file nor one of round-robin, ',
    ],
    [['--lab=lab.sh', '--selector=bad.ts'], 'bad.ts:3:1: Unexpected token'],
    [['--lab=lab.sh', RR, '--seeds=0'], "--seeds takes a number from 1 to 10000, not '0'"],
    [['--lab=lab.sh', RR, '--jobs=x'], '--jobs takes a number from 1'],
    [
      ['--lab=lab.sh', '--workload=job.fio', RR, '--baseline=x'],
      '--baseline x is not one of round-robin',
    ],
    [['--lab=lab.sh', RR, '--vary=lost=1,2'], 'nothing reads $lost'],
    [['--lab=lab.sh', RR, '--fault=lab.sh'], '--fault needs a --workload'],
  ])('%j, before anything has run', async (args, message) => {
    await expectRefusal(args, message);
  });

  it.each([
    [
      ['--workload=job.fio', '--vary=selector=nosuch'],
      'selector=nosuch, seed 1: device-mapper: reload ioctl on mp',
    ],
    [['--workload=beyond.fio', RR], 'you need to specify valid offset='],
    [['--workload=unknown.fio', RR], 'Bad option <iodeep=8>'],
    [['--workload=refused.fio', RR], 'fio: not supported: zonemode=zbd'],
    [['--workload=deep.fio', RR], 'fio: not supported: buffers of 4096000000000 bytes'],
    [['--workload=large-block.fio', RR], 'fio: not supported: buffers of 8796093022208 bytes'],
    [['--workload=still.fio', RR], 'the workload did no I/O'],
    [['--lab=lab.sh', RR], 'nothing is measured: no --workload, and no simctl measure in lab.sh'],
    [['--lab=says.sh', '--vary=word=a'], 'word=a, seed 1: simctl measure: a: not a number'],
    [['--lab=half.sh', '--vary=word=a'], 'word=a, seed 1: simctl measure: a: not a number'],
    [['--lab=half.sh', '--vary=word='], "'word=' has an empty value"],
    [['--lab=forever.sh', '--vary=word=a'], 'stopped by the limit virtualTime'],
    [
      ['--lab=once.sh', '--vary=word=b,c', '--seeds=1'],
      'nothing was measured: no --workload, and no simctl measure in the lab',
    ],
    [
      ['--lab=twice.sh', '--vary=word=a,b', '--measure=runs', '--measure=lost'],
      '--measure lost was not measured; there are as, runs',
    ],
    [
      ['--workload=job.fio', RR, '--measure=p98', '--seeds=1'],
      '--measure p98 was not measured; there are iops, bandwidth, mean, p50,',
    ],
    [
      ['--lab=once.sh', '--vary=word=a,b', '--measure=found', '--seeds=1'],
      'found was not measured with b, seed 1',
    ],
    [['--lab=hangs.sh', '--workload=job.fio', RR], 'nothing could go on'],
  ])('%j, and prints no figures', async (args, message) => {
    const lab = args.some((arg) => arg.startsWith('--lab')) ? [] : ['--lab=lab.sh'];
    await expectRefusal([...lab, ...args], message);
  });
});

/** Names of files are those in the folder. */
async function expectRefusal(args: readonly string[], message: string): Promise<void> {
  const placed = args.map((arg) =>
    arg.replace(
      /^(--(?:lab|workload|fault|selector))=(.*\.\w+)$/,
      (_, option, file) => `${option}=${join(folder, file)}`,
    ),
  );
  const jobs = args.some((arg) => arg.startsWith('--jobs')) ? [] : ['--jobs=1'];
  const refused = await Promise.resolve(compareCommand.run([...placed, ...jobs])).catch(
    (error) => error,
  );
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused.message.replaceAll(`${folder}/`, '')).toContain(message.replace('./', ''));
  expect(refused.message).not.toContain('\n');
}
