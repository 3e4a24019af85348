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
          A circle is a bio at its first try. A diamond is a bio whose path has failed: it is tried
          again.
        </li>
        <li>
          A disk has two lamps: its state in sysfs (r running, o offline, b blocked, – gone) and in
          dm (A active, F failed). ≠ marks a disk whose two states disagree.
        </li>
        <li>
          A suspend shuts the gate at the left of a mapped device: a dashed line for noflush, a
          solid one for a flush.
        </li>
        <li>
          Its queues hold deferred bios, which came while it was suspended; bios that are pushed
          back, which its target gave back during a noflush suspend; and bios that wait in the
          target for a path. The first two wait for the resume. While none wait in a multipath
          target, its box says what would happen to I/O without a path: queue_if_no_path, or it
          fails. A suspend turns queue_if_no_path off until the resume, except with noflush on a
          request-based map.
        </li>
        <li>
          The space–time diagram has rows for suspends, for the bios of a mapped device from their
          beginning to their end, for each queue, and for each disk. An arrow leads from a bio to
          the disk that gets it. What is red has failed.
        </li>
        <li>
          A process is R when it can run, S when it waits, and D when it waits and no signal can end
          that.
        </li>
        <li>
          Press a disk, a mapped device or a bio to see what you can do with it. Your actions change
          the run from that instant on.
        </li>
      </ul>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}
