// editor.tsx — The text of the lab, with a mark at the running line.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import type { Range } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface EditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The running line, from 1; 0 if none runs. */
  readonly runningLine: number;
  /** The lines with errors. */
  readonly badLines: readonly number[];
  readonly breakpoints: ReadonlySet<number>;
  readonly onBreakpoint: (line: number) => void;
}

interface Marks {
  readonly running: number;
  readonly bad: readonly number[];
  readonly breakpoints: ReadonlySet<number>;
}

const setMarks = StateEffect.define<Marks>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return decorate(transaction.state, effect.value);
    }
    return set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorate({ doc }: EditorState, { running, bad, breakpoints }: Marks): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const mark = (line: number, name: string): void => {
    if (line < 1 || line > doc.lines) return;
    ranges.push(Decoration.line({ class: name }).range(doc.line(line).from));
  };
  mark(running, 'line-running');
  for (const line of bad) mark(line, 'line-bad');
  for (const line of breakpoints) mark(line, 'line-break');
  return Decoration.set(ranges, true);
}

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--code-string)' },
  { tag: [tags.keyword, tags.standard(tags.variableName)], color: 'var(--code-keyword)' },
  { tag: [tags.definition(tags.variableName), tags.variableName], color: 'var(--code-variable)' },
  { tag: [tags.number, tags.attributeName], color: 'var(--code-number)' },
]);

/** Brings the running line into view within the editor: the page itself stays where its reader has scrolled it. */
const scrollOnlyTheEditor = EditorView.scrollHandler.of(
  ({ dom, hasFocus, scrollDOM }, _, target) => {
    const line = dom.querySelector('.line-running')?.getBoundingClientRect();
    // Where somebody types, the page goes along with the cursor.
    if (hasFocus || line === undefined) return false;
    const { top, bottom } = scrollDOM.getBoundingClientRect();
    const above = line.top - target.yMargin - top;
    const below = line.bottom + target.yMargin - bottom;
    if (above < 0) scrollDOM.scrollTop += above;
    else if (below > 0) scrollDOM.scrollTop += below;
    return true;
  },
);

export function Editor(props: EditorProps): JSX.Element {
  const { text, onChange, runningLine, badLines, breakpoints, onBreakpoint } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const toggled = useRef(onBreakpoint);
  toggled.current = onBreakpoint;

  useEffect(() => {
    const editor = new EditorView({
      parent: parent.current as HTMLElement,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers({
            domEventHandlers: {
              mousedown: (target, block) => {
                toggled.current(target.state.doc.lineAt(block.from).number);
                return true;
              },
            },
          }),
          history(),
          EditorView.lineWrapping,
          scrollOnlyTheEditor,
          // Tab leaves the editor, so that the keyboard is not caught in it.
          keymap.of([...defaultKeymap, ...historyKeymap]),
          StreamLanguage.define(shell),
          syntaxHighlighting(colours),
          marks,
          EditorView.contentAttributes.of({ 'aria-label': 'The lab, a bash script' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    // It can scroll, so the keyboard must reach it.
    editor.scrollDOM.tabIndex = 0;
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const effects: StateEffect<unknown>[] = [
      setMarks.of({ running: runningLine, bad: badLines, breakpoints }),
    ];
    if (runningLine > 0 && runningLine <= editor.state.doc.lines && !editor.hasFocus) {
      const { from } = editor.state.doc.line(runningLine);
      effects.push(EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 40 }));
    }
    editor.dispatch({ effects });
  }, [runningLine, badLines, breakpoints, text]);

  return <div class="editor" ref={parent} />;
}
