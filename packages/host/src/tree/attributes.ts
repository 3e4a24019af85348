// attributes.ts — A driver's sysfs attributes as files.
import type { SysfsAttribute, SysfsAttributes } from '@dmsim/block';
import type { Directory, RegularFile, Vnode } from '@dmsim/shell';
import { attributeFile, ready } from '@dmsim/shell';

import { kernelDirectory } from './kernel-directory.ts';

/** A directory of `attributes`, and of what else there is in it; each entry is made when it is first asked for. */
export function attributesDirectory(
  attributes: SysfsAttributes,
  more: Readonly<Record<string, () => Vnode>> = {},
): Directory {
  const made = new Map<string, Vnode>();
  const make = (name: string): Vnode | undefined => {
    if (Object.hasOwn(more, name)) return more[name]?.();
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return attribute === undefined ? undefined : fileOf(attribute);
  };
  return kernelDirectory(
    () => [...Object.keys(attributes), ...Object.keys(more)],
    (name) => {
      const node = made.get(name) ?? make(name);
      if (node !== undefined) made.set(name, node);
      return node;
    },
  );
}

function fileOf({ show, store }: SysfsAttribute): RegularFile {
  return attributeFile({
    ...(show === undefined ? {} : { show }),
    ...(store === undefined ? {} : { store: (_process, text) => ready(store(text)) }),
  });
}

/** An attribute that is only shown; its line is what `value` says now. */
export const shown = (value: () => string | number): SysfsAttribute => ({
  show: () => `${value()}\n`,
});
