// create-options.ts — `-o` of qemu-img: the options with which an image is made, as QEMU's lists of options check and show them.
import { refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { splitOptions } from '@dmsim/qemu';
import type { Preallocation } from '@dmsim/qemu';

import type { ImageFormat } from './image-format.ts';
import { parseSize } from './sizes.ts';

type Kind = 'size' | 'flag' | 'number' | 'text';

interface OptionKind {
  readonly kind: Kind;
  /** The value shown when the option is not given. */
  readonly initial?: string;
}

const DEFAULT_CLUSTER = 65536;

/** In the order in which they are shown. */
const QCOW2: Readonly<Record<string, OptionKind>> = {
  encryption: { kind: 'flag' },
  'encrypt.format': { kind: 'text' },
  cluster_size: { kind: 'size', initial: String(DEFAULT_CLUSTER) },
  extended_l2: { kind: 'flag', initial: 'off' },
  preallocation: { kind: 'text' },
  compression_type: { kind: 'text', initial: 'zlib' },
  size: { kind: 'size' },
  compat: { kind: 'text' },
  backing_file: { kind: 'text' },
  backing_fmt: { kind: 'text' },
  data_file: { kind: 'text' },
  data_file_raw: { kind: 'flag' },
  lazy_refcounts: { kind: 'flag', initial: 'off' },
  refcount_bits: { kind: 'number', initial: '16' },
};

const RAW: Readonly<Record<string, OptionKind>> = {
  size: { kind: 'size' },
  preallocation: { kind: 'text' },
  nocow: { kind: 'flag' },
  extent_size_hint: { kind: 'size' },
};

export type CreateOptions = ReadonlyMap<string, string>;

/** The complaint about a text that is no size. */
export const NO_SIZE = (name: string): string =>
  `Parameter '${name}' expects a non-negative number below 2^64\nOptional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-\nand exabytes, respectively.`;

/** The options that were given. A string says what is wrong with them. */
export function parseCreateOptions(
  format: ImageFormat,
  texts: readonly string[],
): CreateOptions | string {
  const known = format === 'raw' ? RAW : QCOW2;
  const options = new Map<string, string>();
  for (const { key, value } of texts.flatMap((text) => splitOptions(text, null))) {
    const name = known[key] === undefined && key.startsWith('no') ? key.slice(2) : key;
    const its = known[name];
    if (its === undefined) return `Invalid parameter '${name}'`;
    const shown = shownValue(name, its.kind, name === key ? value : 'off');
    if (typeof shown === 'string') return shown;
    options.set(name, shown.value);
  }
  return options;
}

function shownValue(name: string, kind: Kind, text: string): { readonly value: string } | string {
  switch (kind) {
    case 'size': {
      const size = parseSize(text);
      return size === null ? NO_SIZE(name) : { value: String(size) };
    }
    case 'flag':
      return text === 'on' || text === 'off'
        ? { value: text }
        : `Parameter '${name}' expects 'on' or 'off'`;
    case 'number':
      return /^\d+$/u.test(text) ? { value: text } : `Parameter '${name}' expects a number`;
    case 'text':
      return { value: text };
  }
}

/** The list that `Formatting …` shows: what was given and what QEMU chooses itself. */
export function shownOptions(format: ImageFormat, options: CreateOptions): string {
  return Object.entries(format === 'raw' ? RAW : QCOW2)
    .map(([name, { initial }]) => [name, options.get(name) ?? initial] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${(value ?? '').replaceAll(',', ',,')}`)
    .join('');
}

/** The features in which a qcow2 image can differ from the usual one. */
export interface Qcow2Features {
  readonly clusterSize: number;
  readonly lazyRefcounts: boolean;
  readonly version: 2 | 3;
}

const MAX_CLUSTER: number = 2 << 20;

const isPowerOfTwo = (n: number): boolean => n > 0 && Number.isInteger(Math.log2(n));

const wrongChoice = (name: string, value: string): string =>
  `Parameter '${name}' does not accept value '${value}'`;

interface Rule {
  readonly isBroken: (options: CreateOptions) => boolean;
  readonly why: (options: CreateOptions) => string;
}

/** One of a few words. */
const choice = (name: string, shown: string, usual: string, words: RegExp): Rule => ({
  isBroken: (options) => !words.test(options.get(name) ?? usual),
  why: (options) => wrongChoice(shown, options.get(name) ?? usual),
});

const rule = (isBroken: Rule['isBroken'], why: string): Rule => ({ isBroken, why: () => why });

const numberOf = (options: CreateOptions, name: string, usual: number): number =>
  Number(options.get(name) ?? usual);

const isOld = (options: CreateOptions): boolean =>
  /^(?:0\.10|v2)$/u.test(options.get('compat') ?? '');

/** Null: nothing is allocated before it is written. */
export function preallocationOf(options: CreateOptions): Preallocation | null {
  const mode = options.get('preallocation') ?? 'off';
  return mode === 'metadata' || mode === 'falloc' || mode === 'full' ? mode : null;
}

const bitsOf = (options: CreateOptions): number => numberOf(options, 'refcount_bits', 16);

export const BAD_CLUSTER = 'Cluster size must be a power of two between 512 and 2048k';

/** In the order in which QEMU checks them (qcow2_co_create). */
const RULES: readonly Rule[] = [
  rule(
    (options) => options.get('encryption') === 'on',
    "Parameter 'encrypt.key-secret' is required for cipher",
  ),
  choice('compat', 'version', '1.1', /^(?:1\.1|0\.10|v2|v3)$/u),
  choice('preallocation', 'preallocation', 'off', /^(?:off|metadata|falloc|full)$/u),
  choice('compression_type', 'compression-type', 'zlib', /^(?:zlib|zstd)$/u),
  rule((options) => {
    const size = numberOf(options, 'cluster_size', DEFAULT_CLUSTER);
    return size < 512 || size > MAX_CLUSTER || !isPowerOfTwo(size);
  }, BAD_CLUSTER),
  rule(
    (options) => preallocationOf(options) !== null && (options.get('backing_file') ?? '') !== '',
    'Backing file and preallocation can only be used at the same time if extended_l2 is on',
  ),
  rule(
    (options) => options.has('backing_fmt') && (options.get('backing_file') ?? '') === '',
    'Backing format cannot be used without backing file',
  ),
  rule(
    (options) => isOld(options) && options.get('lazy_refcounts') === 'on',
    'Lazy refcounts only supported with compatibility level 1.1 and above (use version=v3 or greater)',
  ),
  rule(
    (options) => !isPowerOfTwo(bitsOf(options)) || bitsOf(options) > 64,
    'Refcount width must be a power of two and may not exceed 64 bits',
  ),
  rule(
    (options) => isOld(options) && bitsOf(options) !== 16,
    'Different refcount widths than 16 bits require compatibility level 1.1 or above (use version=v3 or greater)',
  ),
];

/** Describes the fault of a qcow2 image with these options; null if there is none. */
export const refuseQcow2 = (options: CreateOptions): string | null =>
  RULES.find(({ isBroken }) => isBroken(options))?.why(options) ?? null;

/** Refuses by name what QEMU has and this simulator has not. */
export function featuresOf(t: Tool, options: CreateOptions, command = 'create'): Qcow2Features {
  for (const [name, usual] of USUAL) {
    const value = options.get(name) ?? usual[0];
    if (value !== undefined && !usual.includes(value))
      refuse(t, `qemu-img ${command} -o ${name}=${value}`);
  }
  return {
    clusterSize: numberOf(options, 'cluster_size', DEFAULT_CLUSTER),
    lazyRefcounts: options.get('lazy_refcounts') === 'on',
    version: isOld(options) ? 2 : 3,
  };
}

/** The values that are simulated, the default first. */
const USUAL: readonly (readonly [string, readonly string[]])[] = [
  ['encrypt.format', []],
  ['extended_l2', ['off']],
  ['compression_type', ['zlib']],
  ['data_file', []],
  ['data_file_raw', ['off']],
  ['refcount_bits', ['16']],
  ['nocow', ['off']],
  ['extent_size_hint', []],
];
