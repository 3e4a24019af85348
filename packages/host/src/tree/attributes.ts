// attributes.ts — A driver's sysfs attributes as files.
import type { SysfsAttribute, SysfsAttributes } from '@dmsim/block';
import type { Directory, RegularFile, Vnode } from '@dmsim/shell';
import { attributeFile } from '@dmsim/shell';

import { kernelDirectory } from './kernel-directory.ts';

/** A directory of `attributes`, and of what else there is in it. */
export function attributesDirectory(
  attributes: SysfsAttributes,
  more: Readonly<Record<string, () => Vnode>> = {},
): Directory {
  return kernelDirectory(
    () => [...Object.keys(attributes), ...Object.keys(more)],
    (name) => {
      if (Object.hasOwn(more, name)) return more[name]?.();
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      return attribute === undefined ? undefined : fileOf(attribute);
    },
  );
}

function fileOf({ show, store }: SysfsAttribute): RegularFile {
  return attributeFile({
    ...(show === undefined ? {} : { show }),
    ...(store === undefined
      ? {}
      : {
          *store(_process, text) {
            return store(text);
          },
        }),
  });
}

/** An attribute that is only shown; its line is what `value` says now. */
export const shown = (value: () => string | number): SysfsAttribute => ({
  show: () => `${value()}\n`,
});
