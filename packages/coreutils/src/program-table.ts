// program-table.ts — The table of the programs in /usr/bin that need no disk.
import type { Program } from '@dmsim/vfs';

import { awk } from './awk/awk.ts';
import { base64 } from './base64.ts';
import { basename, dirname } from './basename.ts';
import { cat } from './cat.ts';
import { chgrp, chmod, chown } from './chmod.ts';
import { cksum } from './cksum.ts';
import { cmp } from './cmp.ts';
import { comm } from './comm.ts';
import { cp } from './copy.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { diff } from './diff.ts';
import { md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum } from './digest.ts';
import { echo } from './echo.ts';
import { env, printenv } from './env.ts';
import { expand } from './expand.ts';
import { expr } from './expr.ts';
import { find } from './find.ts';
import { flock } from './flock.ts';
import { fold } from './fold.ts';
import { egrep, fgrep, grep } from './grep.ts';
import { head } from './head.ts';
import { hd, hexdump, xxd } from './hexdump.ts';
import { join } from './join.ts';
import { jq } from './jq/jq.ts';
import { kill } from './kill.ts';
import { ln } from './ln.ts';
import { ls } from './ls.ts';
import { mkdir, rmdir } from './mkdir.ts';
import { mkfifo } from './mkfifo.ts';
import { mktemp } from './mktemp.ts';
import { mv } from './mv.ts';
import { nice, nohup } from './nice.ts';
import { nl } from './nl.ts';
import { numfmt } from './numfmt.ts';
import { od } from './od.ts';
import { paste } from './paste.ts';
import { printf } from './printf.ts';
import { readlink, realpath } from './readlink.ts';
import { rev, tac } from './rev.ts';
import { rm } from './rm.ts';
import { sed } from './sed/sed.ts';
import { seq } from './seq.ts';
import { shuf } from './shuf.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { split } from './split.ts';
import { stat } from './stat.ts';
import { tail } from './tail.ts';
import { tee } from './tee.ts';
import { test } from './test.ts';
import { timeout } from './timeout.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { falseProgram, trueProgram } from './true.ts';
import { truncate } from './truncate.ts';
import { hostname, id, nproc, pwd, tty, uname, whoami } from './uname.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';
import { which } from './which.ts';
import { xargs } from './xargs.ts';
import { yes } from './yes.ts';

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
  ['comm', comm],
  ['cp', cp],
  ['cut', cut],
  ['date', date],
  ['diff', diff],
  ['dirname', dirname],
  ['echo', echo],
  ['egrep', egrep],
  ['env', env],
  ['expand', expand],
  ['expr', expr],
  ['false', falseProgram],
  ['fgrep', fgrep],
  ['find', find],
  ['flock', flock],
  ['fold', fold],
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
  ['wc', wc],
  ['which', which],
  ['whoami', whoami],
  ['xargs', xargs],
  ['xxd', xxd],
  ['yes', yes],
]);

export { createMknod, createSync } from './sync.ts';
