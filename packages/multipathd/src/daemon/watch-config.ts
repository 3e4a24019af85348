// watch-config.ts — Logs changes to the configuration files. The daemon reads the files only when it is told to. Mirrors multipathd/uxlsnr.c: reset_watch, handle_inotify.
import { wakeUp } from '@dmsim/sim';
import type { MemoryDirectory, MemoryFile } from '@dmsim/vfs';
import { isMemoryFile, lookupPath } from '@dmsim/vfs';

import { CONFIG_DIRECTORY, CONFIG_FILE } from '../config/load-config.ts';
import type { Daemon } from './daemon.ts';

/** The watches of the configuration. Null for what did not exist when the configuration was read. */
export interface ConfigWatch {
  /** Ends the watch of the file. */
  file: (() => void) | null;
  directory: { readonly node: MemoryDirectory; readonly stop: () => void } | null;
}

/** Called after the configuration was read. Watches that exist already stay. */
export function watchConfig(daemon: Daemon): void {
  daemon.watch.file ??= watchFile(daemon);
  daemon.listener.watchesAnew = daemon.log.verbosity >= 3;
  const { watch } = daemon;
  const node = directoryAt(daemon, CONFIG_DIRECTORY);
  if (watch.directory?.node === node) return;
  watch.directory?.stop();
  watch.directory = node === undefined ? null : { node, stop: watchDirectory(daemon, node) };
}

export function stopWatching({ watch }: Daemon): void {
  watch.file?.();
  watch.directory?.stop();
  Object.assign(watch, { file: null, directory: null });
}

/** Returns true if it has logged something. */
export function tellOfChange({ listener, log }: Daemon): boolean {
  const told = listener.configChanges > 0;
  for (; listener.configChanges > 0; listener.configChanges--) {
    log.put(1, 'Multipath configuration updated.\nReload multipathd for changes to take effect');
  }
  return told;
}

/** Logs which files do not exist, and so can't be watched. Returns false if it was not due. */
export function tellOfWatch({ listener, log, watch }: Daemon): boolean {
  if (!listener.watchesAnew) return false;
  listener.watchesAnew = false;
  const missing = (name: string): void =>
    log.put(3, `didn't set up notifications on ${name}: No such file or directory`);
  if (watch.directory === null) missing(CONFIG_DIRECTORY);
  if (watch.file === null) missing(CONFIG_FILE);
  return true;
}

function changed({ listener }: Daemon): void {
  listener.configChanges++;
  wakeUp(listener.arrived);
}

function watchFile(daemon: Daemon): (() => void) | null {
  const file = lookupPath(CONFIG_FILE, { root: daemon.host.root, cwd: '/' });
  if (typeof file === 'string' || !isMemoryFile(file)) return null;
  const stop = file.watch((what) => {
    changed(daemon);
    if (what === 'written') return;
    // The name may belong to another file by now.
    stop();
    daemon.watch.file = watchFile(daemon);
  });
  return stop;
}

function directoryAt({ host }: Daemon, path: string): MemoryDirectory | undefined {
  const node = lookupPath(path, { root: host.root, cwd: '/' });
  if (typeof node === 'string' || node.kind !== 'directory' || !('watch' in node)) return undefined;
  return node as MemoryDirectory;
}

const PARENT = '/etc/multipath';

interface WatchedFile {
  readonly file: MemoryFile;
  readonly stop: () => void;
}

/** Notices files in the directory that were written or removed, and its own removal. A file that was moved is not noticed. */
function watchDirectory(daemon: Daemon, directory: MemoryDirectory): () => void {
  const watched = new Map<string, WatchedFile>();
  const watchEntry = (name: string): void => {
    watched.get(name)?.stop();
    watched.delete(name);
    const file = directory.lookup(name);
    if (file === undefined || !isMemoryFile(file)) return;
    const stop = file.watch((what) => {
      if (what === 'written') changed(daemon);
    });
    watched.set(name, { file, stop });
  };
  for (const name of directory.entries()) watchEntry(name);
  const stop = directory.watch((name, what) => {
    const file = watched.get(name)?.file;
    watchEntry(name);
    const wasMoved = file !== undefined && file.links > 0;
    if (what === 'unlinked' && !wasMoved) changed(daemon);
  });
  const parent = directoryAt(daemon, PARENT);
  const stopParent = parent?.watch((name, what) => {
    const isGone = what === 'unlinked' && `${PARENT}/${name}` === CONFIG_DIRECTORY;
    if (isGone && directory.entries().length === 0) changed(daemon);
  });
  return () => {
    stop();
    stopParent?.();
    for (const { stop: stopFile } of watched.values()) stopFile();
  };
}
