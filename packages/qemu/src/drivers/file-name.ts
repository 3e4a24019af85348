// file-name.ts — The node that a file's name stands for. Mirrors block.c: bdrv_open_inherit, block/blkdebug.c: blkdebug_parse_filename.
//
//   PATH, file:PATH           a file
//   null-co://, null-aio://   nothing
//   blkdebug:[CONFIG]:NAME    errors by the rules in CONFIG, above the node of that name
import type { JsonObject } from '../qmp/json.ts';

/** The options of the node. A name that no node is known for is a path. */
export function optionsOfName(name: string): JsonObject {
  const nothing = /^(null-(?:co|aio)):\/\//u.exec(name)?.[1];
  if (nothing !== undefined) return { driver: nothing };
  const [, config, image] = /^blkdebug:([^:]*):(.*)$/su.exec(name) ?? [];
  if (config === undefined || image === undefined) return { driver: 'file', filename: name };
  const rules = config === '' ? {} : { config };
  return { driver: 'blkdebug', ...rules, image: optionsOfName(image) };
}
