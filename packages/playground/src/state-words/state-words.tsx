// state-words.tsx — The picture's counterpart in text: the output of the machine's own commands at this instant.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { ask } from '../model/fork.ts';
import { cursor, run, running } from '../model/session.ts';
import { playing } from '../timeline/play.ts';
import { diffWords } from './diff.ts';

/** The shell prints the titles itself, so one question is enough. */
const QUESTION = `t() { echo "# $*"; "$@"; }
t dmsetup table
t dmsetup table --inactive
t dmsetup status
t dmsetup info
echo "# cat /sys/block/*/device/state"
for d in /sys/block/sd*; do [ -e $d/device/state ] && echo "\${d##*/} $(cat $d/dev) $(cat $d/device/state)"; done`;

const OF_THE_DAEMON = `
t multipath -ll`;

/** How long the cursor must rest, in ms, before the page asks the machine. */
const REST = 180;

export function StateWords(): JSX.Element {
  const [words, setWords] = useState<string | null>(null);
  const shown = useRef('');
  const [before, setBefore] = useState('');
  const nth = cursor.value;
  const current = run.value;
  const moves = playing.value;
  const busy = running.value;
  useEffect(() => {
    if (moves || busy || current === null) return;
    let given = true;
    const timer = setTimeout(() => {
      const runs = current.replay
        .stateAt(nth)
        .survey.processes.some(({ name }) => name === 'multipathd');
      void ask(runs ? QUESTION + OF_THE_DAEMON : QUESTION).then((text) => {
        if (!given || text === null) return;
        setBefore(shown.current);
        shown.current = text;
        setWords(text);
      });
    }, REST);
    return () => {
      given = false;
      clearTimeout(timer);
    };
  }, [nth, current, moves, busy]);
  if (moves) return <p class="quiet pad">Pause to ask the machine.</p>;
  if (words === null) return <p class="quiet pad">Asking the machine…</p>;
  return (
    <pre
      class="state-words"
      tabIndex={0}
      role="region"
      aria-label="The state of the machine in words"
    >
      {diffWords(before, words).map((line, i) => (
        <div key={i} class={line[0]?.text === '#' ? 'title' : ''}>
          {line.map(({ text, changed }, j) =>
            changed && before !== '' ? <mark key={j}>{text}</mark> : text,
          )}
        </div>
      ))}
    </pre>
  );
}
