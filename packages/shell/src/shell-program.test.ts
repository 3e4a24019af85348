import { NotSupported } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { runLab } from './stand-ins.case.ts';
import { parseLab } from './syntax/parse-lab.ts';

it.each([
  ['x=<(true)', 1, 'process substitution within a word'],
  ['echo a\n\nbg', 3, 'bg'],
  ['false && history', 1, 'history'],
  ['echo $(echo $(times))', 1, 'times'],
  ['cat <<E\n$(fi)\nE', 2, "the syntax of `$(fi)'"],
  ['f() { help test; }', 1, 'help'],
])('runs nothing of %j', (text, line, what) => {
  const parse = (): unknown => parseLab(text, 'lab.sh');
  expect(parse).toThrow(NotSupported);
  expect(parse).toThrow(`lab.sh:${line}: not supported: ${what}`);
});

it.each([
  ['set -v', 'set -v'],
  ['shopt -s extdebug', 'shopt -s extdebug'],
  ['enable -f x y', 'enable -f'],
  ['ulimit -c', 'ulimit -c'],
  ['(set -k) || true', 'set -k'],
  ['x=bg; $x || true', 'bg'],
  ['echo "$(eval "x=<(y)")" || true', 'process substitution within a word'],
  ['echo ${DIRSTACK:-none}', '$DIRSTACK'],
  ['f() { local -; }; f', 'local -'],
])('ends the run at %j, whatever the script makes of failures', (text, what) => {
  expect(() => runLab(text)).toThrow(new NotSupported('lab.sh', 1, what));
});

it.each([
  ['while :; do :; done', 'busyCommands'],
  ['read x < /dev/zero', 'textLength'],
  ['f() { f; }; f', 'calls'],
  ['x=\'eval "$x"\'; eval "$x"', 'evals'],
  ['echo {1..1000001}', 'braceWords'],
  [`echo ${'$(echo '.repeat(300)}x${')'.repeat(300)}`, 'nesting'],
  [`${'{ '.repeat(300)}echo x;${' };'.repeat(300)}`, 'nesting'],
  [`echo $((${'('.repeat(3000)}1${')'.repeat(3000)}))`, 'nesting'],
  ['echo {1..1000}{1..1000}{1..2}', 'braceWords'],
  ['while :; do (while :; do :; done) & done', 'processes'],
])('ends the run at %j by the name of the limit', (text, limit) => {
  expect(() => runLab(text)).toThrow(expect.objectContaining({ name: 'LimitReached', limit }));
});

it('takes a function for a command that is not supported', () => {
  expect(runLab('jobs() { echo mine; }\njobs').output).toBe('mine\n');
});

it('runs the lines before a syntax error, and none of a line with one', () => {
  const { output, status } = runLab('echo a\necho b; fi\n');
  expect(output).toBe(
    "a\nlab.sh: line 2: syntax error near unexpected token `fi'\nlab.sh: line 2: `echo b; fi'\n",
  );
  expect(status).toBe(2);
});

it('tells how a background command was killed, when it has waited for something', () => {
  const { output } = runLab('sleep 10 &\nkill -9 $!\necho a\nsleep 1\necho b\n');
  expect(output).toBe('a\nlab.sh: line 4:   101 Killed                  sleep 10\nb\n');
});

it('says nothing of a background command that ended by TERM', () => {
  expect(runLab('sleep 10 & kill $!\nwait $!; echo $?').output).toBe('143\n');
});

it('shows the parts of a pipeline that was killed', () => {
  const { output } = runLab('sleep 10 | cat & kill -9 $!; wait');
  expect(output).toBe(
    'lab.sh: line 1:   101 Done                    sleep 10\n       102 Killed                  | cat\n',
  );
});

it('costs 1 ms to start a program, and nothing to run a builtin', () => {
  expect(runLab('echo; for i in 1 2 3; do x=$i; done; (:)').time).toBe(0);
  expect(runLab('true; /bin/true').time).toBe(1e6);
  expect(runLab('sleep 2; echo $SECONDS').output).toBe('2\n');
});

it('lets time pass in a loop that looks for something', () => {
  const text = '(sleep 0.3; : > done) & until [ -e done ]; do :; done; echo seen';
  expect(runLab(text).output).toBe('seen\n');
});

it('kills the subshell in the background only', () => {
  const { output, time } = runLab('( sleep 5 ; echo no ) & kill $!; wait; echo yes');
  expect(output).toBe('yes\n');
  expect(time).toBeLessThan(1e9);
});

it('gives a background command the place of its subshell', () => {
  expect(runLab('sleep 5 & kill -USR1 $!; wait $!; echo $? $SECONDS').output).toContain('138 0');
});

it('stops where the run was to end', () => {
  const { outcome } = runLab('sleep 100000', 'lab.sh', { until: 1e9 });
  expect(outcome).toBe('limit');
});

it('is the same each time', () => {
  const text = 'for i in 1 2 3; do (sleep 0.$i; echo $RANDOM) & done; wait; echo $RANDOM $$';
  expect(runLab(text)).toEqual(runLab(text));
});
