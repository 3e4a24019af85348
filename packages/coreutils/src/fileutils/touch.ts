// touch.ts — touch(1): creates missing files, and sets the times of files.
import type { Moment } from '@dmsim/libc';
import { civilOf, clockOf, momentOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';
import { isMemoryFile, setTimes } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { parseDatetime } from '../parse-datetime.ts';
import { lookup, openPath } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteShell, tool, warn } from '../tool.ts';
import { timeOfMoment, timesOf } from './inode.ts';

const SPEC: OptionSpec = {
  short: 'acd:fhmr:t:',
  long: {
    'no-create': 'c',
    'no-dereference': 'h',
    date: 'd:',
    reference: 'r:',
    time: 'time:',
  },
};

interface Stamps {
  readonly accessed: bigint | undefined;
  readonly modified: bigint | undefined;
}

export const touch: Program = tool(function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has, operands } = options;
  const stamps = chosenTimes(t, options);
  if (operands.length === 0) failUsage(t, 'missing file operand');
  let status = 0;
  for (const name of operands) {
    const error = yield* touchOne(t, name, {
      stamps,
      create: !has('c') && !has('h'),
      follow: !has('h'),
    });
    if (error === undefined) continue;
    status = 1;
    const verb = has('h') ? 'setting times of' : 'cannot touch';
    yield* warn(t, `${verb} ${quoteShell(name)}: ${strerror(error)}`);
  }
  return status;
});

interface How {
  readonly stamps: Stamps;
  readonly create: boolean;
  readonly follow: boolean;
}

function* touchOne(
  t: Tool,
  name: string,
  { stamps, create, follow }: How,
): Task<Errno | undefined> {
  const there = lookup(t, name, { follow });
  if (typeof there === 'string' && !create) return follow && there === 'ENOENT' ? undefined : there;
  // One that is there is opened for writing, too, which those notice who watch it.
  if (typeof there === 'string' || (isMemoryFile(there) && create)) {
    const file = yield* openPath(t, name, { read: false, write: true, create: true });
    if (typeof file === 'string') return file === 'EISDIR' ? 'ENOENT' : file;
    closeFile(t, file);
  }
  const node = typeof there === 'string' ? lookup(t, name) : there;
  if (typeof node !== 'string') setTimes(node, clockOf(t.process.sim)(), stamps);
  return undefined;
}

/** The times that -d, -r, -t, -a and -m ask for; undefined where a time stays as it is. */
function chosenTimes(t: Tool, options: Options): Stamps {
  const { has, value } = options;
  const word = value('time');
  const onlyAccess = has('a') || /^(?:a|ac|acc.*|at.*|u.*)$/.test(word ?? '');
  const onlyModified = has('m') || word?.startsWith('m') === true;
  const both = onlyAccess === onlyModified;
  const times = sourceTimes(t, options);
  return {
    accessed: both || onlyAccess ? times.accessed : undefined,
    modified: both || onlyModified ? times.modified : undefined,
  };
}

function sourceTimes(t: Tool, { value }: Options): { accessed: bigint; modified: bigint } {
  const [date, file, stamp] = [value('d'), value('r'), value('t')];
  if (stamp !== undefined && (date !== undefined || file !== undefined))
    failUsage(t, 'cannot specify times from more than one source');
  let now = momentOf(t.process.sim);
  let of: Readonly<{ accessed: bigint; modified: bigint }> | undefined;
  if (file !== undefined) {
    const node: Vnode | Errno = lookup(t, file);
    if (typeof node === 'string')
      fail(t, `failed to get attributes of ${quoteShell(file)}: ${strerror(node)}`);
    of = timesOf(t, node);
  }
  if (date !== undefined)
    now = parseDatetime(date, now) ?? fail(t, `invalid date format ${quote(t, date)}`);
  if (stamp !== undefined)
    now = parseStamp(stamp, now) ?? fail(t, `invalid date format ${quote(t, stamp)}`);
  const time = timeOfMoment(now);
  return of !== undefined && date === undefined ? of : { accessed: time, modified: time };
}

/** Reads `[[CC]YY]MMDDhhmm[.ss]`. Mirrors gnulib: posixtime. */
function parseStamp(text: string, now: Moment): Moment | undefined {
  const match = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (match === null) return undefined;
  const [, a, b, month, day, hour, minute, second = '0'] = match;
  const year =
    a === undefined
      ? civilOf(now.seconds).year
      : b === undefined
        ? Number(a) + (Number(a) < 69 ? 2000 : 1900)
        : Number(a + b);
  const date = parseDatetime(`${year}-${month}-${day} ${hour}:${minute}`, now);
  return date === undefined || Number(second) > 60
    ? undefined
    : { seconds: date.seconds + Number(second), nanos: 0 };
}
