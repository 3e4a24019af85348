// read-word.ts — Reads one word, and tells what token it is. Mirrors bash's parse.y: read_token_word, special_case_tokens.
import { checkCompound } from './compound.ts';
import {
  isQuote,
  PARENTHESES,
  quotesOf,
  skipExpansion,
  skipPair,
  SUBSCRIPT,
} from './matched-pair.ts';
import {
  assignmentAcceptable,
  commandPosition,
  isReservedWord,
  reservedWordAcceptable,
  timeAcceptable,
} from './positions.ts';
import type { Reader, ReservedWord, Token } from './reader.ts';

/** The kinds of characters that a word has. */
interface Shape {
  quoted: boolean;
  dollar: boolean;
}

/** Text without a meaning of its own within a word. */
const PLAIN = /[\w./:,%^~{}-]+/y;
const BREAKS = ' \t\n|&;()<>';
const NAME = /^[A-Za-z_]\w*$/;
const TARGET = /^(?:[A-Za-z_]\w*(?:\[[^]*\])?)\+?$/;
const COMPOUND_TARGET = /^(?:[A-Za-z_]\w*)?(?:\[[^]*\])?\+?$/;

export function readWord(r: Reader): Token {
  const start = r.pos;
  const shape: Shape = { quoted: false, dollar: false };
  while (readPart(r, start, shape));
  const raw = r.source.slice(start, r.pos);
  const text = raw.includes('\\\n') ? raw.replaceAll('\\\n', '') : raw;
  r.text = text;
  const next = r.source[r.pos];
  const arrow = next === '<' || next === '>';
  if (/^\d+$/.test(text) && (arrow || r.last === '<&' || r.last === '>&')) return 'NUMBER';
  return specialToken(r, text) ?? reservedWord(r, text, shape) ?? plainWord(r, text, arrow);
}

/** Reads the next part of a word; false at its end. */
function readPart(r: Reader, start: number, shape: Shape): boolean {
  PLAIN.lastIndex = r.pos;
  if (PLAIN.test(r.source)) {
    r.pos = PLAIN.lastIndex;
    return true;
  }
  const char = r.source[r.pos];
  if (char === undefined) return false;
  if (readQuoted(r, char, shape) || readGroup(r, char)) return true;
  if (readExpansion(r, char, shape) || readAssigned(r, start, char)) return true;
  if (BREAKS.includes(char) && !(r.regex && char === '|')) return false;
  r.pos++;
  return true;
}

function readQuoted(r: Reader, char: string, shape: Shape): boolean {
  if (char === '\\') {
    if (r.source[r.pos + 1] !== '\n') shape.quoted = true;
    r.pos += 2;
    return true;
  }
  const code = char.charCodeAt(0);
  if (!isQuote(code)) return false;
  if (char === '`') shape.dollar = true;
  else shape.quoted = true;
  r.pos++;
  skipPair(r, quotesOf(code, false));
  return true;
}

/** Reads a group of a regular expression or of an extended pattern. */
function readGroup(r: Reader, char: string): boolean {
  const group = r.regex && char === '(';
  if (!group && !(r.extglob && '?*+@!'.includes(char) && r.source[r.pos + 1] === '(')) return false;
  r.pos += group ? 1 : 2;
  skipPair(r, PARENTHESES);
  return true;
}

/** Reads an expansion, which may contain blanks. */
function readExpansion(r: Reader, char: string, shape: Shape): boolean {
  if (char !== '$' && char !== '<' && char !== '>') return false;
  const next = r.source[r.pos + 1] ?? '';
  if (next !== '(' && char !== '$') return false;
  shape.dollar = true;
  r.pos += 2;
  switch (next) {
    case '(':
    case '{':
    case '[':
      skipExpansion(r, next.charCodeAt(0));
      break;
    case '"':
    case "'":
      shape.quoted = true;
      skipPair(r, quotesOf(next.charCodeAt(0), true));
      break;
    case '$':
      break;
    default:
      r.pos--;
  }
  return true;
}

/** Reads the subscript or the list of an assignment. */
function readAssigned(r: Reader, start: number, char: string): boolean {
  const head = (): string => r.source.slice(start, r.pos);
  if (char === '[') {
    const first = r.pos === start;
    if (!(first ? r.compound : assignmentAcceptable(r, r.last) && NAME.test(head()))) return false;
    r.pos++;
    skipPair(r, SUBSCRIPT);
    return true;
  }
  if (char !== '=' || r.pos === start || r.source[r.pos + 1] !== '(') return false;
  if (!assignmentAcceptable(r, r.last) && !r.assignments) return false;
  if (!(r.compound ? COMPOUND_TARGET : TARGET).test(head())) return false;
  r.pos += 2;
  checkCompound(r);
  return true;
}

/** Words that are tokens in certain places only. */
function specialToken(r: Reader, text: string): Token | undefined {
  return (
    specialIn(r, text) ??
    specialDo(r, text) ??
    specialEsac(r, text) ??
    specialBrace(r, text) ??
    specialOption(r, text)
  );
}

function specialIn(r: Reader, text: string): Token | undefined {
  if (text !== 'in') return undefined;
  const { last, beforeLast } = r;
  const third =
    last === 'WORD' && (beforeLast === 'for' || beforeLast === 'case' || beforeLast === 'select');
  if (!third && !(r.expectsIn > 0 && (last === 'WORD' || last === '\n'))) return undefined;
  if (third ? beforeLast === 'case' : r.caseStatement) {
    r.casePattern = true;
    r.esacs++;
  }
  if (r.expectsIn > 0) r.expectsIn--;
  return 'in';
}

function specialDo(r: Reader, text: string): Token | undefined {
  if (text !== 'do') return undefined;
  const { last, beforeLast } = r;
  if (r.expectsIn > 0 && (last === '\n' || last === ';')) {
    r.expectsIn--;
    return 'do';
  }
  if (last === 'WORD' && (beforeLast === 'for' || beforeLast === 'select')) {
    if (r.expectsIn > 0) r.expectsIn--;
    return 'do';
  }
  return last === 'ARITHMETIC-FOR' ? 'do' : undefined;
}

function specialEsac(r: Reader, text: string): Token | undefined {
  if (text !== 'esac' || r.esacs === 0 || r.last !== 'in') return undefined;
  r.esacs--;
  r.casePattern = false;
  return 'esac';
}

function specialBrace(r: Reader, text: string): Token | undefined {
  const mayOpen = r.bodyMayOpen || r.last === 'ARITHMETIC-FOR';
  r.bodyMayOpen = false;
  if (text === '{' && mayOpen) {
    r.braces++;
    return '{';
  }
  if (text !== '}' || r.braces === 0 || !reservedWordAcceptable(r, r.last)) return undefined;
  r.braces--;
  return '}';
}

function specialOption(r: Reader, text: string): Token | undefined {
  if (text === '-p' && r.last === 'time') return '-p';
  if (text === '--' && (r.last === 'time' || r.last === '-p')) return '--';
  return text === ']]' && r.inCondition ? ']]' : undefined;
}

function reservedWord(r: Reader, text: string, shape: Shape): Token | undefined {
  if (shape.quoted || shape.dollar || !isReservedWord(text)) return undefined;
  if (!reservedWordAcceptable(r, r.last)) return undefined;
  if (r.casePattern && (text !== 'esac' || r.last === '|' || r.last === '(')) return undefined;
  if (text === 'time' && !timeAcceptable(r)) return undefined;
  noteReserved(r, text);
  return text;
}

function noteReserved(r: Reader, word: ReservedWord): void {
  if (word === 'esac') {
    r.casePattern = false;
    r.caseStatement = false;
    r.esacs--;
  } else if (word === 'case') r.caseStatement = true;
  else if (word === '[[') r.condition = true;
  else if (word === ']]') r.condition = r.inCondition = false;
  else if (word === '{') r.braces++;
  else if (word === '}' && r.braces > 0) r.braces--;
}

/** The builtins whose operands may be assignments. */
const ASSIGNMENT_BUILTINS = new Set([
  'alias',
  'declare',
  'eval',
  'export',
  'let',
  'local',
  'readonly',
  'typeset',
]);

function plainWord(r: Reader, text: string, arrow: boolean): Token {
  const { last } = r;
  if (commandPosition(r, last) && ASSIGNMENT_BUILTINS.has(text)) r.assignments = true;
  if (arrow && /^\{[A-Za-z_]\w*(?:\[[^]+\])?\}$/.test(text)) return 'DESCRIPTOR';
  const assigns = assignmentAcceptable(r, last) && isAssignment(text);
  if (last === 'function') r.bodyMayOpen = true;
  else if (last === 'case' || last === 'select' || last === 'for') r.expectsIn++;
  return assigns ? 'ASSIGNMENT' : 'WORD';
}

function isAssignment(text: string): boolean {
  const head = /^[A-Za-z_]\w*/.exec(text)?.[0];
  if (head === undefined) return false;
  const rest = text.slice(head.length);
  if (!rest.startsWith('[')) return /^\+?=/.test(rest);
  return /^\[[^]*?\]\+?=/.test(rest);
}
