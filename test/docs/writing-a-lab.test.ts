// The page about labs: its commands work, its verbs are those of simctl, and what it shows of a refusal is so.
import { readFileSync } from 'node:fs';

import type { LabResult } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/writing-a-lab.md', import.meta.url), 'utf8');

function play(text: string, name = 'lab.sh'): LabResult & { readonly text: string } {
  let output = '';
  const onOutput = (_fd: 1 | 2, bytes: Uint8Array): void => {
    output += new TextDecoder().decode(bytes);
  };
  return { ...runLab(createMachine({}), { name, text, onOutput }), text: output };
}

/** Whole commands of a table's second column. */
function commandsOf(title: string): string[] {
  const section = page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const found = section.matchAll(/`((?:modprobe|echo|busybox|dmsetup message) [^`]+)`/g);
  return Array.from(found, ([, command]) => command ?? '');
}

it.each(commandsOf('Disks').filter((command) => command.startsWith('modprobe')))(
  'makes disks by: %s',
  (command) => {
    const { outcome, text } = play(`${command} && ls /sys/block`);
    expect(outcome).toEqual({ kind: 'exited', status: 0 });
    expect(text).toMatch(/^(?:sda|ram0|nullb0)$/m);
  },
);

it('makes faults by the commands that it names', () => {
  const commands = commandsOf('Faults that Linux has a command for');
  expect(commands).toHaveLength(6);
  const [paths = ''] = commandsOf('Disks');
  const map = '0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1';
  const lines = [paths, `dmsetup create mpatha --table '${map}'`, ...commands];
  const lab = lines.map((line) => `${line} || echo "$? $LINENO"`).join('\n');
  expect(play(lab)).toMatchObject({ outcome: { kind: 'exited', status: 0 }, text: '' });
});

it('has the verbs of simctl', () => {
  const { text } = play('simctl --help');
  const known = new Set([...text.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, verb]) => verb));
  const table = page.split('## What Linux has no command for')[1]?.split('\n## ')[0] ?? '';
  const named = new Set<string | undefined>();
  for (const [, cell = ''] of table.matchAll(/^\| (`[^|]*)\|/gm))
    for (const [, verb] of cell.matchAll(/`([a-z]+)/g)) named.add(verb);
  expect(named).toEqual(known);
});

it('shows how a program is refused', () => {
  const [, command = '', message = ''] = /\$ dmsim run -c '(.*)'\ndmsim: (.*)\n/.exec(page) ?? [];
  expect(play(command, 'bash').outcome).toEqual({ kind: 'refused', message });
});
