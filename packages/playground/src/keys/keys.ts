// keys.ts — What the keys do anywhere on the page, except where one types.
import { last, moveTo, runDraft } from '../model/session.ts';
import { pause, togglePlay } from '../timeline/play.ts';
import { stepCommand, stepDecision, stepEvent } from '../timeline/transport.tsx';

export interface Key {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string;
  /** As people call it. */
  readonly shown: string;
  readonly does: string;
  readonly act: () => void;
}

const goTo = (nth: number): void => {
  pause();
  moveTo(nth);
};

export const KEYS: readonly Key[] = [
  { key: ' ', shown: 'space', does: 'play, pause', act: togglePlay },
  { key: 'ArrowRight', shown: '→', does: 'the next event', act: () => stepEvent(false) },
  { key: 'ArrowLeft', shown: '←', does: 'the event before', act: () => stepEvent(true) },
  { key: 'n', shown: 'n', does: 'the next decision of the kernel', act: () => stepDecision(false) },
  { key: 'p', shown: 'p', does: 'the decision before', act: () => stepDecision(true) },
  { key: ']', shown: ']', does: 'the next command of the lab', act: () => stepCommand(false) },
  { key: '[', shown: '[', does: 'the command before', act: () => stepCommand(true) },
  { key: 'Home', shown: 'Home', does: 'the beginning', act: () => goTo(0) },
  { key: 'End', shown: 'End', does: 'the end', act: () => goTo(last()) },
  { key: 'r', shown: 'r', does: 'run the lab anew', act: () => void runDraft() },
];

const TYPING = 'input:not([type=range]), textarea, select, [contenteditable=true], .xterm';

/** Returns how to stop listening. */
export function listenToKeys(): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as Element | null;
    if (target?.closest?.(TYPING) !== null) return;
    // Space presses the button that has the focus.
    if (event.key === ' ' && target.closest('button, [role=button]') !== null) return;
    const found = KEYS.find(({ key }) => key === event.key);
    if (found === undefined) return;
    event.preventDefault();
    found.act();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
