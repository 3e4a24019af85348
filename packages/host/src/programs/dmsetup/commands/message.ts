// message.ts — `dmsetup message <device> <sector> <word>…`
import { targetMessage } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { deviceRef, ioctlFailed, keyOf } from '../device-ref.ts';
import type { Call, Run } from '../run.ts';
import { logError } from '../run.ts';
import { strtoull } from '../table-lines.ts';

export function* message(run: Run, { args }: Call): Task<boolean> {
  const named = !run.switches.has('u') && !run.switches.has('j');
  const ref = yield* deviceRef(run, named ? args[0] : undefined);
  if (ref === null) return false;
  const [word = '', ...words] = named ? args.slice(1) : args;
  const sector = parseSector(word);
  if (sector === null) return yield* logError(run, 'Invalid sector.');
  // dmsetup complains and sends it all the same.
  if (words.length === 0) yield* logError(run, 'No message supplied.');
  const answer = targetMessage(run.dm, keyOf(ref), { sector, message: words.join(' ') });
  if (typeof answer === 'string') return yield* ioctlFailed(run, 'message', ref, answer);
  if (answer !== undefined) printAnswer(run, answer.output);
  return true;
}

/** strtoull(3), which may begin with white space and a sign, to the end of the word. */
function parseSector(word: string): bigint | null {
  const number = word.trimStart();
  if (!/^[+-]?\d+$/.test(number)) return null;
  return BigInt(number.replace(/^[+-]/, '')) < 2n ** 64n ? strtoull(number) : null;
}

function printAnswer({ tool }: Run, text: string): void {
  if (text !== '') tool.out.put(text.endsWith('\n') ? text : `${text}\n`);
}
