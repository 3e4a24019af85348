// index.ts — The programs of /usr/bin that touch no disk.
import type { Program, ProgramTable } from '@dmsim/shell';

import { awk } from './awk/awk.ts';
import { basename, dirname } from './basename.ts';
import { cat } from './cat.ts';
import { cmp } from './cmp.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum } from './digest.ts';
import { egrep, fgrep, grep } from './grep.ts';
import { head } from './head.ts';
import { ls } from './ls.ts';
import { mkdir, rmdir } from './mkdir.ts';
import { od } from './od.ts';
import { rm } from './rm.ts';
import { sed } from './sed/sed.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { tail } from './tail.ts';
import { tee } from './tee.ts';
import { timeout } from './timeout.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { falseProgram, trueProgram } from './true.ts';
import { truncate } from './truncate.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';

export const textPrograms: ProgramTable = new Map<string, Program>([
  ['awk', awk],
  ['basename', basename],
  ['cat', cat],
  ['cmp', cmp],
  ['cut', cut],
  ['date', date],
  ['dirname', dirname],
  ['egrep', egrep],
  ['false', falseProgram],
  ['fgrep', fgrep],
  ['grep', grep],
  ['head', head],
  ['ls', ls],
  ['md5sum', md5sum],
  ['mkdir', mkdir],
  ['od', od],
  ['rm', rm],
  ['rmdir', rmdir],
  ['sed', sed],
  ['seq', seq],
  ['sha1sum', sha1sum],
  ['sha224sum', sha224sum],
  ['sha256sum', sha256sum],
  ['sha384sum', sha384sum],
  ['sha512sum', sha512sum],
  ['sleep', sleep],
  ['sort', sort],
  ['tail', tail],
  ['tee', tee],
  ['timeout', timeout],
  ['touch', touch],
  ['tr', tr],
  ['true', trueProgram],
  ['truncate', truncate],
  ['uniq', uniq],
  ['wc', wc],
]);
