// fault.ts — Reports a fault of dmsim itself, and says how the user can report it.
import { asError, thrownAt } from '@dmsim/sim';

import { EXIT } from './exit-status.ts';
import { commandText } from './options/command-text.ts';
import { say } from './process/standard-streams.ts';
import { VERSION } from './version.ts';

/** The place in the lab that the simulation had reached, for the message. Set by the command that runs a lab. */
export const faultContext: { where: () => string } = { where: () => '' };

/** Returns the exit status. */
export function reportFault(error: unknown, argv: readonly string[]): number {
  const { name, message } = asError(error);
  const where = faultContext.where();
  const place = thrownAt(error);
  say(
    `internal error: ${where}${name}: ${message.split('\n')[0]}${place === '' ? '' : ` (${place})`}`,
  );
  say(
    `this is a fault of dmsim ${VERSION}, and its output may be wrong. To report it, send the lab and: ${commandText(argv)}`,
  );
  if (process.env['DMSIM_DEBUG'] === undefined) say('DMSIM_DEBUG=1 shows where in the code');
  else if (error instanceof Error) say(error.stack ?? '');
  return EXIT.INTERNAL_ERROR;
}
