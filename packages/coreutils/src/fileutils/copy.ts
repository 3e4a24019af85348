// copy.ts — cp(1).
import { binaryOf, clockOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Directory, OpenFile, Program, Vnode } from '@dmsim/vfs';
import { createSymlink, setTimes } from '@dmsim/vfs';

import { closeFile, openInput, readBytes } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { writeAll } from '../output.ts';
import { joinPath, lookup, openForWriting, resolve } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { quoteShell, tool, warn } from '../tool.ts';
import { chooseTargets } from './destination.ts';
import { timesOf } from './inode.ts';
import { makeDirectory } from './mkdir.ts';

const SPEC: OptionSpec = {
  short: 'adfHLnpPrRt:Tv',
  long: {
    archive: 'a',
    force: 'f',
    dereference: 'L',
    'no-clobber': 'n',
    'no-dereference': 'P',
    recursive: 'r',
    'target-directory': 't:',
    'no-target-directory': 'T',
    verbose: 'v',
    preserve: 'p',
    sparse: 'sparse:',
    reflink: 'reflink::',
  },
  refused: 'bilsuxSZ',
  refusedLong: [
    'copy-contents',
    'one-file-system',
    'path',
    'strip-trailing-slashes',
    'suffix',
    'context',
    'backup',
    'interactive',
    'link',
    'symbolic-link',
    'update',
    'parents',
    'attributes-only',
    'remove-destination',
    'no-preserve',
  ],
};

interface Mode {
  readonly recursive: boolean;
  readonly keepLinks: boolean;
  /** Links that are operands are followed even so. */
  readonly followOperands: boolean;
  readonly keepMode: boolean;
  readonly noClobber: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { given, has, value, operands } = options;
  refuseWays(t, options);
  const recursive = has('a') || has('r') || has('R');
  // The last of these decides on links; -a and -d mean -P, too.
  const asked = given.findLast(([key]) => 'adHLP'.includes(key))?.[0];
  const mode: Mode = {
    recursive,
    keepLinks: asked === undefined ? recursive : asked !== 'L',
    followOperands: asked === 'H',
    keepMode: has('a') || has('p'),
    noClobber: has('n'),
    force: has('f'),
    verbose: has('v'),
  };
  const pairs = chooseTargets(t, operands, {
    directory: value('t'),
    asFile: has('T'),
    what: 'target',
  });
  let status = 0;
  for (const [source, target] of pairs) {
    const node = lookup(t, source, { follow: mode.followOperands || !mode.keepLinks });
    if (!(yield* copyOne(t, { path: source, node }, target, mode))) status = 1;
  }
  return status;
}

/** Files in memory share no blocks, and have holes wherever they may. */
function refuseWays(t: Tool, { value }: Options): void {
  const reflink = value('reflink') ?? 'auto';
  if (reflink !== 'auto' && reflink !== 'never')
    refuse(t, reflink === '' ? '--reflink' : `--reflink=${reflink}`);
  const sparse = value('sparse') ?? 'auto';
  if (!['auto', 'always', 'never'].includes(sparse)) refuse(t, `--sparse=${sparse}`);
}

interface Source {
  readonly path: string;
  readonly node: Vnode | Errno;
}

function* copyOne(
  t: Tool,
  { path: source, node }: Source,
  target: string,
  mode: Mode,
): Task<boolean> {
  if (typeof node === 'string')
    return yield* no(t, `cannot stat ${quoteShell(source)}: ${strerror(node)}`);
  if (node.kind === 'directory') {
    return yield* copyDirectory(t, { path: source, node }, target, mode);
  }
  const behind = lookup(t, target);
  if (behind === node) {
    return yield* no(t, `${quoteShell(source)} and ${quoteShell(target)} are the same file`);
  }
  if (mode.noClobber && typeof lookup(t, target, { follow: false }) !== 'string') return true;
  if (typeof behind !== 'string' && behind.kind === 'directory') {
    return yield* no(t, `cannot overwrite directory ${quoteShell(target)} with non-directory`);
  }
  if (mode.verbose) t.out.put(`${quoteShell(source)} -> ${quoteShell(target)}\n`);
  if (node.kind === 'symlink' || (mode.recursive && node.kind !== 'file'))
    return yield* placeNode(t, node, target);
  return yield* copyBytes(t, source, target, { node, isNew: typeof behind === 'string', mode });
}

function* no(t: Tool, message: string): Task<boolean> {
  yield* warn(t, message);
  return false;
}

/** Copies a symlink or device node, by creating another one. */
function* placeNode(t: Tool, node: Vnode, target: string): Task<boolean> {
  const found = resolve(t, target, { follow: false });
  const copy = node.kind === 'symlink' ? createSymlink(node.target) : node;
  const error = typeof found === 'string' ? found : found.parent.link(found.name, copy);
  if (error === undefined) return true;
  const what = node.kind === 'symlink' ? 'symbolic link' : 'special file';
  return yield* no(t, `cannot create ${what} ${quoteShell(target)}: ${strerror(error)}`);
}

interface Copy {
  readonly node: Vnode;
  readonly isNew: boolean;
  readonly mode: Mode;
}

function* copyBytes(
  t: Tool,
  source: string,
  target: string,
  { node, isNew, mode }: Copy,
): Task<boolean> {
  const input = yield* openInput(t, `./${source}`.replace(/^\.\/(?=\/)/, ''));
  if (typeof input === 'string') {
    return yield* no(t, `cannot open ${quoteShell(source)} for reading: ${strerror(input)}`);
  }
  const output = yield* openForWriting(t, target);
  if (typeof output === 'string') {
    closeFile(t, input);
    const why = output === 'EISDIR' && target.endsWith('/') ? 'Not a directory' : strerror(output);
    return yield* no(t, `cannot create regular file ${quoteShell(target)}: ${why}`);
  }
  const failed = yield* transfer(t, { file: input, name: source }, { file: output, name: target });
  closeFile(t, input);
  closeFile(t, output);
  if (failed !== undefined) return yield* no(t, failed);
  const made = lookup(t, target);
  if (typeof made !== 'string' && made.kind === 'file' && (isNew || mode.keepMode)) {
    Object.assign(made, { mode: mode.keepMode ? node.mode : node.mode & ~t.process.umask });
    const { accessed, modified } = timesOf(t, node);
    if (mode.keepMode) setTimes(made, clockOf(t.process.sim)(), { accessed, modified });
  }
  return true;
}

interface Stream {
  readonly file: OpenFile;
  readonly name: string;
}

/** Copies all that is left of `from`; returns what went wrong. */
function* transfer(t: Tool, from: Stream, to: Stream): Task<string | undefined> {
  for (;;) {
    const bytes = yield* readBytes(t, from.file, 131072);
    if (typeof bytes === 'string') {
      return `error reading ${quoteShell(from.name)}: ${strerror(bytes)}`;
    }
    if (bytes.length === 0) return undefined;
    const error = yield* writeAll(t.process, to.file, bytes);
    if (error !== undefined) return `error writing ${quoteShell(to.name)}: ${strerror(error)}`;
  }
}

interface SourceDirectory {
  readonly path: string;
  readonly node: Directory;
}

function* copyDirectory(
  t: Tool,
  { path: source, node }: SourceDirectory,
  target: string,
  mode: Mode,
): Task<boolean> {
  if (!mode.recursive)
    return yield* no(t, `-r not specified; omitting directory ${quoteShell(source)}`);
  const there = lookup(t, target);
  const from = resolve(t, source);
  const to = resolve(t, target);
  if (
    typeof from !== 'string' &&
    typeof to !== 'string' &&
    `${to.path}/`.startsWith(`${from.path}/`)
  ) {
    return yield* no(
      t,
      `cannot copy a directory, ${quoteShell(source)}, into itself, ${quoteShell(target)}`,
    );
  }
  if (typeof there !== 'string' && there.kind !== 'directory') {
    return yield* no(
      t,
      `cannot overwrite non-directory ${quoteShell(target)} with directory ${quoteShell(source)}`,
    );
  }
  if (typeof there === 'string') {
    const error = makeDirectory(t, target, node.mode);
    if (error !== undefined)
      return yield* no(t, `cannot create directory ${quoteShell(target)}: ${strerror(error)}`);
    if (mode.verbose) t.out.put(`${quoteShell(source)} -> ${quoteShell(target)}\n`);
  }
  let ok = true;
  // In the order of their inodes, which is that of their making, unless one was renamed.
  for (const name of node.entries().toReversed().map(binaryOf)) {
    const path = joinPath(source, name);
    const child = lookup(t, path, { follow: !mode.keepLinks });
    if (!(yield* copyOne(t, { path, node: child }, joinPath(target, name), mode))) ok = false;
  }
  return ok;
}

export const cp: Program = tool(main);
