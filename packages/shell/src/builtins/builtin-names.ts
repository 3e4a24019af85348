// builtin-names.ts — The names that `type` and `command -v` report as builtins or keywords.
import type { Shell } from '../shell.ts';

/** All builtins of bash, also those that this shell refuses, sorted. */
export const BUILTIN_NAMES: readonly string[] = (
  '. : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown ' +
  'echo enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile ' +
  'popd printf pushd pwd read readarray readonly return set shift shopt source suspend test times trap true ' +
  'type typeset ulimit umask unalias unset wait'
).split(' ');

const BUILTINS: ReadonlySet<string> = new Set(BUILTIN_NAMES);

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'if then else elif fi case esac for select while until do done in function time { } ! ' +
    '[[ ]] coproc'
  ).split(' '),
);

export const isBuiltinName = (name: string): boolean => BUILTINS.has(name);

/** A builtin that is not disabled. */
export const isBuiltin = ({ disabled }: Shell, name: string): boolean =>
  BUILTINS.has(name) && !disabled.has(name);

export const isKeyword = (name: string): boolean => KEYWORDS.has(name);
