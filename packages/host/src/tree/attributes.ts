// attributes.ts — A driver's sysfs attributes as files.
import type { SysfsAttribute, SysfsAttributes } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import type { Directory, RegularFile, Vnode } from '@dmsim/vfs';
import { attributeFile, ready } from '@dmsim/vfs';

import { sysfsDirectory } from './sysfs-directory.ts';

/** The entries beside attributes, by name: directories and links. */
export type Subdirectories<T> = Readonly<Record<string, (of: T) => Vnode>>;

/** The directory of object `of`: its `attributes` and other entries, each made when it is first looked up. */
export function attributesDirectory<T>(
  attributes: SysfsAttributes<T>,
  of: T,
  more: Subdirectories<T> = {},
): Directory {
  const made = new Map<string, Vnode>();
  const make = (name: string): Vnode | undefined => {
    if (Object.hasOwn(more, name)) return more[name]?.(of);
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return attribute === undefined ? undefined : fileOf(attribute, of);
  };
  return sysfsDirectory(
    () => [...Object.keys(attributes), ...Object.keys(more)],
    (name) => {
      const node = made.get(name) ?? make(name);
      if (node !== undefined) made.set(name, node);
      return node;
    },
  );
}

/** Text without a newline is the errno that reading gives. */
const contentOrErrno = (text: string): string | { readonly errno: Errno } =>
  text === '' || text.endsWith('\n') ? text : { errno: text as Errno };

function fileOf<T>({ show, store, settle }: SysfsAttribute<T>, of: T): RegularFile {
  return attributeFile({
    show: show === undefined ? undefined : () => contentOrErrno(show(of)),
    store:
      store === undefined
        ? undefined
        : (_process, text) => {
            const error = store(of, text);
            return settle === undefined || error !== undefined
              ? ready(error)
              : untilSettled(settle(of));
          },
  });
}

function* untilSettled(settled: Task<void>): Task<undefined> {
  yield* settled;
  return undefined;
}
