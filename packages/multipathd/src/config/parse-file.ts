// parse-file.ts — Reads a configuration file into a configuration, line by line. Mistakes are logged and passed over. Mirrors libmpathutil/parser.c: process_stream.
import type { Log } from '../log.ts';
import type { Blacklist, BlacklistKind, DeviceRule } from './blacklist.ts';
import { compileRule } from './blacklist.ts';
import type { Config } from './config.ts';
import { DEPRECATED, SECTION_KEYWORDS, typeOf } from './keywords.ts';
import { readLines } from './read-lines.ts';
import type { Settings } from './settings.ts';
import type { Token } from './tokens.ts';
import { checkLine, tokenize, valueOf } from './tokens.ts';
import type { Users } from './users.ts';
import type { ParsedValue, ValueType } from './value-type.ts';

/** A section of the grammar: the keywords that may stand in it, and the effect of a line. */
interface Section {
  readonly name: string;
  readonly keywords: ReadonlySet<string>;
  /** The keywords that may occur in it more than once. */
  readonly repeatable: ReadonlySet<string>;
  /** Opens the section that begins here; undefined where none can. */
  readonly open: (keyword: string) => Section | undefined;
  /** False: the line could not be parsed, and the file is refused for it. */
  readonly set: (keyword: string, tokens: readonly Token[], line: Line) => boolean;
}

/** One line of a file, for messages. */
interface Line {
  readonly file: string;
  readonly number: number;
  readonly log: Log;
  readonly users: Users;
}

const NOTHING: ReadonlySet<string> = new Set();
const nothingInside = (): undefined => undefined;

/** False when a line of it failed: the configuration is not to be used. `text` is the file's content. */
export function parseFile(config: Config, log: Log, { file, text, users }: ConfigFile): boolean {
  const parser: Parser = { stack: [level(rootSection(config))], ok: true, skip: 0 };
  for (const [i, content] of readLines(text).entries()) {
    parseLine(parser, content, { file, number: i + 1, log, users });
  }
  // Once, also when a section within it is open, too.
  if (parser.stack.length > 1) log.put(1, `missing '}' at end of ${file}`);
  return parser.ok;
}

export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly users: Users;
}

interface Level {
  readonly section: Section;
  readonly seen: Set<string>;
}

interface Parser {
  readonly stack: Level[];
  ok: boolean;
  skip: number;
}

const level = (section: Section): Level => ({ section, seen: new Set() });

function parseLine(parser: Parser, content: string, line: Line): void {
  const { file, number, log } = line;
  const tokens = tokenize(content);
  const [first] = tokens;
  if (first === undefined) return;
  const problem = checkLine(tokens, `line ${number} of ${file}`);
  if (problem !== undefined) log.put(0, problem.message);
  if (problem?.skip === true) return;
  const keyword = first.text;
  const current = parser.stack.at(-1) as Level;
  const { section } = current;
  if (keyword === '}' && closeSection(parser, line)) return;
  if (!section.keywords.has(keyword)) {
    const where = section.name === '' ? '' : ` in the ${section.name} section`;
    log.put(1, `${file} line ${number}, invalid keyword${where}: ${keyword}`);
    return;
  }
  noteKeyword(current, keyword, line);
  if (!section.set(keyword, tokens, line)) {
    log.put(1, `${file} line ${number}, parsing failed: ${content}`);
    parser.ok = false;
  }
  const inner = section.open(keyword);
  if (inner !== undefined) parser.stack.push(level(inner));
}

/** Most keywords may stand once in a section; a second one is logged, and counts. */
function noteKeyword({ section, seen }: Level, keyword: string, { file, number, log }: Line): void {
  if (section.repeatable.has(keyword)) return;
  if (seen.has(keyword)) log.put(1, `${file} line ${number}, duplicate keyword: ${keyword}`);
  seen.add(keyword);
}

/** Returns false if no section is open. The line is then read as if the brace were a keyword. */
function closeSection({ stack }: Parser, { file, number, log }: Line): boolean {
  if (stack.length === 1) {
    log.put(0, `unmatched '}' at line ${number} of ${file}`);
    return false;
  }
  stack.pop();
  return true;
}

function rootSection(config: Config): Section {
  return {
    name: '',
    keywords: new Set([
      'defaults',
      'blacklist',
      'blacklist_exceptions',
      'devices',
      'overrides',
      'multipaths',
    ]),
    repeatable: NOTHING,
    set: () => true,
    open(keyword) {
      switch (keyword) {
        case 'defaults':
          return settingsSection('defaults', SECTION_KEYWORDS.defaults, () => config.defaults);
        case 'blacklist':
          return blacklistSection('blacklist', config.blacklist);
        case 'blacklist_exceptions':
          return blacklistSection('blacklist_exceptions', config.exceptions);
        case 'devices':
          return listSection('devices', 'device', () => {
            const settings: Settings = new Map();
            config.devices.push({ settings, builtIn: false });
            return settings;
          });
        case 'overrides':
          return overridesSection(config);
        default:
          return listSection('multipaths', 'multipath', () => {
            const settings: Settings = new Map();
            config.multipaths.push(settings);
            return settings;
          });
      }
    },
  };
}

function settingsSection(
  name: string,
  keywords: readonly string[],
  settings: () => Settings,
): Section {
  return {
    name,
    keywords: new Set(keywords),
    repeatable: NOTHING,
    open: nothingInside,
    set: (keyword, tokens, line) => setValue(settings(), keyword, { tokens, line }),
  };
}

/** A section of entries that have one name. `create` adds an entry. */
function listSection(name: string, entry: 'device' | 'multipath', create: () => Settings): Section {
  return {
    name,
    keywords: new Set([entry]),
    repeatable: new Set([entry]),
    set: () => true,
    open() {
      const settings = create();
      return settingsSection(entry, SECTION_KEYWORDS[entry], () => settings);
    },
  };
}

function overridesSection(config: Config): Section {
  const own = (config.overrides ??= new Map());
  const plain = settingsSection('overrides', SECTION_KEYWORDS.overrides, () => own);
  return {
    ...plain,
    keywords: new Set([...plain.keywords, 'protocol']),
    repeatable: new Set(['protocol']),
    set: (keyword, tokens, line) => keyword === 'protocol' || plain.set(keyword, tokens, line),
    open(keyword) {
      if (keyword !== 'protocol') return undefined;
      const settings: Settings = new Map();
      config.protocols.push({ settings });
      return settingsSection('protocol', SECTION_KEYWORDS.protocol, () => settings);
    },
  };
}

/** False: the line could not be parsed. */
function setValue(
  settings: Settings,
  keyword: string,
  { tokens, line }: { readonly tokens: readonly Token[]; readonly line: Line },
): boolean {
  const { file, number, log } = line;
  if (DEPRECATED.has(keyword)) {
    log.putOnce(1, keyword, `${file} line ${number}: ignoring deprecated option "${keyword}"`);
    return true;
  }
  const value = valueOf(tokens);
  if (value === null) return false;
  if (keyword.endsWith('s_file')) {
    const text = `"${keyword}" is deprecated and will be disabled in a future release`;
    log.putOnce(2, keyword, `${file} line ${number}, ${text}`);
  }
  const user =
    keyword === 'uid' || keyword === 'gid' ? line.users.get(value)?.[keyword] : undefined;
  if (user !== undefined) {
    settings.set(keyword, user);
    return true;
  }
  const name = keyword === 'checker' ? 'path_checker' : keyword;
  const type = typeOf(keyword);
  return takeValue(settings, name, { type, parsed: type.parse(value, keyword), line });
}

interface NewValue {
  readonly type: ValueType;
  readonly parsed: ParsedValue;
  readonly line: Line;
}

/** False: the line could not be parsed. */
function takeValue(settings: Settings, name: string, { type, parsed, line }: NewValue): boolean {
  const { file, number, log } = line;
  switch (parsed.kind) {
    case 'value':
      for (const complaint of parsed.complaints ?? []) log.put(2, complaint);
      if (parsed.warning !== undefined) {
        const gap = parsed.complaints === undefined ? ' ' : '';
        log.put(1, `${file} line ${number},${gap}${parsed.warning}`);
      }
      settings.set(name, parsed.value);
      return true;
    case 'unset':
      if (parsed.warning !== undefined) log.put(1, `${file} line ${number}, ${parsed.warning}`);
      settings.delete(name);
      return true;
    case 'ignored':
      log.put(1, `${file} line ${number}, ${parsed.message}`);
      if (type.afterInvalid !== undefined && !settings.has(name)) {
        settings.set(name, type.afterInvalid);
      }
      return true;
    case 'failed':
      return false;
  }
}

const BLACKLIST_KINDS = ['devnode', 'wwid', 'property', 'protocol'] as const;

function blacklistSection(name: string, list: Blacklist): Section {
  const keywords = new Set([...BLACKLIST_KINDS, 'device']);
  return {
    name,
    keywords,
    repeatable: keywords,
    set(keyword, tokens) {
      if (keyword === 'device') return true;
      const rule = compileRule(valueOf(tokens) ?? '');
      if (rule === null) return false;
      list[keyword as BlacklistKind].push(rule);
      return true;
    },
    open(keyword) {
      if (keyword !== 'device') return undefined;
      const entry: DeviceRule = {};
      list.device.push(entry);
      return deviceRuleSection(entry);
    },
  };
}

function deviceRuleSection(entry: DeviceRule): Section {
  return {
    name: 'device',
    keywords: new Set(['vendor', 'product']),
    repeatable: NOTHING,
    open: nothingInside,
    set(keyword, tokens) {
      const rule = compileRule(valueOf(tokens) ?? '');
      if (rule === null) return false;
      entry[keyword as 'vendor' | 'product'] = rule;
      return true;
    },
  };
}
