// positions.ts — Where bash takes a word for a reserved word, an assignment or a command. Mirrors parse.y: reserved_word_acceptable.
import type { Reader, ReservedWord, Token } from './reader.ts';

const RESERVED: ReadonlySet<string> = new Set<ReservedWord>([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'select',
  'while',
  'until',
  'do',
  'done',
  'in',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'coproc',
]);

export const isReservedWord = (text: string): text is ReservedWord => RESERVED.has(text);

/** The tokens after which a command may begin. */
const BEFORE_COMMANDS: ReadonlySet<Token> = new Set<Token>([
  '\n',
  ';',
  '(',
  ')',
  '|',
  '&',
  '{',
  '}',
  '&&',
  'ARITHMETIC',
  '!',
  '|&',
  ']]',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'if',
  '||',
  ';;',
  ';&',
  ';;&',
  'then',
  'time',
  '-p',
  '--',
  'coproc',
  'until',
  'while',
  'SUBSTITUTION',
]);

export function reservedWordAcceptable({ last, beforeLast }: Reader, token: Token): boolean {
  if (BEFORE_COMMANDS.has(token)) return true;
  return last === 'WORD' && (beforeLast === 'coproc' || beforeLast === 'function');
}

const REDIRECTIONS: ReadonlySet<Token> = new Set<Token>([
  '<',
  '>',
  '>>',
  '>|',
  '<>',
  '<<',
  '<<-',
  '<<<',
  '<&',
  '>&',
  '&>',
  '&>>',
]);

export const isRedirection = (token: Token): boolean => REDIRECTIONS.has(token);

/** Whether the word after `token` names a command, or is an assignment before one. */
export function commandPosition(r: Reader, token: Token): boolean {
  if (token === 'ASSIGNMENT') return true;
  if (r.onlyRedirections && !REDIRECTIONS.has(token)) return true;
  return token !== ';;' && token !== ';&' && token !== ';;&' && reservedWordAcceptable(r, token);
}

export const assignmentAcceptable = (r: Reader, token: Token): boolean =>
  !r.casePattern && commandPosition(r, token);

const BEFORE_TIME: ReadonlySet<Token> = new Set<Token>([
  '&&',
  '||',
  '&',
  'while',
  'do',
  'until',
  'if',
  'then',
  'elif',
  'else',
  '{',
  '(',
  ')',
  '!',
  'time',
  '-p',
  '--',
]);

export function timeAcceptable({ last, beforeLast }: Reader): boolean {
  if (last === ';' || last === '\n') return beforeLast !== '|';
  return BEFORE_TIME.has(last);
}
