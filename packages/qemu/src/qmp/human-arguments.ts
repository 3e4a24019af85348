// human-arguments.ts — Takes the arguments of a human monitor's line apart, as its command declares them. Mirrors monitor/hmp.c: monitor_parse_arguments.
//
//   declaration  name:type[?], …     B block device, F file name, s string, S rest of the line, o size in MiB, l number,
//                                    -f flag of that letter; ? may be missing

export type HumanArgs = Readonly<Record<string, string | number | boolean | undefined>>;

/** The arguments, or what the monitor says of wrong ones. */
export function parseArguments(
  command: string,
  declaration: string,
  text: string,
): HumanArgs | string {
  const args: Record<string, string | number | boolean | undefined> = {};
  let rest = text.trimStart();
  for (const param of declaration.split(',').filter((each) => each !== '')) {
    const [name = '', type = ''] = param.split(':');
    const taken = takeArgument(type, rest);
    if ('wrong' in taken)
      return `${taken.wrong.replace('%s', command)}\r\nTry "help ${command}" for more information\r\n`;
    args[name] = taken.value;
    rest = taken.rest.trimStart();
  }
  return rest === ''
    ? args
    : `${command}: extraneous characters at the end of line\r\nTry "help ${command}" for more information\r\n`;
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
  if (type.startsWith('-')) return takeFlag(type, text);
  if (type === 'S') return { value: text, rest: '' };
  if (text === '' && type.endsWith('?')) return { value: undefined, rest: '' };
  const kind = type.charAt(0);
  const word = /^(?:"((?:[^"\\]|\\.)*)"|(\S+))/u.exec(text);
  if (word === null) return { wrong: EXPECTED[kind] ?? '' };
  const value = word[1]?.replaceAll(/\\(.)/gu, '$1') ?? word[2] ?? '';
  const rest = text.slice(word[0].length);
  if (kind === 'o') return sizeInMiB(value, rest);
  return kind === 'l' ? number(value, rest) : { value, rest };
}

function takeFlag(flag: string, text: string): Taken {
  const isGiven = new RegExp(`^${flag}(?!\\S)`, 'u').test(text);
  return { value: isGiven, rest: isGiven ? text.slice(flag.length) : text };
}

const number = (text: string, rest: string): Taken =>
  /^-?(?:\d+|0x[0-9a-f]+)$/iu.test(text)
    ? { value: Number(text), rest }
    : { wrong: 'invalid char in expression' };

const POWERS = 'BKMGTPE';

function sizeInMiB(text: string, rest: string): Taken {
  const match = /^(\d+(?:\.\d+)?)([bkmgtpe]?)$/iu.exec(text);
  if (match === null) return { wrong: 'invalid size' };
  const unit = match[2] ?? '';
  const power = POWERS.indexOf(unit === '' ? 'M' : unit.toUpperCase());
  return { value: Math.floor(Number(match[1]) * 1024 ** power), rest };
}
