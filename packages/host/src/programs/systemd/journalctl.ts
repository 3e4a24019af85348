// journalctl.ts — journalctl(1) for multipathd.service: the lines of its log, without times.
import type { Tool } from '@dmsim/coreutils';
import { tool } from '@dmsim/coreutils';
import { ready } from '@dmsim/vfs';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { refuseCall } from '../../unsimulated.ts';

interface Options {
  unit: string | null;
  output: string | null;
  /** How many lines to show, counted from the end (-n). */
  lines: number | null;
}

/** Options that take a value, by each of their names. */
const WITH_VALUE: Readonly<Record<string, keyof Options>> = {
  '-u': 'unit',
  '--unit': 'unit',
  '-o': 'output',
  '--output': 'output',
  '-n': 'lines',
  '--lines': 'lines',
};
/** These options have no effect: there is one boot, no pager, and nothing for -q to leave out. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  '--no-pager',
  '-q',
  '--quiet',
  '-b',
  '--boot',
]);

export function journalctlProgram({ service }: Machine): Program {
  return tool((t) => {
    const { lines } = parse(t);
    const shown =
      lines === null ? service.journal : lines === 0 ? [] : service.journal.slice(-lines);
    t.out.put(shown.length === 0 ? '-- No entries --\n' : `${shown.join('\n')}\n`);
    return ready(0);
  });
}

function parse({ args, context: { argv } }: Tool): Options {
  const options: Options = { unit: null, output: null, lines: null };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (WITHOUT_EFFECT.has(arg)) continue;
    const [name, own] = split(arg);
    const option = WITH_VALUE[name];
    if (option === undefined)
      refuseCall(argv, arg.startsWith('-') ? `option ${arg}` : `match ${arg}`);
    const value = own ?? args[++i] ?? '';
    if (option !== 'lines') options[option] = value;
    else if (/^\d+$/.test(value)) options.lines = Number(value);
    else refuseCall(argv, `${name} ${value}`);
  }
  if (options.unit === null) refuseCall(argv, 'only with -u multipathd');
  if (!/^multipathd(\.service)?$/.test(options.unit)) refuseCall(argv, `unit ${options.unit}`);
  if (options.output !== 'cat') refuseCall(argv, 'only with -o cat: lines have no dates here');
  return options;
}

/** `--unit=x` and `-ux` hold their value. */
function split(arg: string): [name: string, value?: string] {
  const long = /^(--[a-z-]+)=(.*)$/s.exec(arg);
  if (long !== null) return [long[1] as string, long[2] as string];
  if (/^-[uon]./s.test(arg)) return [arg.slice(0, 2), arg.slice(2)];
  return [arg];
}
