// multipath-options.ts — The command line of multipath. Mirrors multipath/main.c: main.
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

/** `usage`: what is printed besides it, and where. */
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

const WITH_ARGUMENT = 'MvpbR';

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
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as string;
    if (word === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const used = parseCluster(options, word.slice(1), args[i + 1]);
    if (typeof used !== 'number') return used;
    // The whole configuration is printed at once, whatever comes after -t.
    if (options.command === 'print-config') return { kind: 'options', options };
    i += used;
  }
  options.device = operands[0] ?? null;
  return { kind: 'options', options };
}

/** How many words after the cluster it used, or what ends the program. */
function parseCluster(
  options: MultipathOptions,
  letters: string,
  next: string | undefined,
): number | ParsedOptions {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string;
    const rest = letters.slice(i + 1);
    if (letter === 'l') {
      options.command = rest.startsWith('l') ? 'list-long' : 'list-short';
      return 0;
    }
    if (WITH_ARGUMENT.includes(letter)) {
      const argument = rest === '' ? next : rest;
      if (argument === undefined) {
        return { kind: 'usage', status: 1, err: 'Missing option argument\n' };
      }
      const problem = withArgument(options, letter, argument);
      return problem ?? (rest === '' ? 1 : 0);
    }
    const problem = plain(options, letter);
    if (problem !== undefined) return problem;
    if (options.command === 'print-config') return 0;
  }
  return 0;
}

function plain(options: MultipathOptions, letter: string): ParsedOptions | undefined {
  if (letter === 'h') return { kind: 'usage', status: 0 };
  if (letter === 'e') return undefined;
  if (letter === 'd') {
    if (options.command === 'create') options.command = 'dry-run';
    return undefined;
  }
  if (letter === 'u' || letter === 'U') {
    options.command = letter === 'u' ? 'valid-path' : 'usable-paths';
    options.fromUdev = true;
    return undefined;
  }
  const command = COMMANDS[letter];
  const flag = FLAGS[letter];
  if (command !== undefined) options.command = command;
  else if (flag !== undefined) Object.assign(options, { [flag]: true });
  else return { kind: 'usage', status: 1, err: 'Unknown switch: (null)\n' };
  return undefined;
}

function withArgument(
  options: MultipathOptions,
  letter: string,
  argument: string,
): ParsedOptions | undefined {
  switch (letter) {
    case 'v':
      if (!/^\d/.test(argument)) return { kind: 'usage', status: 1 };
      options.verbosity = Number.parseInt(argument, 10);
      return undefined;
    case 'p':
      if (!PATH_GROUPING_POLICIES.some((policy) => argument.startsWith(policy))) {
        return { kind: 'usage', status: 1, out: `'${argument}' is not a valid policy\n` };
      }
      options.groupingPolicy =
        PATH_GROUPING_POLICIES.find((policy) => argument.startsWith(policy)) ?? null;
      return undefined;
    case 'b':
      options.bindingsFile = argument;
      return undefined;
    case 'R':
      options.retries = Number.parseInt(argument, 10) || 0;
      return undefined;
    default:
      // -M is for those who debug it.
      return undefined;
  }
}
