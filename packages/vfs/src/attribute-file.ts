// attribute-file.ts — A file of sysfs or procfs: callbacks make its content and act on writes. Mirrors fs/kernfs/file.c.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';

import { createOpenFile } from './create-open-file.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';
import { ready } from './ready.ts';
import type { RegularFile } from './vnode.ts';

export interface Attribute {
  /** Returns the whole content, with its newline, or an errno. Called at the first read after open, as in sysfs. */
  readonly show?: RegularFile['show'];
  /** Called with the text of one write(2). */
  readonly store?: ((process: Process, text: string) => Task<Errno | undefined>) | undefined;
  /** @defaultValue 0644, 0444 or 0200, depending on which of `show` and `store` are given */
  readonly mode?: number;
  /** The size that stat(2) shows. @defaultValue 4096, as in sysfs; 0 makes it a procfs file, whose writes fail with EIO */
  readonly size?: number;
}

/** A file of sysfs, or, with the size 0, of procfs. Opening it for what the attribute lacks fails with EACCES. */
export function attributeFile(attribute: Attribute): RegularFile {
  const { show, store, size = 4096 } = attribute;
  const made = (show === undefined ? 0 : 0o444) | (store === undefined ? 0 : 0o200);
  return {
    kind: 'file',
    mode: attribute.mode ?? made,
    show,
    size: () => size,
    truncate: ignoreTruncation,
    open(_process, path, flags) {
      // kernfs checks the mode even for root. procfs lets root open any file for writing; only the write fails.
      const writable = store !== undefined || size === 0;
      const allowed = !(flags.read && show === undefined) && !(flags.write && !writable);
      return ready(allowed ? openAttribute(attribute, path, flags) : 'EACCES');
    },
  };
}

/** The shell's `>` passes O_TRUNC, which these files accept. */
const ignoreTruncation = (): undefined => undefined;

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
      // A read at offset 0 makes the content anew.
      if (position === 0) content = undefined;
      return position;
    },
  });
}
