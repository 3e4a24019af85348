// main.ts — dmsim on the command line: finds the command, runs it, and sets the exit status.
import { existsSync } from 'node:fs';

import { COMMANDS, findCommand, overview } from './commands.ts';
import { EXIT } from './exit-status.ts';
import { reportFault } from './fault.ts';
import { Asked } from './options/asked.ts';
import { dieOf } from './process/interrupts.ts';
import { output, print, say } from './process/standard-streams.ts';
import { acceptSupervision } from './process/supervised.ts';
import { Refusal } from './refusal.ts';
import { VERSION } from './version.ts';

/** Returns the exit status. Prints errors that are thrown below, a line each. */
export async function main(argv: readonly string[]): Promise<number> {
  acceptSupervision();
  try {
    return endOfOutput(await dispatch(argv));
  } catch (error) {
    if (!(error instanceof Refusal)) return reportFault(error, argv);
    say(error.message);
    return EXIT.REFUSED;
  }
}

/** The exit status, unless output was lost: without a reader this process dies of SIGPIPE, as other programs do. */
function endOfOutput(status: number): number {
  if (output.failure === null) return status;
  const { code, reason } = output.failure;
  if (code === 'EPIPE') dieOf('SIGPIPE');
  else say(`standard output: ${reason}`);
  return EXIT.REFUSED;
}

async function dispatch([word, ...rest]: readonly string[]): Promise<number> {
  if (word === undefined) throw new Refusal("nothing to do (try 'dmsim --help')");
  if (['--help', '-h', 'help'].includes(word)) return show(rest[0]);
  if (['--version', '-V', 'version'].includes(word)) return showVersion();
  const command = findCommand(word);
  if (command === undefined) throw new Refusal(mistaken(word));
  try {
    return await command.run(rest);
  } catch (error) {
    if (!(error instanceof Asked)) throw error;
    return error.what === 'help' ? show(command.name) : showVersion();
  }
}

/** The message for a mistaken command, with what people probably meant. */
function mistaken(word: string): string {
  if (existsSync(word)) return `to run ${word}: dmsim run ${word}`;
  if (word.startsWith('-')) return `options come after a command: dmsim run ${word} ... LAB`;
  const names = COMMANDS.map(({ name }) => name).join(', ');
  return `'${word}' is not a command; there are ${names} (try 'dmsim --help')`;
}

function show(name: string | undefined): number {
  const command = name === undefined ? undefined : findCommand(name);
  if (name !== undefined && command === undefined)
    throw new Refusal(`'${name}' is not a command (try 'dmsim --help')`);
  print(command?.help ?? overview());
  return EXIT.OK;
}

function showVersion(): number {
  print(`dmsim ${VERSION}\n`);
  return EXIT.OK;
}
