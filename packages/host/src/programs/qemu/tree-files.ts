// tree-files.ts — Maps the lab's files for QEMU: disks are found by their device nodes, images are read as bytes.
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import type { HostFile, HostFiles, ImageLocks, OpenBlockDevice } from '@dmsim/qemu';
import type { MemoryFile } from '@dmsim/vfs';
import { createFile, isMemoryFile, lookupPath, resolvePath } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';

export function blockDevicesOf({ root, layer }: Machine, cwd: string): OpenBlockDevice {
  return (path): BlockDevice | undefined => {
    const node = lookupPath(path, { root, cwd });
    return typeof node !== 'string' && node.kind === 'block'
      ? findDevice(layer, node.major, node.minor)
      : undefined;
  };
}

/** The locks on a file or a device of the machine. */
export function locksOf({ imageLocks }: Machine, thing: object): ImageLocks {
  const known = imageLocks.get(thing);
  if (known !== undefined) return known;
  const locks: ImageLocks = new Map();
  imageLocks.set(thing, locks);
  return locks;
}

/** The raw images in the lab's tree, by path. The format of an image is not checked. */
export function filesOf(machine: Machine, cwd: string): HostFiles {
  const { root } = machine;
  const opened = new Map<MemoryFile, HostFile>();
  return new (class extends Map<string, HostFile> {
    override get(path: string): HostFile | undefined {
      const node = lookupPath(path, { root, cwd });
      if (typeof node === 'string' || !isMemoryFile(node)) return undefined;
      const known = opened.get(node);
      if (known !== undefined) return known;
      const file: HostFile = {
        path,
        locks: locksOf(machine, node),
        size: () => node.size(),
        readAt: (offset, bytes) => node.readAt(offset, bytes),
        writeAt: (offset, data) => node.writeAt(offset, data),
        punchHole: (offset, bytes) => {
          node.punch(offset, bytes);
          return undefined;
        },
        truncate: (size) => node.truncate(size),
        isHole: (offset) => node.isHole(offset),
        sizeOnDisk: () => node.sizeOnDisk(),
      };
      opened.set(node, file);
      return file;
    }

    override has(path: string): boolean {
      return this.get(path) !== undefined;
    }

    /** QEMU makes a file, or takes one that is there for its own. Nothing happens where there is no such directory. */
    override set(path: string, file: HostFile): this {
      const bytes = file.readAt(0, file.size());
      const there = lookupPath(path, { root, cwd });
      const name = path.slice(path.lastIndexOf('/') + 1);
      const folder = lookupPath(path.slice(0, -name.length) || '.', { root, cwd });
      if (typeof there !== 'string') {
        if (isMemoryFile(there)) there.setBytes(bytes);
      } else if (typeof folder !== 'string' && folder.kind === 'directory') {
        const made = createFile();
        made.setBytes(bytes);
        folder.link(name, made);
      }
      return this;
    }

    /** Also a socket, which stands here as an empty file. */
    override delete(path: string): boolean {
      const at = resolvePath(path, { root, cwd });
      return typeof at !== 'string' && at.parent.unlink(at.name) === undefined;
    }
  })();
}
