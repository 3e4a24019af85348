// job-file.ts — Parses the sections of a job file and of the command line. After fio's init.c: parse_jobs_ini, parse_cmd_line.

/** One option as it was written. `value` is null if it has none. */
export interface WrittenOption {
  readonly name: string;
  readonly value: string | null;
}

/** `[name]` and the options below it. `global` sections hold for all jobs after them. */
export interface Section {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly options: readonly WrittenOption[];
}

/**
 *   FILE    := LINE*
 *   LINE    := [ SECTION | OPTION ] [ (';' | '#') COMMENT ]
 *   SECTION := '[' NAME ']'
 *   OPTION  := NAME [ '=' VALUE ]
 * A comment starts a line, or follows a space. Returns a message if an option stands outside of all sections.
 */
export function parseJobFile(
  text: string,
  env: ReadonlyMap<string, string>,
): readonly Section[] | { readonly error: string } {
  const sections: { name: string; isGlobal: boolean; options: WrittenOption[] }[] = [];
  for (const raw of text.split('\n')) {
    const line = expand(raw.replace(/^[;#].*|\s[;#].*/, '').trim(), env);
    if (line === '') continue;
    const section = /^\[(.*?)\]?$/.exec(line);
    if (section !== null) {
      const name = section[1] ?? '';
      sections.push({ name, isGlobal: name.toLowerCase() === 'global', options: [] });
      continue;
    }
    const current = sections.at(-1);
    if (current === undefined)
      return { error: `fio: option <${line}> outside of [] job section\n` };
    current.options.push(parseOption(line));
  }
  return sections;
}

/** Replaces `${NAME}` by the variable of the environment. The text stays as it is if there is no such variable. */
const expand = (line: string, env: ReadonlyMap<string, string>): string =>
  line.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => env.get(name) ?? whole);

export function parseOption(line: string): WrittenOption {
  const equals = line.indexOf('=');
  if (equals < 0) return { name: line.trim(), value: null };
  return { name: line.slice(0, equals).trim(), value: line.slice(equals + 1).trim() };
}
