// prompt.ts — Expands $PS4 and `${x@P}`: the escapes of prompts, then parameters and commands. Mirrors bash's parse.y: decode_prompt_string.
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import type { Shell } from '../shell.ts';
import { parsePrompt } from '../syntax/parse-lab.ts';
import { expandText } from './expand-word.ts';

const ESCAPES: Readonly<Record<string, (shell: Shell) => string>> = {
  '\\': () => String.raw`\\`,
  n: () => '\n',
  r: () => '\r',
  a: () => '\x07',
  e: () => '\x1b',
  $: () => '#',
  u: () => 'root',
  h: () => '(none)',
  H: () => '(none)',
  s: ({ zero }) => zero.slice(zero.lastIndexOf('/') + 1),
  w: ({ cwd }) => cwd,
  W: ({ cwd }) => cwd.slice(cwd.lastIndexOf('/') + 1) || '/',
  '[': () => '',
  ']': () => '',
};

/** The trace is off meanwhile, and `$?` stays. */
export function* expandPrompt(shell: Shell, text: string): Task<string> {
  const decoded = text.replaceAll(/\\(.)/gs, (all, letter: string) => {
    const escape = ESCAPES[letter];
    if (escape !== undefined) return escape(shell);
    if (/[djltT@AvV!#0-9D]/.test(letter))
      throw new NotSupported(shell.file, shell.line, `\\${letter} in a prompt`);
    return all;
  });
  const { xtrace } = shell.flags;
  const { status } = shell;
  shell.flags.xtrace = false;
  try {
    return yield* expandText(shell, parsePrompt(decoded, shell));
  } finally {
    shell.flags.xtrace = xtrace;
    shell.status = status;
  }
}
