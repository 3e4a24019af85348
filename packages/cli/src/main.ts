// main.ts — dmsim on the command line: which command, and what it makes of its end.
import { writeSync } from 'node:fs';

import { Refusal } from './refusal.ts';
import { replayQmpCommand } from './replay-qmp-command.ts';
import { HELP, runCommand } from './run-command.ts';
import { VERSION } from './version.ts';

/** dmsim's own statuses come from the top, so that a lab may use the others. */
const REFUSED = 125;

/** Returns the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  try {
    switch (command) {
      case 'run':
        return await runCommand(rest);
      case 'replay-qmp':
        return replayQmpCommand(rest);
      case '--help':
      case '-h':
      case 'help':
        writeSync(1, HELP);
        return 0;
      case '--version':
      case 'version':
        writeSync(1, `dmsim ${VERSION}\n`);
        return 0;
      case undefined:
        throw new Refusal("nothing to do (try 'dmsim --help')");
      default:
        throw new Refusal(`'${command}' is not a command (try 'dmsim --help')`);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    writeSync(2, `dmsim: ${error.message}\n`);
    return REFUSED;
  }
}
