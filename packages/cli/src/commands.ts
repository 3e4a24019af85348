// commands.ts — All subcommands, in the order in which `dmsim --help` shows them.
import type { Command } from './command.ts';
import { compareCommand } from './compare-command.ts';
import { exploreCommand } from './explore-command.ts';
import { newCommand } from './new-command.ts';
import { playgroundCommand } from './playground-command.ts';
import { replayQmpCommand } from './replay-qmp-command.ts';
import { runCommand } from './run-command.ts';
import { shipped } from './shipped.ts';
import { sweepCommand } from './sweep-command.ts';
import { workerCommand } from './worker-command.ts';

export const COMMANDS: readonly Command[] = [
  runCommand,
  exploreCommand,
  compareCommand,
  sweepCommand,
  workerCommand,
  newCommand,
  playgroundCommand,
  replayQmpCommand,
];

export const findCommand = (name: string): Command | undefined =>
  COMMANDS.find((command) => command.name === name);

/** The page of `dmsim --help`: a line for each command, then the page of the one that most people want. */
export function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name, operands }) => name.length + operands.length));
  const lines = COMMANDS.map(
    ({ name, operands, summary }) => `  dmsim ${`${name} ${operands}`.padEnd(width + 3)}${summary}`,
  );
  const tutorial = shipped('docs/tutorial.md');
  const begin = tutorial === undefined ? '' : `\nThe tutorial is ${tutorial}.`;
  return `dmsim runs bash labs about device-mapper and multipath on a simulated machine, and prints what Linux prints.${begin}

Commands:
${lines.join('\n')}

'dmsim COMMAND --help' describes a command. This is the page of dmsim run:

${runCommand.help}`;
}
