// tell-descriptors.ts — Says why `<(…)` and /dev/stderr lead nowhere on a machine without udevd, which makes their links.
import type { Machine } from '@dmsim/host';

import { say } from './standard-streams.ts';

/** A process substitution, or one of the names that it and scripts use. */
const NAMES_DESCRIPTORS = /[<>]\(|\/dev\/(?:fd\/|std(?:in|out|err)\b)/;

export function tellDescriptors({ udev }: Machine, text: string): void {
  if (udev.running || !NAMES_DESCRIPTORS.test(text)) return;
  say(
    "no udevd runs, so nobody has made /dev/fd, /dev/stdin, /dev/stdout and /dev/stderr, which <(…) needs; '#udev' in the first line of the lab starts it",
  );
}
