// lower-parameter.ts — Lowers `$x`, `${x}` and all operations inside the braces.
import type { ParameterExpansionPart, ParameterOperation, Word as SourceWord } from 'unbash';

import type { Index, Operation, ParameterSegment, Word } from './ir.ts';
import { lowerWord } from './lower-word.ts';
import type { Lowering } from './lowering.ts';
import { refuse } from './lowering.ts';

export const lowerSimpleParameter = (text: string, quoted: boolean): ParameterSegment => ({
  kind: 'parameter',
  quoted,
  name: text.replaceAll('\\\n', '').slice(1),
  index: undefined,
  indirect: false,
  length: false,
  operation: undefined,
  source: text,
});

const NAME = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])$/;

export function lowerParameter(
  lowering: Lowering,
  part: ParameterExpansionPart,
  quoted: boolean,
): ParameterSegment {
  const { parameter: name, prefix } = part;
  const undone = /^\$\{(?:!(?::?[-=+?])|\w+~)/.exec(part.text);
  if (undone !== null) refuse(lowering, part.pos, `${undone[0]}…}`);
  const index = lowerIndex(lowering, part.index);
  const written =
    part.operation === undefined ? undefined : lowerOperation(lowering, part.operation, quoted);
  const valid = NAME.test(name) ? written : BAD;
  const operation = prefix === '!' ? lowerExclamation(lowering, part, index, valid) : valid;
  return {
    kind: 'parameter',
    quoted,
    name,
    index,
    indirect: prefix === '!' && operation?.kind !== 'names' && operation?.kind !== 'keys',
    length: prefix === '#',
    operation,
    source: part.text,
  };
}

const BAD: Operation = { kind: 'bad' };

/** `${!x@}` gives names, `${!x[@]}` gives keys; any other `!` is an indirection. */
function lowerExclamation(
  lowering: Lowering,
  part: ParameterExpansionPart,
  index: Index | undefined,
  operation: Operation | undefined,
): Operation | undefined {
  if (typeof index !== 'string' || operation?.kind === 'names') return operation;
  if (operation === undefined) return { kind: 'keys' };
  return refuse(lowering, part.pos, part.text);
}

export function lowerIndex(lowering: Lowering, index: SourceWord | undefined): Index | undefined {
  if (index === undefined) return undefined;
  if (index.text === '@' || index.text === '*') return index.text;
  return lowerWord(lowering, index);
}

function lowerOperation(
  lowering: Lowering,
  operation: ParameterOperation,
  quoted: boolean,
): Operation {
  const word = (w: SourceWord): Word => lowerWord(lowering, w);
  switch (operation.type) {
    case 'Default': {
      const colon = operation.operator.startsWith(':');
      const operator = operation.operator.at(-1) as '-' | '=' | '+' | '?';
      const operand = lowerWord(lowering, operation.operand, { quoted });
      return { kind: 'default', operator, colon, operand };
    }
    case 'Remove':
      return { kind: 'remove', operator: operation.operator, operand: word(operation.operand) };
    case 'Replace':
      return {
        kind: 'replace',
        operator: operation.operator,
        pattern: word(operation.pattern),
        replacement: word(operation.replacement),
      };
    case 'Slice':
      if (operation.offset.text === '' && operation.length === undefined) return BAD;
      return {
        kind: 'slice',
        offset: word(operation.offset),
        count: operation.length === undefined ? undefined : word(operation.length),
      };
    case 'CaseModification':
      return {
        kind: 'case',
        operator: operation.operator,
        operand: operation.operand === undefined ? undefined : word(operation.operand),
      };
    case 'Transform':
      return lowerTransform(operation.operand);
    case 'Names':
      return { kind: 'names' };
    case 'Unknown':
      return BAD;
  }
}

function lowerTransform(operand: SourceWord): Operation {
  const operator = operand.text;
  switch (operator) {
    case 'Q':
    case 'U':
    case 'u':
    case 'L':
    case 'E':
    case 'P':
      return { kind: 'transform', operator };
    case 'A':
    case 'a':
    case 'K':
    case 'k':
      return { kind: 'describe', operator };
    default:
      return BAD;
  }
}
