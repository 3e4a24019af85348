// read-token.ts — Reads one token. Mirrors bash's parse.y: read_token, parse_dparen.
import { readCondition } from './condition.ts';
import { gatherDocuments } from './here-document.ts';
import { ARITHMETIC, skipPair } from './matched-pair.ts';
import { reservedWordAcceptable } from './positions.ts';
import { readWord } from './read-word.ts';
import type { Operator, Reader, Token } from './reader.ts';
import { Fault } from './reader.ts';

export function readToken(r: Reader): Token {
  const { pending } = r;
  if (pending !== undefined) {
    r.pending = undefined;
    return pending;
  }
  if (r.condition && !r.inCondition) return readCondition(r);
  const char = skipBlanks(r);
  if (char === undefined) {
    r.eof = true;
    gatherDocuments(r);
    return 'EOF';
  }
  if (char === '\n') {
    r.pos++;
    gatherDocuments(r);
    r.assignments = false;
    return '\n';
  }
  if (!r.regex && '|&;()<>'.includes(char)) {
    const operator = readOperator(r, char);
    if (operator !== undefined) return operator;
  }
  if (char === '-' && (r.last === '<&' || r.last === '>&')) {
    r.pos++;
    return '-';
  }
  return readWord(r);
}

/** Skips blanks and a comment. Returns the next character, undefined at the end. */
function skipBlanks(r: Reader): string | undefined {
  const { source } = r;
  for (;;) {
    const char = source[r.pos];
    if (char === ' ' || char === '\t') r.pos++;
    else if (char === '\\' && source[r.pos + 1] === '\n') r.pos += 2;
    else if (char === '#') r.pos = source.indexOf('\n', r.pos);
    else return char;
  }
}

/** Longer operators first. */
const OPERATORS: Readonly<Record<string, readonly Operator[]>> = {
  '<': ['<<<', '<<-', '<<', '<&', '<>', '<'],
  '>': ['>>', '>&', '>|', '>'],
  '&': ['&&', '&>>', '&>', '&'],
  '|': ['||', '|&', '|'],
  ';': [';;&', ';;', ';&', ';'],
  '(': ['('],
  ')': [')'],
};

/** Undefined for the start of a process substitution, which is a word. */
function readOperator(r: Reader, char: string): Token | undefined {
  const { source, pos } = r;
  if (char === '(' && source[pos + 1] === '(') {
    const arithmetic = readArithmetic(r);
    if (arithmetic !== undefined) return arithmetic;
  }
  const operators = OPERATORS[char] as readonly Operator[];
  const operator = operators.find((one) => source.startsWith(one, pos)) as Operator;
  if ((operator === '<' || operator === '>') && source[pos + 1] === '(') return undefined;
  r.pos += operator.length;
  r.assignments = false;
  noteOperator(r, operator);
  return operator;
}

function noteOperator(r: Reader, operator: Operator): void {
  if (operator === ';;' || operator === ';&' || operator === ';;&') r.casePattern = true;
  if (operator !== ')') return;
  if (r.last === '(' && r.beforeLast === 'WORD') r.bodyMayOpen = true;
  r.casePattern = false;
}

/** Reads `((…))`; undefined if it is no expression but two subshells. */
function readArithmetic(r: Reader): Token | undefined {
  const header = r.last === 'for';
  if (!header && !reservedWordAcceptable(r, r.last)) return undefined;
  const start = r.pos;
  r.pos += 2;
  skipPair(r, ARITHMETIC);
  if (r.source[r.pos] === ')') {
    r.text = r.source.slice(start + 2, r.pos - 1);
    r.pos++;
    return header ? 'ARITHMETIC-FOR' : 'ARITHMETIC';
  }
  if (header) throw new Fault('lexical');
  r.pos = start;
  return undefined;
}
