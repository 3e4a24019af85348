// selector-template.ts — The file that `dmsim new selector` writes: round-robin, with the types of all that a selector is given.

/** `name` as table lines will call it: `my-selector`. */
export const selectorTemplate = (
  name: string,
): string => `// ${name} — A path selector for dmsim. docs/writing-a-path-selector.md says what is called when.

/** A path of the group; \`context\` is yours. */
interface Path {
  /** \`8:16\` */
  readonly dev: { readonly name: string };
  context: Context;
}

/** Your data for each path. */
interface Context {
  inFlight: number;
}

interface Host {
  /** Virtual time, ns. */
  readonly sim: { readonly now: number };
  /** A stream of random numbers of that name: from 0 to below 1. */
  readonly random: (name: string) => () => number;
  readonly nrCpus: number;
  readonly currentCpu: () => number;
}

/** Your data for the group. */
interface State {
  readonly host: Host;
  /** Paths that may be chosen. */
  readonly valid: Path[];
}

export const selector = {
  /** As table lines call it. */
  name: '${name}',
  /** Words for each path in table lines, and in status lines. */
  tableArgs: 0,
  infoArgs: 1,

  create: (host: Host, args: readonly string[]) =>
    args.length === 0 ? { state: { host, valid: [] } as State } : 'EINVAL',

  addPath({ valid }: State, path: Path, args: readonly string[]) {
    if (args.length > 0) return { error: '${name} ps: too many arguments', errno: 'EINVAL' as const };
    path.context = { inFlight: 0 };
    valid.push(path);
    return undefined;
  },

  failPath({ valid }: State, path: Path) {
    valid.splice(valid.indexOf(path), 1);
  },

  reinstatePath({ valid }: State, path: Path) {
    valid.push(path);
    return undefined;
  },

  /** The path for an I/O of that size; null when there is none. This is where your idea goes. */
  selectPath({ valid }: State, _nrBytes: number): Path | null {
    const [path] = valid.splice(0, 1);
    if (path === undefined) return null;
    valid.push(path);
    return path;
  },

  startIo(_state: State, path: Path) {
    path.context.inFlight++;
  },

  /** Sent at \`startTime\` (ns), back now. */
  endIo(_state: State, path: Path, _nrBytes: number, _startTime: number) {
    path.context.inFlight--;
  },

  status(_state: State, path: Path | null, kind: 'info' | 'table') {
    if (path === null) return '0 ';
    return kind === 'table' ? '' : \`\${path.context.inFlight} \`;
  },
};
`;
