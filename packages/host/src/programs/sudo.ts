// sudo.ts — sudo: runs the command. Labs run as root, and on the machine that recorded them sudo is a script that does just that.
import { Failure, refuse, runChild, tool } from '@dmsim/coreutils';
import type { Program } from '@dmsim/vfs';

export const sudo: Program = tool(function* main(t) {
  const from = t.args.findIndex((arg) => !arg.startsWith('-'));
  if (from < 0) refuse(t, t.args.join(' '));
  const words = t.args.slice(from);
  const child = yield* runChild(t, words);
  if (typeof child !== 'string') return child.status;
  throw new Failure(`/usr/bin/sudo: line 3: exec: ${words[0]}: not found\n`, 127);
});
