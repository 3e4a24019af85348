// objects.ts — Maps and paths as commands name them. Mirrors multipathd/cli_handlers.c: convert_dev, libmultipath/structs.c: find_mp_by_str.
import type { Daemon } from '../daemon/daemon.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import { findMapByAlias, findMapByWwid, findPath, findPathByNumber } from '../session.ts';
import type { Arguments } from './command.ts';

/** `/dev/mapper/X` is X, `/dev/sda` is sda. */
export const bareName = (word: string): string =>
  word.replace(/^\/dev\/mapper\//, '').replace(/^\/dev\//, '');

export const mapWord = (args: Arguments): string => bareName(args.get('map') ?? '');
export const pathWord = (args: Arguments): string => bareName(args.get('path') ?? '');

const byMinor = ({ maps }: Daemon, word: string): Multipath | undefined => {
  const minor = /^dm-(\d+)/.exec(word)?.[1];
  return minor === undefined ? undefined : maps.find(({ info }) => info?.minor === Number(minor));
};

/** By `dm-N`, WWID or alias. */
export const findMap = (daemon: Daemon, word: string): Multipath | undefined =>
  byMinor(daemon, word) ?? findMapByWwid(daemon.maps, word) ?? findMapByAlias(daemon.maps, word);

/** By `dm-N` or alias alone. */
export const findNamedMap = (daemon: Daemon, word: string): Multipath | undefined =>
  byMinor(daemon, word) ?? findMapByAlias(daemon.maps, word);

/** By name or number. */
export const findNamedPath = (daemon: Daemon, word: string): Path | undefined =>
  findPath(daemon, word) ?? findPathByNumber(daemon.paths, word);
