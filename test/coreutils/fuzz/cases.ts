// cases.ts — Generates cases for bash, grep, sed, awk, find and printf: each case is one command for bash.
import { pattern, regularExpression, subject } from './expressions.ts';
import { conversion, decimal, integer, word } from './numbers.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

const ERE = { extended: true, references: false, gnu: false };
const BRE = { extended: false, references: false, gnu: false };

export interface Family {
  readonly name: string;
  readonly seed: number;
  readonly size: number;
  readonly make: (r: Random) => string;
}

const GROUPS = '[&|\\1|\\2|\\3]';

/** As many groups as the replacement names. */
const padded = (source: string, open: string, close: string): string =>
  source + `${open}${close}`.repeat(3);

function sed(r: Random): string {
  const flag = r.pick(['', '', 'g', '2', 'I']);
  return `sed -E 's/${padded(regularExpression(r, ERE), '(', ')')}/${GROUPS}/${flag}' <<< '${subject(r)}'`;
}

function sedBasic(r: Random): string {
  const source = regularExpression(r, { ...BRE, references: true });
  return `sed 's/${padded(source, '\\(', '\\)')}/${GROUPS}/' <<< '${subject(r)}'`;
}

function grep(r: Random): string {
  const options = r.pick(['', '', '-x', '-w', '-i', '-c', '-v']);
  const extended = r.chance(70);
  const references = r.chance(15);
  const grammar = { ...(extended ? ERE : BRE), references, gnu: !references };
  const source = regularExpression(r, grammar);
  return `grep ${extended ? '-E' : '-G'} ${options} -o -e '${source}' <<< '${subject(r)}'`;
}

function bashRegex(r: Random): string {
  const source = regularExpression(r, ERE);
  return `re='${source}'; [[ '${subject(r)}' =~ $re ]]; echo "$?$(printf '<%s>' "\${BASH_REMATCH[@]}")"`;
}

const LETTERS = 'ffeEgGdiouxXs';

const argument = (r: Random, letter: string): string => {
  if (letter === 's') return word(r);
  return 'eEfFgG'.includes(letter) ? decimal(r) : integer(r);
};

function formatted(r: Random): string {
  const form = conversion(r, LETTERS);
  return `'[${form}]' '${argument(r, form.slice(-1))}'`;
}

const awkNumber = (r: Random): string =>
  r.chance(50)
    ? `awk -v x='${decimal(r)}' 'BEGIN { printf "[${conversion(r, 'feEgG')}]", x }'`
    : `awk 'BEGIN { ${r.chance(30) ? `OFMT = "${conversion(r, 'feg')}"; ` : ''}print ${decimal(r)}, ${decimal(r)} ${r.pick(['+', '*', '/', '-'])} ${1 + r.below(97)}, ${decimal(r)} "" }'`;

const NAMES = 'a b c ab ba abc a-b a* 7 a7b bb cab aXb ]a [ a[b';

/** Before commands that find. */
const SETUP = `mkdir names; cd names; for name in ${NAMES.replace('a* ', "'a*' ")}; do : > "$name"; done; cd ..`;

export const FAMILIES: readonly Family[] = [
  { name: 'sed', seed: 1, size: 5000, make: sed },
  { name: 'sed-basic', seed: 2, size: 1500, make: sedBasic },
  { name: 'grep', seed: 3, size: 3000, make: grep },
  { name: 'bash-regex', seed: 4, size: 2500, make: bashRegex },
  { name: 'bash-printf', seed: 5, size: 2000, make: (r) => `printf ${formatted(r)}` },
  { name: 'printf', seed: 6, size: 2000, make: (r) => `env printf ${formatted(r)}` },
  { name: 'awk', seed: 7, size: 2000, make: awkNumber },
  {
    name: 'bash-pattern',
    seed: 8,
    size: 1000,
    make: (r) => `p='${pattern(r)}'; [[ '${subject(r)}' == $p ]]; echo $?`,
  },
  {
    name: 'find',
    seed: 9,
    size: 1000,
    make: (r) => `find names -name '${pattern(r)}' | sort | tr '\\n' ,`,
  },
];

/** The commands of a family, in order. */
export function casesOf({ seed, size, make }: Family): string[] {
  const r = createRandom(seed);
  return Array.from({ length: size }, () => make(r));
}

/**
 * A script that prints one line for each command: its output, with newlines shown as `\\n`, then its status. `first` is
 * done before each of them.
 */
export function scriptOf(commands: readonly string[], first = ''): string {
  const lines = commands.map(
    (command) => `r=$({ ${first}${command}; echo "|$?"; } 2>&1); echo "\${r//$'\\n'/\\\\n}"`,
  );
  const setup = commands.some((command) => command.startsWith('find ')) ? [SETUP] : [];
  return `${[...setup, ...lines].join('\n')}\n`;
}
