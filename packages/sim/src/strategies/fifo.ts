// fifo.ts — In order of time and scheduling; the run loop never asks it, so it costs nothing.
import type { Chooser } from '../chooser.ts';

export const fifo: Chooser = {
  name: 'fifo',
  seesAll: false,
  pick: () => 0,
  draw: () => 0,
  choices: [],
};
