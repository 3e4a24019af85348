// objects.ts — Maps and paths as commands name them. Mirrors multipathd/cli_handlers.c: convert_dev, libmultipath/structs.c: find_mp_by_str.
import type { Daemon } from '../daemon/daemon.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import { findMapByAlias, findPath, findPathByNumber } from '../session.ts';
import type { Arguments } from './command.ts';

/** `/dev/sda` is sda; what `/dev/mapper/X` leaves is no map's name. */
const bareName = (word: string): string => word.replace(/^\/dev\/(?=.)/, '');

export const mapWord = (args: Arguments): string => bareName(args.get('map') ?? '');
export const pathWord = (args: Arguments): string => bareName(args.get('path') ?? '');

/** The name that libdevmapper makes of it, which takes a path below /dev for the device there. */
export const kernelName = (word: string): string => word.replace(/^mapper\/(?=.)/, '');

/** By `dm-N` or alias, never by WWID. */
export const findNamedMap = (daemon: Daemon, word: string): Multipath | undefined => {
  const minor = /^dm-\s*(\d+)/.exec(word)?.[1];
  if (minor === undefined) return findMapByAlias(daemon.maps, word);
  return daemon.maps.find(({ info }) => info?.minor === Number(minor));
};

/** By name or number. */
export const findNamedPath = (daemon: Daemon, word: string): Path | undefined =>
  findPath(daemon, word) ?? findPathByNumber(daemon.paths, word);
