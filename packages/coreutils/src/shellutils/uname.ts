// uname.ts — uname(1), hostname(1), nproc(1), id(1), whoami(1), tty(1) and pwd(1) describe the simulated machine.
import { binaryOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, tool } from '../tool.ts';

const MACHINE = {
  s: 'Linux',
  n: '(none)',
  r: '6.12.117+deb12-amd64',
  v: '#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~deb12u1 (2026-11-14)',
  m: 'x86_64',
  p: 'unknown',
  i: 'unknown',
  o: 'GNU/Linux',
} as const;

export const uname: Program = tool(function* main(t: Tool): Task<number> {
  const { has, given, operands } = parseOptions(t, {
    short: 'asnrvmpio',
    long: {
      sysname: 's',
      release: 'r',
      all: 'a',
      'kernel-name': 's',
      nodename: 'n',
      'kernel-release': 'r',
      'kernel-version': 'v',
      machine: 'm',
      processor: 'p',
      'hardware-platform': 'i',
      'operating-system': 'o',
    },
  });
  if (operands[0] !== undefined) failUsage(t, `extra operand ${quote(t, operands[0])}`);
  const all = 'snrvmo';
  const wanted = has('a') ? all : given.length === 0 ? 's' : 'snrvmpio';
  const parts = Object.entries(MACHINE).filter(
    ([key]) => wanted.includes(key) && (wanted.length < 8 || has(key)),
  );
  t.out.put(`${parts.map(([, value]) => value).join(' ')}\n`);
  yield* t.out.flush();
  return 0;
});

export const hostname: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {
    short: 'sf',
    long: { short: 's', fqdn: 'f', long: 'f' },
    refused: 'aAbdFhiIyV',
    refusedLong: [
      'domain',
      'boot',
      'file',
      'all-fqdns',
      'alias',
      'ip-address',
      'all-ip-addresses',
      'nis',
      'yp',
    ],
  });
  if (operands.length > 0) refuse(t, 'setting the name');
  t.out.put(`${MACHINE.n}\n`);
  yield* t.out.flush();
  return 0;
});

export const nproc: Program = tool(function* main(t: Tool): Task<number> {
  const { value, operands } = parseOptions(t, { long: { all: 'all', ignore: 'ignore:' } });
  if (operands[0] !== undefined) failUsage(t, `extra operand ${quote(t, operands[0])}`);
  const ignored = value('ignore') ?? '0';
  if (!/^\d+$/.test(ignored)) fail(t, `invalid number: ${quote(t, ignored)}`);
  t.out.put('1\n');
  yield* t.out.flush();
  return 0;
});

export const whoami: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {});
  if (operands[0] !== undefined) failUsage(t, `extra operand ${quote(t, operands[0])}`);
  t.out.put('root\n');
  yield* t.out.flush();
  return 0;
});

export const id: Program = tool(function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'ugGnr',
    long: { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r' },
    refused: 'azZ',
    refusedLong: ['zero', 'context'],
  });
  const [user = 'root', extra] = operands;
  if (extra !== undefined) refuse(t, 'several users');
  if (user !== 'root' && user !== '0') fail(t, `${quote(t, user)}: no such user`);
  const one = has('u') || has('g') || has('G');
  if (!one && has('n')) fail(t, 'cannot print only names or real IDs in default format');
  t.out.put(one ? (has('n') ? 'root\n' : '0\n') : 'uid=0(root) gid=0(root) groups=0(root)\n');
  yield* t.out.flush();
  return 0;
});

export const pwd: Program = tool(function* main(t: Tool): Task<number> {
  parseOptions(t, { short: 'LP', long: { logical: 'L', physical: 'P' } });
  t.out.put(`${binaryOf(t.context.cwd)}\n`);
  yield* t.out.flush();
  return 0;
});

/** tty(1): the console that a lab runs on has no name. */
export const tty: Program = tool(function* main(t: Tool): Task<number> {
  const { has } = parseOptions(t, { short: 's', long: { silent: 's', quiet: 's' } });
  if (!has('s')) t.out.put('not a tty\n');
  yield* t.out.flush();
  return 1;
});
