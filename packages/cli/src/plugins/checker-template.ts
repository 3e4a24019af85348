// checker-template.ts — The files that `dmsim new checker` and `dmsim new prioritizer` write: readsector0, and a prioritizer that goes by the address, with the types of all that they are given.

const PATH = (
  name: string,
  kind: string,
): string => `// ${name} — A ${kind} for dmsim. docs/writing-a-checker.md says what it is given and what it may answer.

/** Call functions that wait by yield*, in a generator: \`const answer = yield* path.testUnitReady()\`. */
type Waits<T> = Generator<unknown, T, unknown>;

interface Path {
  /** \`sda\` */
  readonly dev: string;
  /** \`1:0:0:0\`: host, channel, target, LUN. */
  readonly address: string;
  /** The text of prio_args; empty for a checker. */
  readonly args: string;
  /** Your own notes about the path; empty when a run begins. A variable of this file would last from one run to the next. */
  readonly memory: Record<string, unknown>;
  /** Virtual time, ns. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly testUnitReady: () => Waits<
    | { readonly kind: 'good' }
    | { readonly kind: 'sense'; readonly key: number; readonly asc: number; readonly ascq: number }
    | { readonly kind: 'status'; readonly status: number }
    | { readonly kind: 'host'; readonly hostByte: number }
    | { readonly kind: 'errno'; readonly errno: string }
  >;
  /** REPORT TARGET PORT GROUPS: the state of this path's group. */
  readonly portGroup: () => Waits<
    { readonly state: string; readonly preferred: boolean } | undefined
  >;
  /** Bytes, or an errno as a word: 'EIO'. */
  readonly read: (offset: number, length: number) => Waits<Uint8Array | string>;
  /** Reads a file of /sys/block/DEV/device. */
  readonly attribute: (name: string) => Waits<string | undefined>;
  readonly sleep: (ms: number) => Waits<void>;
}
`;

/** `name` as `path_checker` will call it. */
export const checkerTemplate = (name: string): string => `${PATH(name, 'path checker')}
export const checker = {
  /** As path_checker calls it. */
  name: '${name}',
  /** True: the daemon waits for each check, and so does all that needs its lock. */
  synchronous: false,

  /** 'up', 'down', 'ghost', 'shaky', 'pending' or 'timeout'; or { state, message } with a message for the log. */
  *check(path: Path) {
    const bytes = yield* path.read(0, 4096);
    return typeof bytes === 'string' ? 'down' : 'up';
  },
};
`;

/** `name` as `prio` will call it. */
export const prioritizerTemplate = (name: string): string => `${PATH(name, 'prioritizer')}
export const prioritizer = {
  /** As prio calls it. */
  name: '${name}',

  /** A whole number: the larger the better; below zero when it could not be found out. */
  priority(path: Path) {
    const [host = '0'] = path.address.split(':');
    return Number(host) + 1;
  },
};
`;
