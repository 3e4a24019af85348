// snapshot.ts — qemu-img snapshot: no image of a lab has snapshots inside, so there are none to list, apply or delete.
import { fail, refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';

import { openImage, READ_WRITE_SHARED } from './image.ts';
import { imgOptions, TRY } from './img-options.ts';

const ACTIONS = ['l', 'a', 'c', 'd'] as const;

export function snapshot(t: Tool, files: HostFiles, args: readonly string[]): number {
  const spec = { short: 'la:c:d:qU', long: { 'image-opts': 'image-opts' } };
  const { has, value, operands } = imgOptions(t, spec, args);
  const [action = 'l', ...more] = ACTIONS.filter(
    (name) => (name === 'l' && has('l')) || value(name) !== undefined,
  );
  if (more.length > 0) fail(t, `Cannot mix '-l', '-a', '-c', '-d'${TRY}`);
  const [path, ...others] = operands.map(textOf);
  if (path === undefined || others.length > 0)
    return fail(t, `Expecting one image file name${TRY}`);
  const writes = action !== 'l';
  if (writes && has('U')) fail(t, `Could not open '${path}': ${READ_WRITE_SHARED}`);
  const { qcow2 } = openImage(t, files, path, {
    format: null,
    isOptions: has('image-opts'),
    writes,
    forceShare: has('U'),
  });
  const name = textOf(value(action) ?? '');
  switch (action) {
    case 'l':
      return 0;
    case 'd':
      return fail(t, `Could not delete snapshot '${name}': snapshot not found`);
    case 'a':
      if (qcow2 === null) refuse(t, 'qemu-img snapshot -a of a raw image');
      return fail(
        t,
        `Could not apply snapshot '${name}': Failed to load snapshot: No such file or directory`,
      );
    case 'c':
      if (qcow2 !== null) refuse(t, 'qemu-img snapshot -c');
      return fail(t, `Could not create snapshot '${name}': -95 (Operation not supported)`);
  }
}
