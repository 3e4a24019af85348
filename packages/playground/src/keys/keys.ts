// keys.ts — The keys of the page. They work everywhere except in text fields.
import { goToBreak } from '../breakpoints/breakpoints.tsx';
import {
  bringAllPathsBack,
  losePathsAtSuspend,
  plugInUnderAnotherName,
  suspendOrResume,
  suspendWithFlush,
  takeAllPathsDown,
  writeABlock,
} from '../menus/shortcuts.ts';
import { dropInterference } from '../model/fork.ts';
import { last, moveTo, runDraft } from '../model/session.ts';
import { pause, togglePlay } from '../timeline/play.ts';
import { stepCommand, stepDecision, stepEvent } from '../timeline/transport.tsx';
import { helpIsOpen } from './help-state.ts';

export interface Key {
  /** The value of `KeyboardEvent.key`. */
  readonly key: string;
  /** The key's name in the help. */
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
  { key: 'r', shown: 'r', does: 'run the lab again', act: () => void runDraft() },
  { key: 'b', shown: 'b', does: 'the next breakpoint', act: () => goToBreak(false) },
  { key: 'B', shown: 'B', does: 'the breakpoint before', act: () => goToBreak(true) },
  { key: 'w', shown: 'w', does: 'write a block to the map', act: writeABlock },
  { key: 's', shown: 's', does: 'suspend the map (noflush), or resume it', act: suspendOrResume },
  { key: 'f', shown: 'f', does: 'suspend the map with a flush', act: suspendWithFlush },
  { key: 'x', shown: 'x', does: 'all paths down', act: takeAllPathsDown },
  { key: 'c', shown: 'c', does: 'all paths back', act: bringAllPathsBack },
  { key: 'u', shown: 'u', does: 'replug a path under another name', act: plugInUnderAnotherName },
  {
    key: 'a',
    shown: 'a',
    does: 'align: all paths are lost at the instant at which the next suspend begins',
    act: () => losePathsAtSuspend('aligned'),
  },
  {
    key: 't',
    shown: 't',
    does: 'spread: all paths are lost a second before the next suspend begins',
    act: () => losePathsAtSuspend('spread'),
  },
  { key: 'z', shown: 'z', does: 'undo all actions', act: () => void dropInterference() },
  {
    key: '?',
    shown: '?',
    does: 'this list',
    act: () => {
      helpIsOpen.value = !helpIsOpen.value;
    },
  },
];

const TYPING =
  'input:not([type=range]), textarea, select, [contenteditable=true], .xterm, [role=menu], dialog, #tab-terminal';

/** Closes what a press of a button has opened, and returns the focus to that button. */
function closePanels(): void {
  for (const panel of document.querySelectorAll<HTMLDetailsElement>('details[open]')) {
    panel.open = false;
    panel.querySelector('summary')?.focus();
  }
}

/** Starts to listen; the function returned stops it. */
export function listenToKeys(): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as Element | null;
    if (event.key === 'Escape') closePanels();
    if (target?.closest?.(TYPING) !== null) return;
    // Space belongs to a button that has the focus.
    if (event.key === ' ' && target.closest('button, [role=button]') !== null) return;
    const found = KEYS.find(({ key }) => key === event.key);
    if (found === undefined) return;
    event.preventDefault();
    found.act();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
