// tell-descriptors.ts — Says why `<(…)` and /dev/stderr lead nowhere: their links are made by init, which a lab's machine lacks.
import type { Machine } from '@dmsim/host';

import { say } from '../process/standard-streams.ts';

/** A process substitution, or one of the names that it and scripts use. */
const NAMES_DESCRIPTORS = /[<>]\(|\/dev\/(?:fd\/|std(?:in|out|err)\b)/;

export function tellDescriptors({ root }: Machine, text: string): void {
  const dev = root.lookup('dev');
  const isThere = dev?.kind === 'directory' && dev.lookup('fd') !== undefined;
  if (isThere || !NAMES_DESCRIPTORS.test(text)) return;
  say(
    'this machine has no /dev/fd, /dev/stdin, /dev/stdout or /dev/stderr, since no init made them; <(…) needs `ln -s /proc/self/fd /dev/fd` before it',
  );
}
