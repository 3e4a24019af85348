// of-snapshot.ts — The image of which -l names a snapshot.
import { fail } from '@dmsim/coreutils';
import { findSnapshot, readSnapshots, splitOptions } from '@dmsim/qemu';

import type { Image } from './image.ts';
import type { ImgTool } from './img-tool.ts';

/** The image as it was when the snapshot was taken. It has the size that the disk has now. */
export function ofSnapshot(t: ImgTool, [image, ...more]: readonly Image[], text: string): Image {
  if (image === undefined || more.length > 0)
    return fail(t, 'No support for concatenating multiple snapshot');
  const { qcow2, format } = image;
  if (qcow2 === null)
    return fail(
      t,
      `Failed to load snapshot: Block format '${format}' used by device '' does not support temporarily loading internal snapshots`,
    );
  const options = splitOptions(text, null);
  const isNamed = text.startsWith('snapshot.');
  const [id, name] = ['id', 'name'].map(
    (which) => options.find(({ key }) => key === `snapshot.${which}`)?.value,
  );
  const found = isNamed
    ? readSnapshots(qcow2).find(
        (each) => (id ?? each.id) === each.id && (name ?? each.name) === each.name,
      )
    : findSnapshot(qcow2, text);
  if (found === undefined) return fail(t, "Failed to load snapshot: Can't find snapshot");
  const { l1Offset, l1Size } = found;
  return { ...image, qcow2: { ...qcow2, l1Offset, l1Size } };
}
