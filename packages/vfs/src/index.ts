export { attributeFile } from './attribute-file.ts';
export { createCapture } from './capture.ts';
export {
  characterDevice,
  fullDevice,
  keepBytes,
  nullDevice,
  zeroDevice,
} from './character-devices.ts';
export { createOpenFile } from './create-open-file.ts';
export { setTimes } from './file-times.ts';
export { createFifo } from './fifo.ts';
export { compareFiles, testFile } from './file-test.ts';
export { openPath, ownDescriptor } from './open-path.ts';
export { lookupPath, resolvePath } from './path.ts';
export { PIPE_CAPACITY, createPipe } from './pipe.ts';
export { readAll, writeAll } from './read-write.ts';
export { isReady, NOW, ready } from './ready.ts';
export {
  createDirectory,
  createFile,
  createSymlink,
  createTmpfs,
  isMemoryFile,
  linkLater,
} from './tmpfs.ts';

export type { Attribute } from './attribute-file.ts';
export type { Capture } from './capture.ts';
export type { FileOperations } from './create-open-file.ts';
export type { Advice, OpenFile, OpenFlags } from './open-file.ts';
export type { FileTimes } from './file-times.ts';
export type { OpenContext } from './open-path.ts';
export type { ResolveOptions, Resolved } from './path.ts';
export type { PipeEnds } from './pipe.ts';
export type { ExecFailure, ExecOptions, Program, ProgramContext, ProgramTable } from './program.ts';
export type { MemoryDirectory, MemoryFile } from './tmpfs.ts';
export type { DeviceNode, Directory, Fifo, RegularFile, Symlink, Vnode } from './vnode.ts';
