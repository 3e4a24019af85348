// attribute-file.ts — A file of sysfs or procfs: made when it is read, acted on when it is written. Mirrors fs/kernfs/file.c.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';

import { createOpenFile } from './create-open-file.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';
import { ready } from './ready.ts';
import type { RegularFile } from './vnode.ts';

export interface Attribute {
  /** The whole content, with its newline; or why there is none. Asked at the first read after open, as sysfs does. */
  readonly show?: () => string | { readonly errno: Errno };
  /** Given what one write(2) wrote. */
  readonly store?: (process: Process, text: string) => Task<Errno | undefined>;
  /** @defaultValue from what is there: 0644, 0444 or 0200 */
  readonly mode?: number;
  /** As stat(2) shows it. @defaultValue 4096, as sysfs; 0 makes it a file of procfs, whose write fails with EIO */
  readonly size?: number;
}

export function attributeFile(attribute: Attribute): RegularFile {
  const { show, store, size = 4096 } = attribute;
  const made = (show === undefined ? 0 : 0o444) | (store === undefined ? 0 : 0o200);
  return {
    kind: 'file',
    mode: attribute.mode ?? made,
    size: () => size,
    // O_TRUNC of `>` is accepted and means nothing here.
    truncate: () => undefined,
    open(_process, path, flags) {
      // kernfs looks at the mode even for root; procfs lets root open, and has nothing to write to.
      const writable = store !== undefined || size === 0;
      const allowed = !(flags.read && show === undefined) && !(flags.write && !writable);
      return ready(allowed ? openAttribute(attribute, path, flags) : 'EACCES');
    },
  };
}

function* storeBytes(
  store: NonNullable<Attribute['store']>,
  process: Process,
  bytes: Uint8Array,
): Task<number | Errno> {
  const error = yield* store(process, decodeUtf8(bytes));
  return error ?? bytes.length;
}

function openAttribute(attribute: Attribute, path: string, flags: OpenFlags): OpenFile {
  const { show, store } = attribute;
  let content: Uint8Array | undefined;
  let position = 0;
  return createOpenFile(path, flags, {
    read(_process, max) {
      if (content === undefined) {
        const text = show?.() ?? '';
        if (typeof text !== 'string') return ready(text.errno);
        content = encodeUtf8(text);
      }
      const bytes = content.slice(position, position + max);
      position += bytes.length;
      return ready(bytes);
    },
    write: (process, bytes) =>
      store === undefined ? ready('EIO') : storeBytes(store, process, bytes),
    seek(offset, whence) {
      if (whence === 'end') return 'EINVAL';
      position = whence === 'set' ? offset : position + offset;
      // Back at the start, the content is made anew.
      if (position === 0) content = undefined;
      return position;
    },
  });
}
