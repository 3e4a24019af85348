// shell-options.ts — The options of `set` and `shopt`, by name and letter.
import type { Flags, Shell } from './shell.ts';

type Flag = keyof Flags;

/** `set -o` names with their letters. */
export const SET_OPTIONS: Readonly<
  Record<string, { readonly letter: string; readonly flag: Flag }>
> = {
  allexport: { letter: 'a', flag: 'allexport' },
  errexit: { letter: 'e', flag: 'errexit' },
  errtrace: { letter: 'E', flag: 'errtrace' },
  functrace: { letter: 'T', flag: 'functrace' },
  noclobber: { letter: 'C', flag: 'noclobber' },
  monitor: { letter: 'm', flag: 'monitor' },
  noglob: { letter: 'f', flag: 'noglob' },
  nounset: { letter: 'u', flag: 'nounset' },
  pipefail: { letter: '', flag: 'pipefail' },
  xtrace: { letter: 'x', flag: 'xtrace' },
};

export const SHOPT_OPTIONS: Readonly<Record<string, Flag>> = {
  dotglob: 'dotglob',
  expand_aliases: 'expand_aliases',
  extglob: 'extglob',
  globstar: 'globstar',
  lastpipe: 'lastpipe',
  inherit_errexit: 'inherit_errexit',
  nocasematch: 'nocasematch',
  nullglob: 'nullglob',
};

export function flagOfLetter(letter: string): Flag | undefined {
  return Object.values(SET_OPTIONS).find((option) => option.letter === letter)?.flag;
}

/** Returns whether an option is on; undefined if this shell does not have it. */
export function optionValue(shell: Shell, name: string): boolean | undefined {
  const flag = SET_OPTIONS[name]?.flag;
  return flag === undefined ? undefined : shell.flags[flag];
}

export const defaultFlags = (): Flags => ({
  errexit: false,
  nounset: false,
  xtrace: false,
  noglob: false,
  monitor: false,
  noclobber: false,
  allexport: false,
  errtrace: false,
  functrace: false,
  pipefail: false,
  nullglob: false,
  dotglob: false,
  extglob: false,
  globstar: false,
  lastpipe: false,
  nocasematch: false,
  inherit_errexit: false,
  expand_aliases: false,
});
