// message.ts — `dmsetup message <device> <sector> <word>…`
import { targetMessage } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { deviceRef, ioctlFailed, keyOf } from './device-ref.ts';
import type { Call, Run } from './run.ts';
import { logError } from './run.ts';
import { strtoull } from './table-lines.ts';

export function* message(run: Run, { args }: Call): Task<boolean> {
  const { switches, tool } = run;
  const named = !switches.has('u') && !switches.has('j');
  const ref = yield* deviceRef(run, named ? args[0] : undefined);
  if (ref === null) return false;
  const [sector = '', ...words] = named ? args.slice(1) : args;
  const number = sector.trimStart();
  if (!/^[+-]?\d+$/.test(number) || number.replace(/^[+-]0*/, '').length > 20) {
    return yield* logError(run, 'Invalid sector.');
  }
  // Said, and sent all the same.
  if (words.length === 0) yield* logError(run, 'No message supplied.');
  const answer = targetMessage(run.dm, keyOf(ref), {
    sector: strtoull(number),
    message: words.join(' '),
  });
  if (typeof answer === 'string') return yield* ioctlFailed(run, 'message', ref, answer);
  if (answer !== undefined && answer.output !== '') {
    tool.out.put(answer.output.endsWith('\n') ? answer.output : `${answer.output}\n`);
  }
  return true;
}
