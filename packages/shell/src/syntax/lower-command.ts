// lower-command.ts — Lowers commands, pipelines and lists.
import type {
  AndOr as SourceAndOr,
  ArithmeticExpression,
  ArithmeticFor,
  Case,
  CompoundList,
  Coproc,
  Function as SourceFunction,
  ParsedScript,
  ParseError,
  Pipeline as SourcePipeline,
  PipelineNode,
  Select,
  Statement as SourceStatement,
  Time,
} from 'unbash';
import { parse } from 'unbash';

import { checkScript } from './check/check-script.ts';
import type { CaseCommand, Command, List, Statement, Word } from './ir.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerRedirect } from './lower-redirect.ts';
import { lowerSimple } from './lower-simple.ts';
import { lowerTest } from './lower-test.ts';
import { lowerWord, lowerWords } from './lower-word.ts';
import type { Lowering } from './lowering.ts';
import { lineAt, refuse, subLowering, UnexpectedToken } from './lowering.ts';
import { readable, toSyntaxNote } from './syntax-notes.ts';

interface Backticks {
  readonly pos: number;
  /** Without the backslashes that quote its backticks. */
  readonly text: string;
}

/** Lowers the commands in backticks, which bash parses when it expands them. */
export function lowerBackticks(
  lowering: Lowering,
  script: ParsedScript,
  { pos, text }: Backticks,
): List {
  const { file, extglob } = lowering;
  const firstLine = lineAt(lowering, pos);
  const notes = checkScript(text, { firstLine, extglob });
  if (notes.length === 0) {
    const inner = script.source === undefined ? lowering : subLowering(lowering, text, pos);
    return lowerSubstituted(inner, script);
  }
  const part = readable(text, notes);
  const { commands, errors } = parse(part);
  const inner = within(subLowering(lowering, part, pos), undefined);
  const list = [...lowerReadable(inner, commands, errors)];
  const names = { file, shown: `${file}: command substitution` };
  for (const source of notes.toReversed()) {
    const note = toSyntaxNote(source, commands, names);
    const command = { kind: 'broken', line: firstLine, note } as const;
    list.splice(note.before, 0, { command, background: false, line: firstLine, unit: -1 });
  }
  return list;
}

/** Lowers what bash can parse. */
export function lowerReadable(
  lowering: Lowering,
  commands: readonly SourceStatement[],
  errors: readonly ParseError[] | undefined,
): List {
  const [error] = errors?.toSorted((a, b) => a.pos - b.pos) ?? [];
  if (error !== undefined) refuseSyntax(lowering, error.pos);
  try {
    return lowerStatements(lowering, commands);
  } catch (thrown) {
    if (!(thrown instanceof UnexpectedToken)) throw thrown;
    return refuseSyntax(lowering, thrown.pos);
  }
}

function refuseSyntax(lowering: Lowering, pos: number): never {
  const { source } = lowering;
  const start = source.lastIndexOf('\n', pos - 1) + 1;
  const end = source.indexOf('\n', pos);
  const line = source.slice(start, end < 0 ? undefined : end).trim();
  return refuse(lowering, pos, `the syntax of \`${line}'`);
}

export function lowerStatements(lowering: Lowering, statements: readonly SourceStatement[]): List {
  let unit = 0;
  let end = -1;
  return statements.map((statement, i): Statement => {
    const line = lineAt(lowering, statement.pos);
    if (line !== end) unit++;
    end = lineAt(lowering, statement.end);
    const inner =
      lowering.outermost === true ? within(lowering, unitEnd(lowering, statements, i)) : lowering;
    return {
      command: lowerCommand(inner, statement.command),
      background: statement.background === true,
      line,
      unit,
    };
  });
}

const within = (lowering: Lowering, around: number | undefined): Lowering => ({
  ...lowering,
  outermost: false,
  around,
});

/** The last line of the statements that bash reads together with this one. */
function unitEnd(lowering: Lowering, statements: readonly SourceStatement[], at: number): number {
  let end = 0;
  for (let i = at; i < statements.length; i++) {
    const statement = statements[i] as SourceStatement;
    if (i > at && lineAt(lowering, statement.pos) !== end) break;
    end = lineAt(lowering, statement.end);
  }
  return end;
}

/** Lowers the commands of a substitution. */
export const lowerSubstituted = (lowering: Lowering, script: ParsedScript): List =>
  lowerReadable(within(lowering, undefined), script.commands, script.errors);

const lowerBody = (lowering: Lowering, list: CompoundList): List =>
  lowerStatements(lowering, list.commands);

export function lowerCommand(lowering: Lowering, node: PipelineNode | SourceAndOr): Command {
  const line = lineAt(lowering, node.pos);
  switch (node.type) {
    case 'Command':
      return lowerSimple(lowering, node);
    case 'Pipeline':
      return lowerPipeline(lowering, node);
    case 'AndOr': {
      const commands = node.commands.map((command) => lowerCommand(lowering, command));
      return { kind: 'and-or', line, commands, operators: node.operators };
    }
    case 'Redirected': {
      const redirects = node.redirects.map((redirect) => lowerRedirect(lowering, redirect));
      const own =
        node.command.type === 'Subshell' ? lineAt(lowering, node.command.end - 1) : lowering.around;
      return {
        kind: 'redirected',
        line: own ?? line,
        command: lowerCommand(lowering, node.command),
        redirects,
      };
    }
    case 'Subshell':
      return { kind: 'subshell', line, body: lowerBody(lowering, node.body) };
    case 'BraceGroup':
      return { kind: 'group', line, body: lowerBody(lowering, node.body) };
    case 'If': {
      const branches = [node, ...node.elif].map(({ clause, then }) => ({
        clause: lowerBody(lowering, clause),
        body: lowerBody(lowering, then),
      }));
      const otherwise = node.else === undefined ? undefined : lowerBody(lowering, node.else);
      return { kind: 'if', line, branches, otherwise };
    }
    case 'While': {
      const clause = lowerBody(lowering, node.clause);
      const body = lowerBody(lowering, node.body);
      return { kind: 'while', line, until: node.kind === 'until', clause, body };
    }
    case 'For': {
      if (node.name.text === '') throw new UnexpectedToken(node.name.pos);
      const words = node.wordlist?.flatMap((word) => lowerWords(lowering, word));
      return {
        kind: 'for',
        line,
        name: node.name.value,
        words,
        body: lowerBody(within(lowering, line), node.body),
      };
    }
    case 'ArithmeticFor':
      return lowerArithmeticFor(lowering, node);
    case 'Case':
      return lowerCase(lowering, node);
    case 'Function':
      return lowerFunction(lowering, node);
    case 'TestCommand':
      return { kind: 'test', line, expression: lowerTest(lowering, node.expression) };
    case 'ArithmeticCommand': {
      const expression = lowerExpression(lowering, node.body, node.pos);
      return { kind: 'arithmetic', line: lineAt(lowering, node.end), expression };
    }
    case 'Select':
      return lowerSelect(lowering, node);
    case 'Coproc':
      return lowerCoproc(lowering, node);
  }
}

function lowerPipeline(lowering: Lowering, node: SourcePipeline): Command {
  const line = lineAt(lowering, node.pos);
  let negated = false;
  let timed: Time | undefined;
  for (const prefix of node.prefixes) {
    if (prefix.type === 'Time') timed = prefix;
    else negated = !negated;
  }
  const commands = node.commands.map((command) => lowerCommand(lowering, command));
  const withErrors = node.operators.map((operator) => operator === '|&');
  const pipeline: Command = { kind: 'pipeline', line, negated, commands, withErrors };
  if (timed === undefined) return pipeline;
  return { kind: 'timed', line, posix: timed.posix !== undefined, command: pipeline };
}

function lowerSelect(lowering: Lowering, node: Select): Command {
  return {
    kind: 'select',
    line: lineAt(lowering, node.pos),
    name: node.name.value,
    words: node.wordlist?.flatMap((word) => lowerWords(lowering, word)),
    body: lowerBody(within(lowering, lineAt(lowering, node.pos)), node.body),
  };
}

function lowerCoproc(lowering: Lowering, { name, body, pos }: Coproc): Command {
  if (body.type === 'CompoundList') throw new UnexpectedToken(body.pos);
  return {
    kind: 'coproc',
    line: lineAt(lowering, pos),
    name: name?.value ?? 'COPROC',
    body: lowerCommand(lowering, body),
  };
}

function lowerArithmeticFor(lowering: Lowering, node: ArithmeticFor): Command {
  const expression = (part: ArithmeticExpression | undefined): Word | undefined => {
    if (part === undefined) return undefined;
    return lowerExpression(lowering, lowering.source.slice(part.pos, part.end), part.pos);
  };
  return {
    kind: 'for-arithmetic',
    line: lineAt(lowering, node.pos),
    initialize: expression(node.initialize),
    test: expression(node.test),
    update: expression(node.update),
    body: lowerBody(lowering, node.body),
  };
}

function lowerCase(lowering: Lowering, node: Case): CaseCommand {
  return {
    kind: 'case',
    line: lineAt(lowering, node.word.end),
    word: lowerWord(lowering, node.word),
    items: node.items.map((item) => ({
      patterns: item.pattern.map((pattern) => lowerWord(lowering, pattern)),
      body: lowerBody(within(lowering, lineAt(lowering, node.word.end)), item.body),
      end: item.terminator ?? ';;',
    })),
  };
}

function lowerFunction(lowering: Lowering, node: SourceFunction): Command {
  const { body } = node;
  if (body.type === 'CompoundList') throw new UnexpectedToken(body.pos);
  const name = node.name.value;
  lowering.functions.add(name);
  const line = lineAt(lowering, node.pos);
  return {
    kind: 'function',
    line,
    name,
    body: lowerCommand(within(lowering, line), body),
  };
}
