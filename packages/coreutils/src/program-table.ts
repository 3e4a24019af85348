// program-table.ts — The table of the programs in /usr/bin that need no disk.
import type { Program } from '@dmsim/vfs';

import { awk } from './awk/awk.ts';
import { cmp } from './diffutils/cmp.ts';
import { diff } from './diffutils/diff.ts';
import { chgrp, chmod, chown } from './fileutils/chmod.ts';
import { cp } from './fileutils/copy.ts';
import { du } from './fileutils/du.ts';
import { fallocate } from './fileutils/fallocate.ts';
import { ln } from './fileutils/ln.ts';
import { ls } from './fileutils/ls.ts';
import { mkdir, rmdir } from './fileutils/mkdir.ts';
import { mkfifo } from './fileutils/mkfifo.ts';
import { mktemp } from './fileutils/mktemp.ts';
import { mv } from './fileutils/mv.ts';
import { readlink, realpath } from './fileutils/readlink.ts';
import { rm, unlink } from './fileutils/rm.ts';
import { stat } from './fileutils/stat.ts';
import { touch } from './fileutils/touch.ts';
import { truncate } from './fileutils/truncate.ts';
import { find } from './findutils/find.ts';
import { xargs } from './findutils/xargs.ts';
import { egrep, fgrep, grep } from './grep/grep.ts';
import { jq } from './jq/jq.ts';
import { sed } from './sed/sed.ts';
import { basename, dirname } from './shellutils/basename.ts';
import { date } from './shellutils/date.ts';
import { echo } from './shellutils/echo.ts';
import { env, printenv } from './shellutils/env.ts';
import { expr } from './shellutils/expr.ts';
import { flock } from './shellutils/flock.ts';
import { getoptProgram } from './shellutils/getopt.ts';
import { kill } from './shellutils/kill.ts';
import { nice, nohup } from './shellutils/nice.ts';
import { printf } from './shellutils/printf.ts';
import { seq } from './shellutils/seq.ts';
import { sleep } from './shellutils/sleep.ts';
import { test } from './shellutils/test.ts';
import { timeout } from './shellutils/timeout.ts';
import { falseProgram, trueProgram } from './shellutils/true.ts';
import { hostname, id, nproc, pwd, tty, uname, whoami } from './shellutils/uname.ts';
import { which } from './shellutils/which.ts';
import { yes } from './shellutils/yes.ts';
import { base64 } from './textutils/base64.ts';
import { cat } from './textutils/cat.ts';
import { cksum } from './textutils/cksum.ts';
import { column } from './textutils/column.ts';
import { comm } from './textutils/comm.ts';
import { cut } from './textutils/cut.ts';
import { md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum } from './textutils/digest.ts';
import { expand } from './textutils/expand.ts';
import { fold } from './textutils/fold.ts';
import { head } from './textutils/head.ts';
import { hd, hexdump } from './textutils/hexdump.ts';
import { join } from './textutils/join.ts';
import { nl } from './textutils/nl.ts';
import { numfmt } from './textutils/numfmt.ts';
import { od } from './textutils/od.ts';
import { paste } from './textutils/paste.ts';
import { rev, tac } from './textutils/rev.ts';
import { shuf } from './textutils/shuf.ts';
import { sort } from './textutils/sort.ts';
import { split } from './textutils/split.ts';
import { tail } from './textutils/tail.ts';
import { tee } from './textutils/tee.ts';
import { tr } from './textutils/tr.ts';
import { uniq } from './textutils/uniq.ts';
import { wc } from './textutils/wc.ts';
import { xxd } from './textutils/xxd.ts';

/** The programs that touch no disk, and dd, by name. */
export const textPrograms: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['[', test],
  ['awk', awk],
  ['base64', base64],
  ['basename', basename],
  ['cat', cat],
  ['chgrp', chgrp],
  ['chmod', chmod],
  ['chown', chown],
  ['cksum', cksum],
  ['cmp', cmp],
  ['column', column],
  ['comm', comm],
  ['cp', cp],
  ['cut', cut],
  ['date', date],
  ['diff', diff],
  ['dirname', dirname],
  ['du', du],
  ['echo', echo],
  ['egrep', egrep],
  ['env', env],
  ['expand', expand],
  ['expr', expr],
  ['fallocate', fallocate],
  ['false', falseProgram],
  ['fgrep', fgrep],
  ['find', find],
  ['flock', flock],
  ['fold', fold],
  ['getopt', getoptProgram],
  ['grep', grep],
  ['hd', hd],
  ['head', head],
  ['hexdump', hexdump],
  ['hostname', hostname],
  ['id', id],
  ['join', join],
  ['jq', jq],
  ['kill', kill],
  ['ln', ln],
  ['ls', ls],
  ['md5sum', md5sum],
  ['mkdir', mkdir],
  ['mkfifo', mkfifo],
  ['mktemp', mktemp],
  ['mv', mv],
  ['nice', nice],
  ['nl', nl],
  ['nohup', nohup],
  ['nproc', nproc],
  ['numfmt', numfmt],
  ['od', od],
  ['paste', paste],
  ['printenv', printenv],
  ['printf', printf],
  ['pwd', pwd],
  ['readlink', readlink],
  ['realpath', realpath],
  ['rev', rev],
  ['rm', rm],
  ['rmdir', rmdir],
  ['sed', sed],
  ['seq', seq],
  ['sha1sum', sha1sum],
  ['sha224sum', sha224sum],
  ['sha256sum', sha256sum],
  ['sha384sum', sha384sum],
  ['sha512sum', sha512sum],
  ['shuf', shuf],
  ['sleep', sleep],
  ['sort', sort],
  ['split', split],
  ['stat', stat],
  ['tac', tac],
  ['tail', tail],
  ['tee', tee],
  ['test', test],
  ['timeout', timeout],
  ['touch', touch],
  ['tr', tr],
  ['true', trueProgram],
  ['truncate', truncate],
  ['tty', tty],
  ['uname', uname],
  ['uniq', uniq],
  ['unlink', unlink],
  ['wc', wc],
  ['which', which],
  ['whoami', whoami],
  ['xargs', xargs],
  ['xxd', xxd],
  ['yes', yes],
]);

export { createMknod, createSync } from './fileutils/sync.ts';
