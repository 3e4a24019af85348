// table.ts — All builtins by name.
import { alias, unalias } from './alias.ts';
import type { Builtin, Builtins, DeclarationBuiltin } from './builtin.ts';
import { caller } from './caller.ts';
import {
  builtin,
  evalText,
  exit,
  fail,
  leaveLoop,
  letValues,
  returnFrom,
  shift,
  source,
  succeed,
} from './control.ts';
import { declare, declareExported, declareReadonly } from './declare.ts';
import { listDirectories, popDirectory, pushDirectory } from './directory-stack.ts';
import { changeDirectory, printDirectory } from './directory.ts';
import { echo } from './echo.ts';
import { enable } from './enable.ts';
import { getopts } from './getopts.ts';
import { hash } from './hash.ts';
import { jobs } from './jobs.ts';
import { kill } from './kill.ts';
import { mapfile } from './mapfile.ts';
import { printf } from './printf.ts';
import { read } from './read.ts';
import { set } from './set.ts';
import { shopt } from './shopt.ts';
import { test } from './test.ts';
import { trap } from './trap.ts';
import { command, type } from './type.ts';
import { ulimit } from './ulimit.ts';
import { umask } from './umask.ts';
import { unset } from './unset.ts';
import { disown, wait } from './wait.ts';

const ordinary: Builtins['ordinary'] = new Map<string, Builtin>([
  [':', succeed],
  ['true', succeed],
  ['hash', hash],
  ['false', fail],
  ['.', source],
  ['source', source],
  ['[', test],
  ['test', test],
  ['break', leaveLoop],
  ['continue', leaveLoop],
  ['alias', alias],
  ['unalias', unalias],
  ['builtin', builtin],
  ['caller', caller],
  ['command', command],
  ['cd', changeDirectory],
  ['dirs', listDirectories],
  ['popd', popDirectory],
  ['pushd', pushDirectory],
  ['disown', disown],
  ['echo', echo],
  ['enable', enable],
  ['eval', evalText],
  ['exit', exit],
  ['getopts', getopts],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letValues],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['printf', printf],
  ['pwd', printDirectory],
  ['read', read],
  ['return', returnFrom],
  ['set', set],
  ['shift', shift],
  ['shopt', shopt],
  ['trap', trap],
  ['type', type],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unset', unset],
  ['wait', wait],
]);

const declarations: Builtins['declarations'] = new Map<string, DeclarationBuiltin>([
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['export', declareExported],
  ['readonly', declareReadonly],
]);

export const builtins: Builtins = { ordinary, declarations };
