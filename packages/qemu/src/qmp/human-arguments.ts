// human-arguments.ts — Takes the arguments of a human monitor's line apart, as its command declares them. Mirrors monitor/hmp.c: monitor_parse_arguments.
//
//   declaration  name:type[?], …     B block device, F file name, s string, S rest of the line, o size in MiB, l number,
//                                    -f flag of that letter; ? may be missing

export type HumanArgs = Readonly<Record<string, string | number | boolean | undefined>>;

/** The arguments, or what the monitor says of wrong ones. `help`: what it says to ask for help about. */
export function parseArguments(
  command: string,
  declaration: string,
  text: string,
  help: string = command,
): HumanArgs | string {
  const args: Record<string, string | number | boolean | undefined> = {};
  const wrong = (what: string): string => `${what}\r\nTry "help ${help}" for more information\r\n`;
  const params = declaration.split(',').filter((each) => each !== '');
  let rest = text.trimStart();
  for (const [i, param] of params.entries()) {
    const [name = '', type = ''] = param.split(':');
    const taken = type.startsWith('-')
      ? takeFlag(type, rest, params.slice(i + 1).join(','))
      : takeArgument(type, rest);
    if ('wrong' in taken) return wrong(taken.wrong.replace('%s', command));
    args[name] = taken.value;
    rest = taken.rest.trimStart();
  }
  return rest === '' ? args : wrong(`${command}: extraneous characters at the end of line`);
}

type Taken =
  | { readonly value: string | number | boolean | undefined; readonly rest: string }
  | { readonly wrong: string };

const EXPECTED: Readonly<Record<string, string>> = {
  B: '%s: block device name expected',
  F: '%s: filename expected',
  s: '%s: string expected',
  o: 'invalid size',
  l: 'unexpected end of expression',
};

function takeArgument(type: string, text: string): Taken {
  if (type === 'S')
    return text === '' ? { wrong: '%s: string expected' } : { value: text, rest: '' };
  if (text === '' && type.endsWith('?')) return { value: undefined, rest: '' };
  const kind = type.charAt(0);
  const word = /^(?:"((?:[^"\\]|\\.)*)"|(\S+))/u.exec(text);
  if (word === null) return { wrong: EXPECTED[kind] ?? '' };
  const value = word[1]?.replaceAll(/\\(.)/gu, '$1') ?? word[2] ?? '';
  const rest = text.slice(word[0].length);
  if (kind === 'o') return sizeInMiB(value, rest);
  return kind === 'l' ? number(value, rest) : { value, rest };
}

/** A dash begins this flag, or one of the later parameters. */
function takeFlag(flag: string, text: string, later: string): Taken {
  if (text.startsWith(flag)) return { value: true, rest: text.slice(flag.length) };
  const given = text.slice(0, 2);
  if (!given.startsWith('-') || later.includes(given)) return { value: false, rest: text };
  return { wrong: `%s: unsupported option ${given}` };
}

const number = (text: string, rest: string): Taken =>
  /^-?(?:\d+|0x[0-9a-f]+)$/iu.test(text)
    ? { value: Number(text), rest }
    : { wrong: 'invalid char in expression' };

const POWERS = 'BKMGTPE';

/** qemu_strtosz_MiB: what follows the size is another argument. */
function sizeInMiB(text: string, rest: string): Taken {
  const match = /^(?:(0x[0-9a-f]+)|(\d+(?:\.\d+)?)([bkmgtpe]?))(.*)$/iu.exec(text);
  if (match === null) return { wrong: 'invalid size' };
  const [, hex, number, unit = '', more = ''] = match;
  const power = POWERS.indexOf(unit === '' ? 'M' : unit.toUpperCase());
  return { value: Math.round(Number(hex ?? number) * 1024 ** power), rest: more + rest };
}
