// dd.ts — dd(1) of coreutils.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, OpenFlags, Program } from '@dmsim/vfs';
import { openPath } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';
import { complain, fail, quoteShell, tool, warn } from '../tool.ts';
import { createConversion } from './convert.ts';
import { copyBlocks } from './copy-blocks.ts';
import type { Copy } from './copy-state.ts';
import type { Operands } from './operands.ts';
import { parseOperands } from './operands.ts';
import { growOverHole, position } from './position.ts';
import { handleSignals, processSignals } from './signals.ts';
import { humanSize, printStatistics } from './statistics.ts';

function* main(t: Tool): Task<number> {
  const o = parseOperands(t);
  allocate(t, o.ibs, 'input');
  if (o.obs !== o.ibs) allocate(t, o.obs, 'output');
  const input = yield* openInput(t, o);
  const output = yield* openOutput(t, o);
  const copy: Copy = {
    t,
    o,
    input,
    output,
    inputName: quoteShell(o.input ?? 'standard input'),
    outputName: quoteShell(o.output ?? 'standard output'),
    started: t.context.sim.now,
    fullIn: 0,
    partialIn: 0,
    fullOut: 0,
    partialOut: 0,
    bytes: 0,
    status: 0,
    endsInHole: false,
    conversion: createConversion(o),
    held: new Uint8Array(0),
    lastRead: 0,
    partOfBlock: 0,
    warned: false,
  };
  handleSignals(copy);
  if (yield* position(copy)) yield* copyBlocks(copy);
  growOverHole(copy);
  yield* processSignals(copy);
  yield* finish(copy);
  return copy.status;
}

/** Fails if a buffer is larger than the limit for the bytes of files. */
function allocate(t: Tool, size: number, which: 'input' | 'output'): void {
  if (size <= t.process.sim.limits.fileBytes) return;
  const bytes = BigInt(size);
  fail(t, `memory exhausted by ${which} buffer of size ${bytes} bytes (${humanSize(size, 1024)})`);
}

function* openInput(t: Tool, { input, iflag }: Operands): Task<OpenFile> {
  if (input === null) return standard(t, 0);
  return yield* open(t, input, { read: true, write: false, ...accessFlags(iflag) });
}

function* openOutput(t: Tool, { output, oflag, conv, seek }: Operands): Task<OpenFile> {
  if (output === null) return standard(t, 1);
  if (oflag.has('append') && !conv.has('notrunc'))
    yield* warn(t, 'you probably want conv=notrunc with oflag=append');
  const truncate = !conv.has('notrunc') && seek === 0;
  return yield* open(t, output, {
    read: false,
    write: true,
    create: !conv.has('nocreat'),
    exclusive: conv.has('excl'),
    truncate,
    append: oflag.has('append'),
    ...accessFlags(oflag),
  });
}

const accessFlags = (
  flags: ReadonlySet<string>,
): Pick<OpenFlags, 'direct' | 'directory' | 'sync'> => ({
  direct: flags.has('direct'),
  directory: flags.has('directory'),
  sync: flags.has('sync') || flags.has('dsync'),
});

function* open(t: Tool, path: string, flags: OpenFlags): Task<OpenFile> {
  const file = yield* openPath(t.context, path, flags);
  if (typeof file === 'string') fail(t, `failed to open ${quoteShell(path)}: ${strerror(file)}`);
  t.opened.add(file);
  return file;
}

function standard(t: Tool, fd: 0 | 1): OpenFile {
  const file = t.context.fds.get(fd);
  const name = fd === 0 ? 'standard input' : 'standard output';
  return file ?? fail(t, `failed to open ${quoteShell(name)}: ${strerror('EBADF')}`);
}

/** Ends the copy: conv=fsync, then close, then the statistics. A failing fsync is reported even after another error. */
function* finish(copy: Copy): Task<void> {
  const { t, o, output } = copy;
  if (o.conv.has('fsync') || o.conv.has('fdatasync')) {
    const error = yield* output.sync(t.process);
    if (error !== undefined && error !== 'EINVAL') {
      const call = o.conv.has('fsync') ? 'fsync' : 'fdatasync';
      yield* complain(t, `dd: ${call} failed for ${copy.outputName}: ${strerror(error)}\n`);
      copy.status = 1;
    }
  }
  if (t.opened.has(output)) yield* output.linger(t.process);
  yield* printStatistics(copy);
}

/** dd(1). SIGUSR1 prints statistics, and SIGINT ends it with them. */
export const dd: Program = tool(main);
