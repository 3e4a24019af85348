// stack-lines.ts — Finds lines of a user's modules in the stack of what they threw.
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { sourceOf } from './source-line.ts';

/** A frame that names a place: `at f (file:///x.mjs:3:14)`. An error that has passed the watchdog has a picture of the line before its frames. */
const lineOfFrame = (frame: string): number | undefined => {
  const line = /:(\d+):\d+\)?$/.exec(frame)?.[1];
  return line === undefined ? undefined : Number(line);
};

/** The line of the first frame that is of the file: an error may come from a module that it imports. */
export function lineThrown(file: string, stack: string): number | undefined {
  const { href } = pathToFileURL(resolve(file));
  for (const frame of stack.split('\n')) {
    const line = lineOfFrame(frame);
    if (line === undefined) continue;
    if (frame.includes(href)) return line;
    if (!frame.includes('data:text/javascript')) continue;
    const source = sourceOf(frame);
    if (source === undefined) return line;
    if (basename(source.file) === basename(file)) return source.line;
  }
  return undefined;
}

/** `helper.mjs:3`: the first place in a module that is of no package, in the stack of what was thrown while modules were loaded. */
export function placeThrown(stack: string): string | undefined {
  const [loaded = ''] = stack.split('at ModuleJob.run');
  for (const frame of loaded.split('\n')) {
    const line = lineOfFrame(frame);
    if (line === undefined || frame.includes('/node_modules/')) continue;
    const source = sourceOf(frame);
    if (source !== undefined) return `${basename(source.file)}:${source.line}`;
    const path = /file:\/\/([^ ]*):\d+:\d+\)?$/.exec(frame)?.[1];
    if (path !== undefined) return `${decodeURIComponent(basename(path))}:${line}`;
  }
  return undefined;
}
