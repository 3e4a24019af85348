// backing-file.ts — The file that an image names as its backing file, and the node that is opened for it. Mirrors block.c: bdrv_open_backing_file, path_combine.
import type { BlockNode } from '../block/node.ts';
import { noteWrite } from '../block/node.ts';
import type { Qcow2Image } from '../block/qcow2-image.ts';
import { setBacking } from '../block/qcow2-image.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { optionsOfName } from './file-name.ts';
import { qcow2State } from './qcow2-read.ts';
import { fileOf } from './raw.ts';

/** bdrv_change_backing_file: the image names another backing file, or none, in its header, which is written anew. */
export function nameBacking(node: BlockNode, file: string | null, format: string | null): void {
  const { image } = qcow2State(node);
  setBacking(image, file, format);
  noteWrite(fileOf(node), 0, image.clusterSize);
}

/** The options of the backing node: those the client gave, else those in the image; null if there is no backing node. */
export function backingOptions(
  options: JsonObject,
  { file, backingFile, backingFormat }: Qcow2Image,
): JsonObject | null {
  if (options['backing'] === null) return null;
  const given = options['backing'];
  const isWhole = !isJsonObject(given) || given['driver'] !== undefined;
  if (given !== undefined && isWhole) return options;
  if (backingFile === null) return null;
  const driver = backingFormat ?? 'raw';
  const { cache } = options;
  const shared = cache === undefined ? {} : { cache };
  if (backingFile.startsWith('json:')) {
    const described: unknown = JSON.parse(backingFile.slice('json:'.length));
    return { ...shared, backing: { ...(described as JsonObject), driver, 'read-only': true } };
  }
  const filename = besideFile(file.path, backingFile);
  // Options without a driver are added to what the image says.
  const { file: own, ...rest } = isJsonObject(given) ? given : {};
  return {
    ...shared,
    backing: {
      driver,
      'read-only': true,
      ...rest,
      file: { ...optionsOfName(filename), ...(isJsonObject(own) ? own : {}) },
    },
  };
}

/** Resolves a relative name against the directory of the image. */
export function besideFile(path: string, name: string): string {
  // A name with a protocol, such as `json:` or `nbd:`, is no path.
  if (/^(?:[/$]|[^/:]+:)/u.test(name)) return name;
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) + name : name;
}
