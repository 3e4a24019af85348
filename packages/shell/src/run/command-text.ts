// command-text.ts — Prints a command as bash does in its message about a killed job.
import type {
  Assignment,
  Branch,
  Command,
  ForCommand,
  FunctionCommand,
  List,
  Redirect,
  SelectCommand,
  SimpleCommand,
  Statement,
  TestNode,
} from '../syntax/ir.ts';

/** `lined`: within the definition of a function, each command of a list has a line of its own. */
export function commandText(command: Command, lined = false): string {
  switch (command.kind) {
    case 'simple':
      return simpleText(command);
    case 'redirected':
      return [commandText(command.command, lined), ...command.redirects.map(redirectText)].join(
        ' ',
      );
    case 'group':
      return lined ? `{ \n${indent(joined(command.body))}\n}` : `{ ${inline(command.body)}; }`;
    case 'subshell':
      return `( ${lined ? joined(command.body) : inline(command.body)} )`;
    case 'pipeline': {
      const parts = command.commands.map((part) => commandText(part, lined)).join(' | ');
      return command.negated ? `! ${parts}` : parts;
    }
    case 'and-or':
      return command.commands
        .map(
          (part, i) => (i === 0 ? '' : ` ${command.operators[i - 1]} `) + commandText(part, lined),
        )
        .join('');
    case 'test':
      return `[[ ${testText(command.expression)} ]]`;
    case 'arithmetic':
      return `((${command.expression.source}))`;
    case 'function':
      return lined ? `function ${functionText(command)}` : functionText(command);
    case 'timed':
      return `time ${command.posix ? '-p ' : ''}${commandText(command.command, lined)}`;
    case 'broken':
      return '';
    case 'coproc':
      return `coproc ${command.name} ${commandText(command.body, lined)}`;
    default:
      return loopText(command, lined);
  }
}

/** The text of $BASH_COMMAND: of a loop and of `case` the first line alone. */
export function headText(command: Command): string {
  if (command.kind === 'for' || command.kind === 'select')
    return `${command.kind} ${command.name} in ${wordsText(command)}`;
  return command.kind === 'case' ? `case ${command.word.source} in ` : commandText(command);
}

const wordsText = ({ words }: ForCommand | SelectCommand): string =>
  words?.map((word) => word.source).join(' ') ?? '"$@"';

type Loop = Extract<
  Command,
  { kind: 'if' | 'while' | 'for' | 'for-arithmetic' | 'case' | 'select' }
>;

function loopText(command: Loop, lined: boolean): string {
  const body = (list: List): string => block(list, lined);
  switch (command.kind) {
    case 'if':
      return ifText(command.branches, command.otherwise, lined);
    case 'while':
      return `${command.until ? 'until' : 'while'} ${inline(command.clause)}; do\n${body(command.body)}\ndone`;
    case 'for':
    case 'select':
      return `${headText(command)};\ndo\n${body(command.body)}\ndone`;
    case 'for-arithmetic': {
      const parts = [command.initialize, command.test, command.update];
      return `for ((${parts.map((p) => p?.source ?? '1').join('; ')}))\ndo\n${body(command.body)}\ndone`;
    }
    case 'case': {
      const items = command.items.map(
        ({ patterns, body: list, end }) =>
          `    ${patterns.map((p) => p.source).join(' | ')})\n${indent(body(list).slice(0, -1))}\n    ${end}`,
      );
      return `case ${command.word.source} in \n${items.join('\n')}\nesac`;
    }
  }
}

/** The definition of a function, as `type` and `declare -f` print it. */
export function functionText({ name, body }: FunctionCommand): string {
  const [inner, redirects] =
    body.kind === 'redirected' ? [body.command, body.redirects] : [body, []];
  const braced =
    inner.kind === 'group'
      ? commandText(inner, true)
      : `{ \n${indent(commandText(inner, true))}\n}`;
  return `${name} () \n${[braced, ...redirects.map(redirectText)].join(' ')}`;
}

/** One command a line; what goes on in the background needs no semicolon. */
const joined = (list: List): string =>
  list
    .map(({ command, background }) => `${commandText(command, true)}${background ? ' &' : ''}`)
    .join(';\n')
    .replaceAll(' &;\n', ' & ');

/** `elif` is an `if` within `else`. */
function ifText(
  [first, ...rest]: readonly Branch[],
  otherwise: List | undefined,
  lined: boolean,
): string {
  const { clause, body } = first as Branch;
  const then = `if ${inline(clause)}; then\n${block(body, lined)}\n`;
  const inElse = rest.length > 0 ? indent(`${ifText(rest, otherwise, lined)};`) : undefined;
  const last = inElse ?? (otherwise === undefined ? undefined : block(otherwise, lined));
  return `${then}${last === undefined ? '' : `else\n${last}\n`}fi`;
}

const statementText = ({ command, background }: Statement): string =>
  commandText(command) + (background ? ' &' : '');

const inline = (list: List): string => list.map(statementText).join('; ').replaceAll('&;', '&');

const indent = (text: string): string => text.replaceAll(/^/gm, '    ');

const block = (list: List, lined: boolean): string =>
  indent(`${lined ? joined(list) : list.map(statementText).join(';\n')};`);

function simpleText({ assignments, words, redirects }: SimpleCommand): string {
  return [
    ...assignments.map(assignmentText),
    ...words.map(({ word }) => word.source),
    ...redirects.map(redirectText),
  ].join(' ');
}

function assignmentText({ name, index, append, value }: Assignment): string {
  const brackets =
    index === undefined ? '' : `[${typeof index === 'string' ? index : index.source}]`;
  const text =
    'segments' in value
      ? value.source
      : `(${value.elements.map((element) => element.word.source).join(' ')})`;
  return `${name}${brackets}${append ? '+' : ''}=${text}`;
}

function redirectText(redirect: Redirect): string {
  switch (redirect.kind) {
    case 'named':
      return `{${redirect.name}}${redirectText(redirect.redirect)}`;
    case 'both':
      return `&>${redirect.append ? '>' : ''} ${redirect.target.source}`;
    case 'dup':
      return `${shownFd(redirect.fd, redirect.input && !redirect.explicit ? 0 : -1)}${redirect.input ? '<' : '>'}&${redirect.target.source}`;
    case 'text':
      return redirect.newline ? `<<< ${redirect.body.source}` : '<<EOF';
    case 'file': {
      const usual = redirect.operator.startsWith('<') ? 0 : 1;
      return `${shownFd(redirect.fd, usual)}${redirect.operator} ${redirect.target.source}`;
    }
  }
}

const shownFd = (fd: number, usual: number): string => (fd === usual ? '' : String(fd));

function testText(node: TestNode): string {
  switch (node.kind) {
    case 'unary':
      return `${node.operator} ${node.operand.source}`;
    case 'binary':
      return `${node.left.source} ${node.operator} ${node.right.source}`;
    case 'logical':
      return node.operands.map(testText).join(` ${node.operator} `);
    case 'not':
      return `! ${testText(node.operand)}`;
    case 'group':
      return `( ${testText(node.expression)} )`;
  }
}
