// echo.ts — echo [-neE] word …
import { unescape } from '../expand/escapes.ts';
import { printOutput } from '../messages.ts';
import type { Builtin } from './builtin.ts';

export const echo: Builtin = (shell, args) => {
  let newline = true;
  let escapes = shell.flags.xpg_echo;
  let i = 1;
  for (; i < args.length && /^-[neE]+$/.test(args[i] as string); i++) {
    for (const flag of (args[i] as string).slice(1)) {
      if (flag === 'n') newline = false;
      else escapes = flag === 'e';
    }
  }
  let text = args.slice(i).join(' ');
  if (escapes) {
    const result = unescape(text, { octal: 'zero', quotes: false, stop: true });
    ({ text } = result);
    if (result.stop) newline = false;
  }
  return printOutput(shell, 'echo', newline ? `${text}\n` : text);
};
