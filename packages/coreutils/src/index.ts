export { parseBlockSize } from './block-size.ts';
export { dd } from './dd/dd.ts';
export { groupNameOf } from './fileutils/inode.ts';
export { humanReadable } from './human-readable.ts';
export { LineReader, readWhole } from './lines.ts';
export { showMode } from './fileutils/mode.ts';
export { statProgram } from './fileutils/stat.ts';
export { parseDuration, parseSize } from './numbers.ts';
export { parseOptions } from './options.ts';
export { writeAll } from './output.ts';
export { lookup, openPath, resolve } from './paths.ts';
export { createMknod, createSync, textPrograms } from './program-table.ts';
export { refuse } from './refuse.ts';
export { runChild } from './shellutils/run-child.ts';
export {
  Failure,
  complain,
  err,
  fail,
  failUsage,
  quote,
  quoteIfNeeded,
  tool,
  warn,
} from './tool.ts';

export type { FileSystemFacts } from './fileutils/stat.ts';
export type { Options, OptionSpec } from './options.ts';
export type { Tool } from './tool.ts';
