// lab-runner.ts — Runs a lab of this folder in process, and returns what it printed, both descriptors in one, as it was recorded.
import { readdirSync, readFileSync } from 'node:fs';

import type { LabResult, MachineOptions } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';

const folder = new URL('.', import.meta.url);

/** Names without `.sh`, of labs that need no udevd. */
export const labNames = (): string[] => allNames().filter((name) => !needsUdev(name));

/** Labs with multipathd, and the udevd it needs. */
export const daemonLabNames = (): string[] => allNames().filter(needsUdev);

const allNames = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sh'))
    .map((name) => name.slice(0, -3))
    .toSorted();

const needsUdev = (name: string): boolean => readLab(name).startsWith('#udev');

export const readLab = (name: string): string =>
  readFileSync(new URL(`${name}.sh`, folder), 'utf8');

export const readExpected = (name: string): string =>
  readFileSync(new URL(`${name}.expected`, folder), 'utf8');

export interface Transcript extends LabResult {
  readonly text: string;
}

/** Labs were recorded as /lab.sh, which is what `$0` and error texts show. */
export function playLab(text: string, options: MachineOptions = {}): Transcript {
  const decoder = new TextDecoder();
  let transcript = '';
  const result = runLab(createMachine(options), {
    name: '/lab.sh',
    text,
    onOutput: (_fd, bytes) => {
      transcript += decoder.decode(bytes, { stream: true });
    },
  });
  return { ...result, text: transcript };
}
