// help.ts — The daemon's answer to a line that is not a command. Mirrors multipathd/cli.c: genhelp_handler.
import { VERSION } from '../programs/multipath-usage.ts';
import { KEYWORDS } from './keywords.ts';
import { COMMANDS } from './registry.ts';

const PROBLEMS = {
  'not-found': 'not found',
  'missing-argument': 'Missing argument',
  // Said of a line without words.
  empty: 'Not enough memory',
} as const;

export const help = (line: string, problem: keyof typeof PROBLEMS): string =>
  `${line}: ${PROBLEMS[problem]}\n${VERSION}CLI commands reference:\n${COMMANDS.map(({ keys }) => usage(keys)).join('')}`;

/** ` list|show map|multipath $map topology` */
function usage(keys: string): string {
  const words = keys.split(' ').map((key) => {
    const names = KEYWORDS.filter((keyword) => keyword.key === key);
    const [first] = names;
    const argument = first?.takesArgument === true ? ` $${first.word}` : '';
    return ` ${names.map(({ word }) => word).join('|')}${argument}`;
  });
  return `${words.join('')}\n`;
}
