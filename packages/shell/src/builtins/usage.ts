// usage.ts — bash's messages about an option that a builtin does not have.
import type { Task } from '@dmsim/sim';

import { complain, printError } from '../messages.ts';
import type { Shell } from '../shell.ts';

const USAGE: Readonly<Record<string, string>> = {
  '.': '. filename [arguments]',
  alias: 'alias [-p] [name[=value] ... ]',
  caller: 'caller [expr]',
  unalias: 'unalias [-a] name [name ...]',
  builtin: 'builtin [shell-builtin [arg ...]]',
  cd: 'cd [-L|[-P [-e]] [-@]] [dir]',
  command: 'command [-pVv] command [arg ...]',
  declare: 'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]',
  dirs: 'dirs [-clpv] [+N] [-N]',
  disown: 'disown [-h] [-ar] [jobspec ... | pid ...]',
  enable: 'enable [-a] [-dnps] [-f filename] [name ...]',
  eval: 'eval [arg ...]',
  exec: 'exec [-cl] [-a name] [command [argument ...]] [redirection ...]',
  export: 'export [-fn] [name[=value] ...] or export -p',
  getopts: 'getopts optstring name [arg ...]',
  jobs: 'jobs [-lnprs] [jobspec ...] or jobs -x command [args]',
  hash: 'hash [-lr] [-p pathname] [-dt] [name ...]',
  local: 'local [option] name[=value] ...',
  mapfile:
    'mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]',
  popd: 'popd [-n] [+N | -N]',
  printf: 'printf [-v var] format [arguments]',
  pushd: 'pushd [-n] [+N | -N | dir]',
  pwd: 'pwd [-LP]',
  read: 'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
  readarray:
    'readarray [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]',
  readonly: 'readonly [-aAf] [name[=value] ...] or readonly -p',
  set: 'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
  shopt: 'shopt [-pqsu] [-o] [optname ...]',
  source: 'source filename [arguments]',
  trap: 'trap [-lp] [[arg] signal_spec ...]',
  type: 'type [-afptP] name [name ...]',
  typeset: 'typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]',
  umask: 'umask [-p] [-S] [mode]',
  unset: 'unset [-f] [-v] [-n] [name ...]',
  wait: 'wait [-fn] [-p var] [id ...]',
};

export function* printUsage(shell: Shell, name: string): Task<number> {
  yield* printError(shell, `${name}: usage: ${USAGE[name] ?? ''}\n`);
  return 2;
}

/** Prints the error and the usage line; `option` includes its dash. */
export function* invalidOption(shell: Shell, name: string, option: string): Task<number> {
  yield* complain(shell, `${name}: ${option}: invalid option`);
  return yield* printUsage(shell, name);
}
