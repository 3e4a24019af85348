// lsmod.ts — lsmod(8): prints /proc/modules in the form of busybox, whose lsmod the recorded machine has.
import { openPath, readWhole, refuse, tool } from '@dmsim/coreutils';
import type { Program } from '@dmsim/vfs';

export const lsmod: Program = tool(function* main(t) {
  const [word] = t.args;
  if (word !== undefined) refuse(t, word);
  const file = yield* openPath(t, '/proc/modules', { read: true, write: false });
  const text = typeof file === 'string' ? '' : yield* readWhole(t, file);
  t.out.put('Module                  Size  Used by    Not tainted\n');
  for (const line of typeof text === 'string' ? text.trimEnd().split('\n') : []) {
    const [name = '', size = '', uses = '', users = '-'] = line.split(' ');
    const list = users === '-' ? '' : users.replace(/,$/, '');
    t.out.put(`${name.padEnd(19)} ${size.padStart(8)}  ${uses} ${list}\n`);
  }
  return 0;
});
