// compound.ts — Checks the list of `x=(…)`. An error in it discards a line. Mirrors bash's parse.y: parse_compound_assignment.
import type { Reader } from './reader.ts';
import { currentLine, Fault, keepContext, lineOf, say } from './reader.ts';
import { sayUnexpected } from './unexpected.ts';

/** Reads to the `)`; `r.pos` is behind the `(`. */
export function checkCompound(r: Reader): void {
  const line = lineOf(r, r.pos - 1);
  const kept = keepContext(r);
  r.condition = r.inCondition = r.regex = false;
  r.esacs = r.expectsIn = 0;
  r.compound = true;
  r.last = 'WORD';
  for (;;) {
    const token = r.calls.readToken(r);
    if (token === ')') break;
    if (token === '\n' || token === 'WORD' || token === 'ASSIGNMENT') continue;
    if (token === 'EOF') say(r, line, "unexpected EOF while looking for matching `)'");
    else sayUnexpected(r, token, currentLine(r));
    throw new Fault('discard', { status: 1 });
  }
  Object.assign(r, kept);
}
