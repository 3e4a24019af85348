// trace-file.ts — The timeline as a file, which is there only once the run has ended.
import { closeSync, openSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';

import type { Machine } from '@dmsim/host';
import { writeTimeline } from '@dmsim/observe';

import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';

export interface TraceFile {
  /** The run is over: the file takes its place. */
  finish(): void;
  /** The run did not take place, or broke off: the file stays what it was. */
  abandon(): void;
}

/**
 * Written beside `path` and renamed over it at the end: whoever looks meanwhile, or after a run that was cut off, finds
 * what was there before. What can go wrong does so now, before the lab has done anything.
 */
export function startTrace(machine: Machine, path: string): TraceFile {
  if (isDirectory(path)) throw new Refusal(`${path}: Is a directory`);
  const temporary = `${path}.${process.pid}.tmp`;
  const fd = attempt(path, () => openSync(temporary, 'wx'));
  let failure: unknown = null;
  // A full disk must not stop the lab in its middle: it is told at the end.
  const timeline = writeTimeline(machine, (text) => {
    try {
      if (failure === null) writeWhole(fd, new TextEncoder().encode(text));
    } catch (error) {
      failure = error;
    }
  });
  return {
    finish() {
      try {
        timeline.finish();
        closeSync(fd);
        if (failure !== null) throw refusal(path, failure);
        attempt(path, () => renameSync(temporary, path));
      } catch (error) {
        unlinkSync(temporary);
        throw error;
      }
    },
    abandon() {
      closeSync(fd);
      unlinkSync(temporary);
    },
  };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw refusal(path, error);
  }
}

const refusal = (path: string, error: unknown): Refusal =>
  new Refusal(`${path}: ${reasonOf(error)}`);
