// fold-repeats.ts — Folds lines of a log that repeat over and over into one, such as ten minutes of a poll that finds nothing new.

export interface RepeatFold {
  /** Takes the next line, with its newline: an instant, a space and an event. Repeated lines differ in the instant only. */
  add(line: string): void;
  /** Called after the last line. */
  end(): void;
}

/** Longer cycles are not looked for. */
const MAX_CYCLE = 16;
/** A cycle is shown this many times before it is folded. */
const SHOWN = 3;

/**
 * Passes lines on to `emit`. If the same lines come again and again in the same order, it passes on the first three times, and then
 * one line that says how often they came after that, at the instant of the last.
 */
export function foldRepeats(emit: (line: string) => void): RepeatFold {
  let fold: Folding | null = null;
  let recent = createRecent();
  const leave = (): void => {
    if (fold === null) return;
    for (const line of unfolded(fold)) emit(line);
    fold = null;
    recent = createRecent();
  };
  return {
    add(line) {
      if (fold !== null) {
        if (goesOn(fold, line)) return;
        leave();
      }
      emit(line);
      const cycle = cycleAfter(recent, whatOf(line));
      if (cycle !== null) fold = { cycle, times: 0, last: [], begun: [] };
    },
    end: leave,
  };
}

interface Folding {
  /** The events of one cycle, without their instants. */
  readonly cycle: readonly string[];
  /** How often the cycle came after the times that were passed on. */
  times: number;
  /** The lines of the last whole cycle. */
  last: readonly string[];
  /** The lines since then. */
  begun: string[];
}

/** Returns false if the line is not the next one of the cycle. */
function goesOn(fold: Folding, line: string): boolean {
  if (fold.cycle[fold.begun.length] !== whatOf(line)) return false;
  fold.begun.push(line);
  if (fold.begun.length < fold.cycle.length) return true;
  fold.times++;
  fold.last = fold.begun;
  fold.begun = [];
  return true;
}

function unfolded({ cycle: { length }, times, last, begun }: Folding): readonly string[] {
  if (times <= 1) return [...last, ...begun];
  const [instant = ''] = (last.at(-1) ?? '').split(' ', 1);
  const what = length === 1 ? 'the event above came' : `the ${length} events above came`;
  return [`${instant} … ${what} ${times} times more\n`, ...begun];
}

const whatOf = (line: string): string => line.slice(line.indexOf(' '));

interface Recent {
  /** The last events, at most `MAX_CYCLE` of them. */
  readonly lines: string[];
  /** For each length of a cycle: how many of the last lines equal the line that many lines before. */
  readonly same: number[];
}

const createRecent = (): Recent => ({
  lines: [],
  same: Array.from({ length: MAX_CYCLE + 1 }, () => 0),
});

/** The shortest cycle that has come `SHOWN` times with this line, or null. */
function cycleAfter({ lines, same }: Recent, what: string): readonly string[] | null {
  let found: readonly string[] | null = null;
  for (let length = 1; length <= MAX_CYCLE; length++) {
    const again = lines.length >= length && lines[lines.length - length] === what;
    const count = again ? (same[length] ?? 0) + 1 : 0;
    same[length] = count;
    if (found === null && count >= (SHOWN - 1) * length) found = [...lines, what].slice(-length);
  }
  lines.push(what);
  if (lines.length > MAX_CYCLE) lines.shift();
  return found;
}
