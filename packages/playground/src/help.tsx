// help.tsx — The keys, and what the picture's signs mean.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { helpIsOpen } from './keys/help-state.ts';
import { KEYS } from './keys/keys.ts';

export function Help(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpIsOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const close = (): void => {
    helpIsOpen.value = false;
  };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(({ shown, does }) => (
          <div key={shown}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h2>Signs</h2>
      <ul>
        <li>
          A circle is a bio at its first try, a diamond one that a path has failed: it is to be
          tried again.
        </li>
        <li>
          A disk has two lamps: what sysfs says (r running, o offline, b blocked, – gone) and what
          dm says (A active, F failed). ≠ where they do not fit.
        </li>
        <li>
          The gate at the left of a mapped device is shut by a suspend: dashed for noflush, whole
          for one with a flush.
        </li>
        <li>
          A process is R when it can run, S when it waits, D when it waits and no signal helps.
        </li>
        <li>
          Press a disk, a mapped device or a bio for what can be done to it. What you do changes the
          run from that instant on.
        </li>
      </ul>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}
