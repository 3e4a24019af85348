import { createMknod, createSync, textPrograms } from '@dmsim/coreutils';
// programs.test.ts — Tests of programs for which a recording can't serve: virtual time, refusals, devices, repeatable chance.
import { bashProgram, parseLab, startLab } from '@dmsim/shell';
import { NotSupported, createSim, millis, run, seconds } from '@dmsim/sim';
import { characterDevice, createCapture, createDirectory } from '@dmsim/vfs';
import type { Program } from '@dmsim/vfs';
import { expect, it } from 'vitest';

interface Outcome {
  readonly text: string;
  readonly now: number;
  readonly status: number;
}

function lab(script: string, more: readonly (readonly [string, Program])[] = []): Outcome {
  const sim = createSim();
  const disk = { kind: 'block', mode: 0o660, major: 254, minor: 0 } as const;
  const root = createDirectory({
    tmp: createDirectory(),
    dev: createDirectory({
      null: characterDevice(1, 3, () => ({
        write: function* (_p, bytes) {
          return bytes.length;
        },
      })),
      'dm-0': {
        ...disk,
        *open() {
          return 'ENXIO';
        },
      },
    }),
  });
  const output = createCapture();
  const fds = new Map([0, 1, 2].map((fd) => [fd, output.file] as const));
  const programs = new Map<string, Program>([...textPrograms, ...more]);
  const options = { programs, execCost: 0 };
  programs.set('bash', bashProgram(options));
  const start = { sim, env: new Map(), cwd: '/tmp', root, fds };
  const shell = startLab(parseLab(script, 'lab.sh'), start, options);
  run(sim);
  return { text: output.text(), now: sim.now, status: shell.status };
}

it('sleeps for the sum of its arguments in virtual time', () => {
  expect(lab('sleep 1 0.5 2m').now).toBe(seconds(121.5));
});

it('ends a command after the time that timeout gives it', () => {
  const { text, now } = lab('timeout 2 sleep 10; echo $?');
  expect(text).toBe('124\n');
  expect(now).toBe(seconds(2));
});

it('kills with -k what ignores the first signal, and dies of SIGKILL itself', () => {
  const script = `timeout -k 1 2 bash -c 'trap "" TERM; sleep 10'; echo $?`;
  const { text, now } = lab(script);
  expect(text).toContain('137\n');
  expect(now).toBe(seconds(3));
});

it('shows device nodes with their numbers and the group disk', () => {
  const { text } = lab('ls -l /dev/dm-0 /dev/null; ls -l /dev | head -n 1');
  expect(text).toBe(
    [
      'brw-rw---- 1 root disk 254, 0 Jan  1 00:00 /dev/dm-0',
      'crw-rw-rw- 1 root root   1, 3 Jan  1 00:00 /dev/null',
      'total 0\n',
    ].join('\n'),
  );
});

it('counts the date from the start of the simulation', () => {
  expect(lab('sleep 90; date -u +%FT%T').text).toBe('2025-01-01T00:01:30\n');
});

it.each([
  ['tail -f x', 'tail: not supported: -f'],
  ["grep -P '(?R)' y", "grep: not supported: -P '(?R)': (?R"],
  ["grep -P '(a)|b\\1' y", 'a reference to a group that may be unset'],
  ["echo x | grep -zP 'x'", 'grep: not supported: -P with -z'],
  ['ls --inode', 'ls: not supported: --inode'],
  ["awk 'BEGIN { match(x, /y/, z) }'", 'awk: not supported: match() with an array'],
  ['sed --debug p', 'sed: not supported: --debug'],
  ['stat /dev/null', 'stat: not supported: stat without -c'],
  ['find . -newerac x', 'find: not supported: -newerac'],
])('refuses %s loudly', (script, message) => {
  expect(() => lab(script)).toThrow(NotSupported);
  expect(() => lab(script)).toThrow(message);
});

it('stops an awk loop without an end', () => {
  expect(() => lab("awk 'BEGIN { while (1) x++ }'")).toThrow(
    expect.objectContaining({ limit: 'loopSteps' }),
  );
});

it('makes the same temporary names in every run', () => {
  const [first, second] = [lab('mktemp; mktemp -d'), lab('mktemp; mktemp -d')];
  expect(first.text).toMatch(/^\/tmp\/tmp\.\w{10}\n\/tmp\/tmp\.\w{10}\n$/);
  expect(second.text).toBe(first.text);
});

it('lets time pass in a loop that never waits', () => {
  const { text, now } = lab('yes >/dev/null & sleep 0.01; kill $!; wait $! 2>/dev/null; echo $?');
  expect(text).toContain('143\n');
  expect(now).toBeGreaterThanOrEqual(millis(10));
});

it('makes nodes with the factory that the host gives', () => {
  const mknod = createMknod(({ kind, major, minor, mode }) => ({
    kind,
    major,
    minor,
    mode,
    *open() {
      return 'ENXIO';
    },
  }));
  const { text } = lab('mknod -m 600 d b 8 16; ls -l d; cat d', [['mknod', mknod]]);
  expect(text).toBe(
    'brw------- 1 root disk 8, 16 Jan  1 00:00 d\ncat: d: No such device or address\n',
  );
});

it('asks the host to sync when no file is named', () => {
  let synced = 0;
  const sync = createSync(function* () {
    synced++;
  });
  expect(lab('sync; echo x >f; sync f; sync nope', [['sync', sync]]).text).toBe(
    "sync: error opening 'nope': No such file or directory\n",
  );
  expect(synced).toBe(1);
});

it('passes a signal on to what env runs', () => {
  const { text, now } = lab('env A=1 sleep 100 & sleep 1; kill $!; wait; echo done');
  expect(text).toContain('done\n');
  expect(now).toBe(seconds(1));
});

it('compares what process substitutions print', () => {
  const script =
    'ln -s /proc/self/fd /dev/fd; diff <(echo a) <(echo b); cmp -s <(echo a) <(echo a) && echo same';
  expect(lab(script).text).toBe('1c1\n< a\n---\n> b\nsame\n');
});

it('has as many lines in a table or a menu, and names in columns, as there are', () => {
  expect(lab('seq 200000 | column -t | tail -n 1').text).toBe('200000\n');
  expect(lab('select x in $(seq 200000); do break; done <<< 1 2>&1 | wc -l').text).toBe('40000\n');
});
