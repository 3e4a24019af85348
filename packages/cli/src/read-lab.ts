// read-lab.ts — The text of a lab, from its file.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';

export function readLab(path: string): string {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    throw new Refusal(`${path}: ${reasonOf(error)}`);
  }
  try {
    if (fstatSync(fd).isDirectory()) throw new Refusal(`${path}: Is a directory`);
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}
