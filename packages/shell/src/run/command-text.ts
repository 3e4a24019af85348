// command-text.ts — Prints a command as bash does in its message about a killed job.
import type {
  Assignment,
  Branch,
  Command,
  List,
  Redirect,
  SimpleCommand,
  Statement,
  TestNode,
} from '../syntax/ir.ts';

export function commandText(command: Command): string {
  switch (command.kind) {
    case 'simple':
      return simpleText(command);
    case 'redirected':
      return [commandText(command.command), ...command.redirects.map(redirectText)].join(' ');
    case 'group':
      return `{ ${inline(command.body)}; }`;
    case 'subshell':
      return `( ${inline(command.body)} )`;
    case 'pipeline': {
      const parts = command.commands.map(commandText).join(' | ');
      return command.negated ? `! ${parts}` : parts;
    }
    case 'and-or':
      return command.commands
        .map((part, i) => (i === 0 ? '' : ` ${command.operators[i - 1]} `) + commandText(part))
        .join('');
    case 'test':
      return `[[ ${testText(command.expression)} ]]`;
    case 'arithmetic':
      return `((${command.expression.source}))`;
    case 'function':
      return `${command.name} () \n${commandText(command.body)}`;
    default:
      return loopText(command);
  }
}

type Loop = Extract<Command, { kind: 'if' | 'while' | 'for' | 'for-arithmetic' | 'case' }>;

function loopText(command: Loop): string {
  switch (command.kind) {
    case 'if':
      return ifText(command.branches, command.otherwise);
    case 'while':
      return `${command.until ? 'until' : 'while'} ${inline(command.clause)}; do\n${block(command.body)}\ndone`;
    case 'for': {
      const words = command.words?.map((word) => word.source).join(' ') ?? '"$@"';
      return `for ${command.name} in ${words};\ndo\n${block(command.body)}\ndone`;
    }
    case 'for-arithmetic': {
      const parts = [command.initialize, command.test, command.update];
      return `for ((${parts.map((p) => p?.source ?? '1').join('; ')}))\ndo\n${block(command.body)}\ndone`;
    }
    case 'case': {
      const items = command.items.map(
        ({ patterns, body, end }) =>
          `    ${patterns.map((p) => p.source).join(' | ')})\n${indent(block(body).slice(0, -1))}\n    ${end}`,
      );
      return `case ${command.word.source} in \n${items.join('\n')}\nesac`;
    }
  }
}

function ifText(branches: readonly Branch[], otherwise: List | undefined): string {
  const [first, ...rest] = branches;
  const then = ({ clause, body }: Branch): string => `if ${inline(clause)}; then\n${block(body)};`;
  const next = rest.map((branch) => `\nel${then(branch)}`).join('');
  const last = otherwise === undefined ? '' : `\nelse\n${block(otherwise)};`;
  return `${then(first as Branch)}${next}${last}\nfi`.replaceAll(';;', ';');
}

const statementText = ({ command, background }: Statement): string =>
  commandText(command) + (background ? ' &' : '');

const inline = (list: List): string => list.map(statementText).join('; ').replaceAll('&;', '&');

const indent = (text: string): string => text.replaceAll(/^/gm, '    ');

const block = (list: List): string => indent(`${list.map(statementText).join(';\n')};`);

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
