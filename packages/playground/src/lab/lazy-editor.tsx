// lazy-editor.tsx — Shows the text of the lab at once, and loads the editor, a large part of the page's code, beside it.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';

import type { EditorProps } from './editor.tsx';

const editor: Signal<((props: EditorProps) => JSX.Element) | null> = signal(null);
const failed: Signal<boolean> = signal(false);
let asked = false;

function loadEditor(): void {
  if (asked) return;
  asked = true;
  import('./editor.tsx').then(
    ({ Editor }) => {
      editor.value = Editor;
    },
    () => {
      failed.value = true;
    },
  );
}

export function LazyEditor(props: EditorProps): JSX.Element {
  const Editor = editor.value;
  if (Editor !== null) return <Editor {...props} />;
  loadEditor();
  return (
    <div class="editor">
      {failed.value && (
        <p class="quiet pad">
          The editor could not be loaded. Load the page again to change the lab.
        </p>
      )}
      <pre class="plain" tabIndex={0} role="region" aria-label="The lab, a bash script">
        {props.text}
      </pre>
    </div>
  );
}
