// options.test.ts — No program calls an option invalid that it has on Debian: the simulated one has it too, or refuses it by name.
import { readFileSync } from 'node:fs';

import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

interface Row {
  /** A program, and a command of it that has options of its own. */
  readonly program: string;
  readonly letters: readonly string[];
  readonly names: readonly string[];
}

const ROWS: readonly Row[] = readFileSync(new URL('debian-options.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [program = '', letters = '', ...names] = line.split('\t');
    return {
      program,
      letters: letters.match(/[^-+:]/g) ?? [],
      names: names.map((name) => name.replace(/:+$/, '')),
    };
  });

/** Options for the tests of the programs themselves, and `?`, which stands for any wrong option. */
const isHidden = (option: string): boolean => option === '-?' || option.startsWith('---');

/** What dmsim prints, if it is that an option is wrong. A refusal ends the lab before. */
function complaintOf(command: string): string {
  const decoder = new TextDecoder();
  let said = '';
  runLab(createMachine(), {
    name: '/lab.sh',
    text: `${command} </dev/null`,
    onOutput: (_fd, bytes) => {
      said += decoder.decode(bytes);
    },
  });
  return /invalid option|unrecognized option/.test(said) ? said : '';
}

/** A letter is followed by one that no program has, so that the program does not begin its work; it is alone, too, since a few take it only so. */
function isLetterWrong(program: string, letter: string): boolean {
  const complaint = complaintOf(`${program} '-${letter}'$'\\001' --zz-none`);
  const isMeant = [`'${letter}'`, `'-${letter}`].some((shown) => complaint.includes(shown));
  return isMeant && complaintOf(`${program} '-${letter}' /dev/none`) !== '';
}

const isNameWrong = (program: string, name: string): boolean =>
  complaintOf(`${program} --${name}=$'\\001' --zz-none`).includes(
    `unrecognized option '--${name}=`,
  );

it.each(ROWS)('has or refuses by name all options of $program', ({ program, letters, names }) => {
  const wrong = [
    ...letters.filter((letter) => isLetterWrong(program, letter)).map((letter) => `-${letter}`),
    ...names.filter((name) => isNameWrong(program, name)).map((name) => `--${name}`),
  ].filter((option) => !isHidden(option));
  expect(wrong).toEqual([]);
});
