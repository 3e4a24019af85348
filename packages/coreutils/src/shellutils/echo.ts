// echo.ts — echo(1) of coreutils, for programs that call it without a shell (xargs, env, timeout).
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';
import { tool } from '../tool.ts';
import { unescapeEcho } from './escapes.ts';

export const echo: Program = tool(function* main(t: Tool): Task<number> {
  let newline = true;
  let escapes = false;
  let i = 0;
  for (; /^-[neE]+$/.test(t.args[i] ?? ''); i++) {
    for (const letter of (t.args[i] ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = t.args.slice(i).join(' ');
  const { text: shown, stop } = escapes ? unescapeEcho(text) : { text, stop: false };
  t.out.put(shown + (newline && !stop ? '\n' : ''));
  yield* t.out.flush();
  return 0;
});
