// terminal.tsx — A shell inside the machine, at the instant that is shown. Typed commands become part of the run.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal as Xterm } from '@xterm/xterm';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { ask, interfere } from '../model/fork.ts';
import { cursor, instant, run } from '../model/session.ts';
import { theme } from '../style/theme.ts';
import { pause } from '../timeline/play.ts';
import { timeText } from '../timeline/time-text.ts';
import { complete, splitPath, wordAt } from './complete.ts';
import { typing } from './lazy-terminal.tsx';
import type { EditedLine } from './line-editor.ts';
import { EDITS, EMPTY_LINE, insertText } from './line-editor.ts';
import { terminalText } from './terminal-text.ts';

const CLEAR = '\u001B[2J\u001B[3J\u001B[H';
const CTRL_C = '\u0003';
const CTRL_L = '\u000C';

/** Replaces control characters, so that the terminal shows them and does not act on them. */
const harmless = (text: string): string =>
  Array.from(text, (c) => (c === '\n' ? '\r\n' : c === '\t' || !isControl(c) ? c : '\uFFFD')).join(
    '',
  );

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 32 || (code >= 127 && code < 160);
}

export function Terminal(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = box.current;
    if (parent === null) return;
    const session = createSession(parent);
    return () => session.dispose();
  }, [theme.value]);
  return (
    <div class="terminal-pane" ref={box} aria-label="A terminal of the machine" role="group" />
  );
}

function createSession(parent: HTMLElement): { dispose(): void } {
  // These are the computed colours: a CSS variable may hold an expression that xterm does not know.
  const style = getComputedStyle(parent);
  const colour = (name: string): string => {
    parent.style.color = `var(${name})`;
    return style.color;
  };
  const xterm = new Xterm({
    fontFamily: style.getPropertyValue('--mono'),
    fontSize: 13,
    screenReaderMode: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    theme: {
      background: colour('--panel'),
      foreground: colour('--ink'),
      cursor: colour('--accent'),
      selectionBackground: colour('--line'),
    },
  });
  const fit = new FitAddon();
  xterm.loadAddon(fit);
  xterm.open(parent);
  fit.fit();
  if (typing.wanted) xterm.focus();
  typing.wanted = false;
  const sized = new ResizeObserver(() => fit.fit());
  sized.observe(parent);

  let line: EditedLine = EMPTY_LINE;
  let busy = false;
  const typedBefore: string[] = [];

  const prompt = (): string => `\u001B[1m${timeText(instant.value?.at ?? 0)} #\u001B[0m `;
  const drawLine = (): void => {
    const left = line.text.length - line.cursor;
    xterm.write(`\r\u001B[K${prompt()}${harmless(line.text)}${left > 0 ? `\u001B[${left}D` : ''}`);
  };
  const redraw = (): void => {
    const current = run.value;
    xterm.write(CLEAR);
    if (current === null) return;
    xterm.write(harmless(terminalText(current.spec, current.result, cursor.value)));
    drawLine();
  };
  const submit = async (): Promise<void> => {
    const text = line.text.trim();
    line = EMPTY_LINE;
    xterm.write('\r\n');
    if (text === '') return drawLine();
    typedBefore.push(text);
    busy = true;
    pause();
    await interfere({ text, by: 'terminal' });
    busy = false;
    redraw();
  };
  const completeLine = async (): Promise<void> => {
    const word = wordAt(line.text, line.cursor);
    busy = true;
    const candidates = await candidatesFor(word.text, word.isCommand);
    busy = false;
    const { added, choices } = complete(word.text, candidates);
    line = insertText(line, added);
    if (added === '' && choices.length > 0) xterm.write(`\r\n${harmless(choices.join('  '))}\r\n`);
    drawLine();
  };
  const type = (data: string): void => {
    if (busy) return;
    const edit = EDITS[data];
    if (data === '\r') void submit();
    else if (data === '\t') void completeLine();
    else if (data === CTRL_L) redraw();
    else if (data === CTRL_C) {
      line = EMPTY_LINE;
      xterm.write('^C\r\n');
      void interfere({ text: '', by: 'interrupt' }).then(redraw);
    } else if (edit !== undefined) {
      line = edit(line, typedBefore);
      drawLine();
    } else {
      // A pasted text may have many lines. They run one at a time.
      const pasted = data.replaceAll(/[\r\n]+/g, '; ');
      line = insertText(
        line,
        Array.from(pasted)
          .filter((c) => !isControl(c))
          .join(''),
      );
      drawLine();
    }
  };
  // Escape leaves the terminal, so that the keyboard is not caught in it.
  xterm.attachCustomKeyEventHandler((event) => {
    if (event.key === 'Tab' && event.shiftKey) return false;
    if (event.key !== 'Escape') return true;
    if (event.type === 'keydown') document.querySelector<HTMLElement>('.transport .play')?.focus();
    return false;
  });
  const listening = xterm.onData(type);
  const unsubscribe = [run.subscribe(redraw), cursor.subscribe(redraw)];
  return {
    dispose() {
      for (const off of unsubscribe) off();
      sized.disconnect();
      listening.dispose();
      xterm.dispose();
    },
  };
}

async function candidatesFor(typed: string, isCommand: boolean): Promise<readonly string[]> {
  const isPath = typed.includes('/');
  if (isCommand && !isPath) return run.value?.result.programs ?? [];
  const { folder } = splitPath(typed);
  const prefix = folder === '.' ? '' : folder;
  const files = (await entriesOf(folder)).map((name) => prefix + name);
  return isPath ? files : [...deviceNames(), ...files];
}

function deviceNames(): string[] {
  const survey = instant.value?.survey;
  return survey === undefined ? [] : [...survey.maps, ...survey.disks].map(({ name }) => name);
}

/** Asks the machine for the names in a folder. The names of folders end in a slash. */
async function entriesOf(folder: string): Promise<string[]> {
  const quoted = `'${folder.replaceAll("'", String.raw`'\''`)}'`;
  const listed = await ask(
    `for f in ${quoted}/*; do [ -d "$f" ] && echo "\${f##*/}/" || echo "\${f##*/}"; done`,
  );
  return (listed ?? '').split('\n').filter((name) => name !== '' && name !== '*');
}
