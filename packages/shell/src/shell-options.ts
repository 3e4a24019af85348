// shell-options.ts — The options of `set` and `shopt`, by name and letter.
import { NotSupported } from '@dmsim/sim';

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

/** `set -o` names of bash that this shell can't turn on. */
export const OTHER_SET_OPTIONS: readonly string[] = (
  'braceexpand emacs hashall histexpand history ignoreeof ' +
  'interactive-comments keyword noexec nolog notify onecmd physical posix ' +
  'privileged verbose vi'
).split(' ');

const ALWAYS_ON = new Set(['braceexpand', 'hashall', 'interactive-comments']);

const SET_NAMES = [...OTHER_SET_OPTIONS, ...Object.keys(SET_OPTIONS)].toSorted();

/** The names of `set -o` with their values, sorted. */
export const setOptions = ({ flags }: Shell): (readonly [name: string, on: boolean])[] =>
  SET_NAMES.map((name) => {
    const flag = SET_OPTIONS[name]?.flag;
    return [name, flag === undefined ? ALWAYS_ON.has(name) : flags[flag]];
  });

const SHOPT_FLAGS: ReadonlySet<string> = new Set<Flag>([
  'dotglob',
  'expand_aliases',
  'extglob',
  'failglob',
  'globstar',
  'lastpipe',
  'inherit_errexit',
  'nocaseglob',
  'nocasematch',
  'nullglob',
  'shift_verbose',
  'xpg_echo',
]);

export const isShoptFlag = (name: string): name is Flag => SHOPT_FLAGS.has(name);

/** The names of `shopt`, in its order; `+` is on from the start; `=` can't be changed in this shell. */
const SHOPT_NAMES = (
  'autocd =assoc_expand_once =cdable_vars cdspell =checkhash checkjobs +checkwinsize +cmdhist =compat31 =compat32 ' +
  '=compat40 =compat41 =compat42 =compat43 =compat44 +complete_fullquote direxpand dirspell dotglob =execfail ' +
  'expand_aliases =extdebug extglob =+extquote failglob +force_fignore =+globasciiranges =+globskipdots globstar ' +
  '=gnu_errfmt histappend histreedit histverify +hostcomplete huponexit inherit_errexit +interactive_comments ' +
  'lastpipe lithist =localvar_inherit =localvar_unset =login_shell mailwarn no_empty_cmd_completion nocaseglob ' +
  'nocasematch =noexpand_translation nullglob =+patsub_replacement +progcomp progcomp_alias +promptvars ' +
  '=restricted_shell shift_verbose =+sourcepath =varredir_close xpg_echo'
).split(' ');

interface ShoptOption {
  readonly name: string;
  readonly start: boolean;
  readonly fixed: boolean;
}

const SHOPT_OPTIONS: readonly ShoptOption[] = SHOPT_NAMES.map((word) => ({
  name: word.replace(/^[=+]*/, ''),
  start: /^=?\+/.test(word),
  fixed: word.startsWith('='),
}));

export const shoptOption = (name: string): ShoptOption | undefined =>
  SHOPT_OPTIONS.find((option) => option.name === name);

export function shoptValue({ flags, otherOptions }: Shell, { name, start }: ShoptOption): boolean {
  return isShoptFlag(name) ? flags[name] : (otherOptions.get(name) ?? start);
}

/** The names of `shopt` with their values, in its order. */
export const shoptOptions = (shell: Shell): (readonly [name: string, on: boolean])[] =>
  SHOPT_OPTIONS.map((option) => [option.name, shoptValue(shell, option)]);

export function flagOfLetter(letter: string): Flag | undefined {
  return Object.values(SET_OPTIONS).find((option) => option.letter === letter)?.flag;
}

/** Returns whether an option of `set -o` is on; undefined if bash does not have it. */
export const optionValue = (shell: Shell, name: string): boolean | undefined =>
  setOptions(shell).find(([known]) => known === name)?.[1];

/** Sets an option of `set -o`, or refuses a change that is not simulated. False if bash does not have it. */
export function changeOption(shell: Shell, name: string, on: boolean): boolean {
  const before = optionValue(shell, name);
  if (before === undefined) return false;
  const flag = SET_OPTIONS[name]?.flag;
  if (flag !== undefined) shell.flags[flag] = on;
  else if (before !== on)
    throw new NotSupported(shell.file, shell.line, `set ${on ? '-' : '+'}o ${name}`);
  return true;
}

/** The same for shopt. bash ignores changes of two of its options. */
export function changeShopt(shell: Shell, name: string, on: boolean): boolean {
  const option = shoptOption(name);
  if (option === undefined) return false;
  if (name === 'login_shell' || name === 'restricted_shell') return true;
  if (option.fixed && on !== shoptValue(shell, option))
    throw new NotSupported(shell.file, shell.line, `shopt ${on ? '-s' : '-u'} ${name}`);
  if (isShoptFlag(name)) shell.flags[name] = on;
  else shell.otherOptions = new Map(shell.otherOptions).set(name, on);
  return true;
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
  failglob: false,
  nocaseglob: false,
  dotglob: false,
  extglob: false,
  globstar: false,
  lastpipe: false,
  nocasematch: false,
  inherit_errexit: false,
  expand_aliases: false,
  shift_verbose: false,
  xpg_echo: false,
});
