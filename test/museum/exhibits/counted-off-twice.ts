// counted-off-twice.ts — A selector counts a request off when it ends, and again when its clone is freed.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a selector counts a request off when it ends, and again when its clone is freed',
  source: 'Linux 5de719e3d01b (2019): start_io and end_io of path selectors must balance',
  story: [
    'queue-length and service-time send I/O to the path that has least under way, so every start_io needs one end_io.',
    'A clone that the queue below refuses was counted on and never off; the fix counts it off when the clone is freed.',
    'It must then be remembered that it was: counted off twice, a path looks emptier with every request',
    'until it gets them all. Nothing fails, and nothing shows it but the status line.',
  ],
  file: 'multipath/src/end-io.ts',
  replace: `if (io.started && io.pgpath !== null) {
    io.started = false;`,
  by: 'if (io.started && io.pgpath !== null) {',
  breaks: 'the status line agrees with what happened',
};
