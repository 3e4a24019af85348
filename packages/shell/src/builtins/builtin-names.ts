// builtin-names.ts — The names that `type` and `command -v` report as builtins or keywords.

const BUILTINS: ReadonlySet<string> = new Set(
  (
    '. : [ alias break builtin caller cd command continue declare dirs disown echo eval exec exit export ' +
    'false getopts hash jobs kill let local mapfile popd printf pushd pwd read readarray readonly return ' +
    'set shift shopt source test trap true type typeset ulimit umask unalias unset wait'
  ).split(' '),
);

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'if then else elif fi case esac for select while until do done in function time { } ! ' +
    '[[ ]] coproc'
  ).split(' '),
);

export const isBuiltin = (name: string): boolean => BUILTINS.has(name);

export const isKeyword = (name: string): boolean => KEYWORDS.has(name);
