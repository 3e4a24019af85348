// grammar.ts — bash's grammar of commands, as far as needed to find the first token that does not fit. Mirrors bash's parse.y.
import { expectDocument, gatherDocuments } from './here-document.ts';
import { isRedirection } from './positions.ts';
import { readToken } from './read-token.ts';
import type { Reader, Token } from './reader.ts';
import { currentLine, Fault, keepContext, lineOf, resetReader, say } from './reader.ts';
import { sayUnexpected } from './unexpected.ts';

function advance(r: Reader): void {
  r.beforeLast = r.last;
  r.last = r.token;
  r.token = readToken(r);
}

/** Reports the token as one that can't stand here. `at`: the end of the token, if more has been read. */
function unexpected(r: Reader, at: number = r.pos): never {
  const { token, substitution } = r;
  const line = currentLine(r);
  if (token !== 'EOF') sayUnexpected(r, token, line, at);
  else if (substitution) say(r, line, "unexpected EOF while looking for matching `)'");
  else say(r, line, 'syntax error: unexpected end of file');
  throw new Fault('token', { status: 2, exits: substitution && token !== 'EOF' });
}

/** Whether the token is this one; the compiler does not see that `advance` changes it. */
const is = (r: Reader, token: Token): boolean => r.token === token;

function expect(r: Reader, token: Token): void {
  if (r.token !== token) unexpected(r);
  advance(r);
}

function skipNewlines(r: Reader): void {
  while (is(r, '\n')) advance(r);
}

/** Checks what bash reads at once: a list and its newline, or the end of the text. */
export function checkUnit(r: Reader): void {
  advance(r);
  if (isEnd(r.token)) return;
  for (;;) {
    checkPipelines(r);
    if (is(r, '&&') || is(r, '||')) {
      advance(r);
      skipNewlines(r);
    } else if (is(r, '&') || is(r, ';')) {
      advance(r);
      if (isEnd(r.token)) return;
    } else break;
  }
  if (isEnd(r.token)) return;
  // The list is complete, so its here-documents are read before the error is told.
  const at = r.pos;
  gatherDocuments(r);
  unexpected(r, at);
}

const isEnd = (token: Token): boolean => token === '\n' || token === 'EOF';

/** Checks `$(…)` or `<(…)`; `r.pos` is behind the `(`. */
export function checkSubstitution(r: Reader): void {
  const kept = keepContext(r);
  resetReader(r);
  r.substitution = true;
  r.pending = 'SUBSTITUTION';
  try {
    advance(r);
    advance(r);
    skipNewlines(r);
    if (!is(r, ')')) checkList(r);
    if (!is(r, ')')) unexpected(r);
  } catch (error) {
    throw error instanceof Fault ? substitutionFault(r, error) : error;
  }
  Object.assign(r, kept);
}

/** A token that can't be read ends the shell if it is in a substitution, unless the text has ended, too. */
function substitutionFault(r: Reader, fault: Fault): Fault {
  if (fault.kind !== 'lexical') return fault;
  skipToNewline(r);
  const { status } = fault.end;
  return r.eof
    ? new Fault('lexical', { status })
    : new Fault('token', { status, ifZero: 1, exits: true });
}

/** Reads on to a newline after a token that can't be read. */
export function skipToNewline(r: Reader): void {
  r.token = 'ERROR';
  while (!r.eof && !is(r, '\n')) {
    try {
      advance(r);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'lexical') throw error;
    }
  }
}

const STARTS: ReadonlySet<Token> = new Set<Token>([
  'WORD',
  'ASSIGNMENT',
  'NUMBER',
  'DESCRIPTOR',
  'ARITHMETIC',
  '(',
  '{',
  '[[',
  'if',
  'for',
  'case',
  'select',
  'while',
  'until',
  'function',
  'coproc',
  'time',
  '!',
]);

const startsCommand = (token: Token): boolean => STARTS.has(token) || isRedirection(token);

/** Checks the commands of a compound command. Its end is the caller's. */
function checkList(r: Reader): void {
  skipNewlines(r);
  for (;;) {
    checkPipelines(r);
    if (is(r, '&&') || is(r, '||')) {
      advance(r);
      skipNewlines(r);
    } else if (is(r, '&') || is(r, ';') || is(r, '\n')) {
      advance(r);
      skipNewlines(r);
      if (!startsCommand(r.token)) return;
    } else return;
  }
}

function checkPipelines(r: Reader): void {
  while (is(r, '!') || is(r, 'time')) {
    const timed = is(r, 'time');
    advance(r);
    if (timed && is(r, '-p')) advance(r);
    if (timed && is(r, '--')) advance(r);
    if (is(r, ';') || isEnd(r.token)) return;
  }
  for (;;) {
    checkCommand(r);
    if (!is(r, '|') && !is(r, '|&')) return;
    advance(r);
    skipNewlines(r);
  }
}

function checkCommand(r: Reader): void {
  if (is(r, 'function')) checkFunction(r);
  else if (is(r, 'coproc')) checkCoproc(r);
  else if (checkCompoundCommand(r)) checkRedirections(r);
  else checkSimple(r, true);
}

/** Checks a compound command without its redirections; false if there is none. */
function checkCompoundCommand(r: Reader): boolean {
  switch (r.token) {
    case 'for':
      checkFor(r);
      return true;
    case 'select':
      advance(r);
      checkForWords(r);
      return true;
    case 'case':
      checkCase(r);
      return true;
    case 'while':
    case 'until':
      advance(r);
      checkList(r);
      checkBody(r, 'do', 'done');
      return true;
    case 'if':
      checkIf(r);
      return true;
    case '(':
      checkBody(r, '(', ')');
      return true;
    case '{':
      checkBody(r, '{', '}');
      return true;
    case 'ARITHMETIC':
      advance(r);
      return true;
    case '[[':
      advance(r);
      advance(r);
      advance(r);
      return true;
    default:
      return false;
  }
}

function checkBody(r: Reader, open: Token, close: Token): void {
  expect(r, open);
  checkList(r);
  expect(r, close);
}

function checkLoopBody(r: Reader): void {
  if (is(r, '{')) checkBody(r, '{', '}');
  else checkBody(r, 'do', 'done');
}

function checkIf(r: Reader): void {
  advance(r);
  checkList(r);
  expect(r, 'then');
  checkList(r);
  while (is(r, 'elif')) {
    advance(r);
    checkList(r);
    expect(r, 'then');
    checkList(r);
  }
  if (is(r, 'else')) {
    advance(r);
    checkList(r);
  }
  expect(r, 'fi');
}

function checkFor(r: Reader): void {
  const line = lineOf(r, r.pos);
  advance(r);
  if (!is(r, 'ARITHMETIC-FOR')) {
    checkForWords(r);
    return;
  }
  const header = r.text;
  advance(r);
  if (is(r, ';') || isEnd(r.token)) {
    advance(r);
    skipNewlines(r);
  }
  const close = is(r, '{') ? '}' : 'done';
  expect(r, is(r, '{') ? '{' : 'do');
  checkList(r);
  if (r.token !== close) unexpected(r);
  const parts = header.split(';').length;
  if (parts !== 3) {
    const problem = parts < 3 ? 'arithmetic expression required' : "`;' unexpected";
    say(r, line, `syntax error: ${problem}`);
    say(r, line, `syntax error: \`((${header}))'`);
    throw new Fault('lexical', { status: 2 });
  }
  advance(r);
}

/** The rest of `for` or `select`, from the name on. */
function checkForWords(r: Reader): void {
  expect(r, 'WORD');
  if (is(r, ';')) {
    advance(r);
    skipNewlines(r);
    checkLoopBody(r);
    return;
  }
  skipNewlines(r);
  if (is(r, 'in')) {
    advance(r);
    while (is(r, 'WORD')) advance(r);
    if (!is(r, ';') && !isEnd(r.token)) unexpected(r);
    advance(r);
    skipNewlines(r);
  }
  checkLoopBody(r);
}

function checkCase(r: Reader): void {
  advance(r);
  expect(r, 'WORD');
  skipNewlines(r);
  expect(r, 'in');
  for (;;) {
    skipNewlines(r);
    if (is(r, 'esac')) break;
    checkPatterns(r);
    skipNewlines(r);
    if (startsCommand(r.token)) checkList(r);
    if (!is(r, ';;') && !is(r, ';&') && !is(r, ';;&')) break;
    advance(r);
  }
  expect(r, 'esac');
}

function checkPatterns(r: Reader): void {
  if (is(r, '(')) advance(r);
  expect(r, 'WORD');
  while (is(r, '|')) {
    advance(r);
    expect(r, 'WORD');
  }
  expect(r, ')');
}

function checkFunction(r: Reader): void {
  advance(r);
  expect(r, 'WORD');
  if (is(r, '(')) {
    advance(r);
    if (!is(r, ')')) {
      checkList(r);
      expect(r, ')');
      checkRedirections(r);
      return;
    }
    advance(r);
  }
  skipNewlines(r);
  checkFunctionBody(r);
}

function checkFunctionBody(r: Reader): void {
  if (!checkCompoundCommand(r)) unexpected(r);
  checkRedirections(r);
}

function checkCoproc(r: Reader): void {
  advance(r);
  if (is(r, 'WORD')) {
    advance(r);
    if (checkCompoundCommand(r)) checkRedirections(r);
    else if (isElement(r.token)) checkSimple(r, false);
  } else if (checkCompoundCommand(r)) checkRedirections(r);
  else checkSimple(r, false);
}

const isElement = (token: Token): boolean =>
  token === 'WORD' || token === 'ASSIGNMENT' || startsRedirection(token);

const startsRedirection = (token: Token): boolean =>
  token === 'NUMBER' || token === 'DESCRIPTOR' || isRedirection(token);

/** Checks a simple command, or (`mayDefine`) the definition of a function. */
function checkSimple(r: Reader, mayDefine: boolean): void {
  if (!isElement(r.token)) unexpected(r);
  const named = is(r, 'WORD');
  let first = true;
  while (isElement(r.token)) {
    if (startsRedirection(r.token)) {
      if (first) r.onlyRedirections = true;
      checkRedirection(r);
    } else {
      r.onlyRedirections = false;
      advance(r);
      if (first && named && mayDefine && is(r, '(')) {
        checkDefinition(r);
        return;
      }
    }
    first = false;
  }
  r.onlyRedirections = false;
}

function checkDefinition(r: Reader): void {
  advance(r);
  expect(r, ')');
  skipNewlines(r);
  checkFunctionBody(r);
}

function checkRedirections(r: Reader): void {
  while (startsRedirection(r.token)) checkRedirection(r);
}

function checkRedirection(r: Reader): void {
  if (is(r, 'NUMBER') || is(r, 'DESCRIPTOR')) {
    advance(r);
    if (!isRedirection(r.token) || is(r, '&>') || is(r, '&>>')) unexpected(r);
  }
  const operator = r.token;
  advance(r);
  if (!fitsRedirection(r, operator)) unexpected(r);
  if (operator === '<<' || operator === '<<-') expectDocument(r, operator === '<<-');
  advance(r);
}

function fitsRedirection({ token }: Reader, operator: Token): boolean {
  if (token === 'WORD') return true;
  return (operator === '<&' || operator === '>&') && (token === 'NUMBER' || token === '-');
}
