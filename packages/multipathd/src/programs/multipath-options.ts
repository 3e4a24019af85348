// multipath-options.ts — The command line of multipath. Mirrors multipath/main.c: main.
import { getopt } from '@dmsim/libc';

import { PATH_GROUPING_POLICIES } from '../config/keywords.ts';

export type MultipathCommand =
  | 'create'
  | 'dry-run'
  | 'list-short'
  | 'list-long'
  | 'valid-path'
  | 'usable-paths'
  | 'flush-one'
  | 'flush-all'
  | 'dump-config'
  | 'print-config'
  | 'add-wwid'
  | 'remove-wwid'
  | 'reset-wwids';

export interface MultipathOptions {
  command: MultipathCommand;
  verbosity: number | null;
  device: string | null;
  forceReload: boolean;
  /** -i: the wwids file is ignored. */
  ignoreWwids: boolean;
  /** -u, -U: for udev. */
  fromUdev: boolean;
  allowQueueing: boolean;
  bindingsReadOnly: boolean;
  bindingsFile: string | null;
  groupingPolicy: string | null;
  skipDelegate: boolean;
  retries: number | null;
}

/** `usage` ends the program; `out` and `err` are printed before it. */
export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: MultipathOptions }
  | {
      readonly kind: 'usage';
      readonly status: 0 | 1;
      readonly out?: string;
      readonly err?: string;
    };

const COMMANDS: Readonly<Record<string, MultipathCommand>> = {
  c: 'valid-path',
  C: 'usable-paths',
  f: 'flush-one',
  F: 'flush-all',
  t: 'print-config',
  T: 'dump-config',
  w: 'remove-wwid',
  W: 'reset-wwids',
  a: 'add-wwid',
};

const FLAGS: Readonly<Record<string, keyof MultipathOptions>> = {
  B: 'bindingsReadOnly',
  q: 'allowQueueing',
  D: 'skipDelegate',
  r: 'forceReload',
  i: 'ignoreWwids',
};

const SHORT = 'aBb:cCdDefFhil::M:p:qrR:tTuUv:wW';

export function parseOptions(args: readonly string[]): ParsedOptions {
  const options: MultipathOptions = {
    command: 'create',
    verbosity: null,
    device: null,
    forceReload: false,
    ignoreWwids: false,
    fromUdev: false,
    allowQueueing: false,
    bindingsReadOnly: false,
    bindingsFile: null,
    groupingPolicy: null,
    skipDelegate: false,
    retries: null,
  };
  const { given, operands, error } = getopt(args, { short: SHORT, long: {} });
  for (const [letter, value] of given) {
    const end = takeOption(options, letter, value);
    if (end !== undefined) return end;
    // The whole configuration is printed at once, whatever comes after -t.
    if (options.command === 'print-config') return { kind: 'options', options };
  }
  if (error !== undefined) {
    const isMissing = error.reason === 'no value';
    const err = isMissing ? 'Missing option argument\n' : 'Unknown switch: (null)\n';
    return { kind: 'usage', status: 1, err };
  }
  options.device = operands[0] ?? null;
  return { kind: 'options', options };
}

/** Returns what ends the program; undefined if nothing does. */
function takeOption(
  options: MultipathOptions,
  letter: string,
  value: string,
): ParsedOptions | undefined {
  switch (letter) {
    case 'h':
      return { kind: 'usage', status: 0 };
    case 'd':
      if (options.command === 'create') options.command = 'dry-run';
      return undefined;
    case 'u':
    case 'U':
      options.command = letter === 'u' ? 'valid-path' : 'usable-paths';
      options.fromUdev = true;
      return undefined;
    case 'l':
      options.command = value.startsWith('l') ? 'list-long' : 'list-short';
      return undefined;
    default: {
      const command = COMMANDS[letter];
      if (command !== undefined) options.command = command;
      const flag = FLAGS[letter];
      if (flag !== undefined) Object.assign(options, { [flag]: true });
      return takeValue(options, letter, value);
    }
  }
}

/** For the options that have a value; -M, whose value is for those who debug multipath, and -e do nothing. */
function takeValue(
  options: MultipathOptions,
  letter: string,
  value: string,
): ParsedOptions | undefined {
  switch (letter) {
    case 'v':
      if (!/^\d/.test(value)) return { kind: 'usage', status: 1 };
      options.verbosity = Number.parseInt(value, 10);
      return undefined;
    case 'p':
      options.groupingPolicy =
        PATH_GROUPING_POLICIES.find((policy) => value.startsWith(policy)) ?? null;
      if (options.groupingPolicy !== null) return undefined;
      return { kind: 'usage', status: 1, out: `'${value}' is not a valid policy\n` };
    case 'b':
      options.bindingsFile = value;
      return undefined;
    case 'R':
      options.retries = Number.parseInt(value, 10) || 0;
      return undefined;
    default:
      return undefined;
  }
}
