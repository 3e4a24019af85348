// progress.ts — Shows the progress of a study, its speed and the time it will take, in one line of a terminal.
import { createProgress } from '../progress.ts';

export interface StudyProgress {
  step(): void;
  end(): void;
}

const WIDTH = 24;

/** Starts the line for `total` runs, of which `done` were finished before. */
export function startProgress(total: number, done = 0): StudyProgress {
  const line = createProgress();
  const started = process.hrtime.bigint();
  let now = done;
  return {
    step() {
      now++;
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      line.tell(progressLine({ now, total, done: now - done, seconds }));
    },
    end: () => line.clear(),
  };
}

interface State {
  readonly now: number;
  readonly total: number;
  /** By this process, in `seconds`. */
  readonly done: number;
  readonly seconds: number;
}

/** `[######------] 1234/10000  812 runs/s  11 s left` */
function progressLine({ now, total, done, seconds }: State): string {
  const bar = '#'.repeat(Math.floor((now / total) * WIDTH)).padEnd(WIDTH, '-');
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 ? Math.ceil((total - now) / rate) : 0;
  return `[${bar}] ${now}/${total}  ${rate.toFixed(rate < 10 ? 1 : 0)} runs/s  ${left} s left`;
}
