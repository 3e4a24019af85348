// img-options.ts — The options of qemu-img's commands, and what is said of wrong ones.
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { fail, parseOptions, refuse } from '@dmsim/coreutils';

import { parseSize, WRONG_SUFFIX } from './sizes.ts';

export const TRY = "\nTry 'qemu-img --help' for more information";

/** Options that some commands have and that are not simulated. */
const OTHERS =
  /^(?:-[hU]|--(?:help|force-share|format|repair|granularity|source-file|source-format)(?:=|$))/;

/** As `parseOptions`, but a wrong option is refused in QEMU's words. */
export function imgOptions(
  t: Tool,
  spec: OptionSpec,
  args: readonly string[],
): ReturnType<typeof parseOptions> {
  for (let i = 0; i < args.length && args[i] !== '--'; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-') || arg === '-') continue;
    if (/^--object(?:=|$)/.test(arg)) refuse(t, '--object of qemu-img');
    const takes = arg.startsWith('--') ? longTakes(spec, arg) : shortTakes(spec, arg);
    if (takes === 'unknown') failUnknown(t, arg);
    if (takes !== 'next') continue;
    if (++i >= args.length) fail(t, `missing argument for option '${arg}'${TRY}`);
  }
  return parseOptions(t, spec, args);
}

function failUnknown(t: Tool, arg: string): never {
  if (OTHERS.test(arg)) refuse(t, arg);
  fail(t, `unrecognized option '${arg}'${TRY}`);
}

type Takes = 'unknown' | 'nothing' | 'next';

function longTakes({ long = {} }: OptionSpec, arg: string): Takes {
  const [name = '', value] = arg.slice(2).split('=');
  const entry = long[name];
  if (entry === undefined) return 'unknown';
  return entry.endsWith(':') && value === undefined ? 'next' : 'nothing';
}

function shortTakes({ short = '' }: OptionSpec, arg: string): Takes {
  for (let i = 1; i < arg.length; i++) {
    const at = short.indexOf(arg[i] ?? '');
    if (at < 0 || arg[i] === ':') return 'unknown';
    if (short[at + 1] === ':') return i + 1 === arg.length ? 'next' : 'nothing';
  }
  return 'nothing';
}

/** The format of the output: true for JSON. */
export function wantsJson(t: Tool, output: string | undefined): boolean {
  if (output !== undefined && output !== 'json' && output !== 'human')
    fail(t, '--output must be used with human or json as argument.');
  return output === 'json';
}

export const CACHES: ReadonlySet<string> = new Set([
  'none',
  'writeback',
  'unsafe',
  'writethrough',
  'directsync',
  'off',
]);

/** Refuses a cache mode that does not exist. The others change nothing here. */
export function checkCache(
  t: Tool,
  mode: string | undefined,
  { what, status = 1 }: { readonly what: string; readonly status?: number },
): void {
  if (mode !== undefined && !CACHES.has(mode)) fail(t, `Invalid ${what} option: ${mode}`, status);
}

/** Refuses a limit of speed that is no size. The others change nothing here. */
export function checkRate(t: Tool, text: string | undefined): void {
  if (text !== undefined && parseSize(text) === null)
    fail(t, `Invalid rate limit specified. ${WRONG_SUFFIX}`);
}
