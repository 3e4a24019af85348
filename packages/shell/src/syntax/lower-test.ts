// lower-test.ts — Lowers `[[ … ]]`.
import type { TestExpression } from 'unbash';

import type { TestNode } from './ir.ts';
import { lowerWord } from './lower-word.ts';
import type { Lowering } from './lowering.ts';

/** Without extglob, only the right side of an operator may have patterns: `!(x)` in front of it is a group that is negated. */
export function lowerTest(lowering: Lowering, node: TestExpression): TestNode {
  switch (node.type) {
    case 'TestUnary':
      return {
        kind: 'unary',
        operator: node.operator,
        operand: lowerWord(lowering, node.operand),
      };
    case 'TestBinary':
      // After `=~`, quoted text matches itself. Quoted segments mark it, as they do in patterns.
      return {
        kind: 'binary',
        operator: node.operator,
        left: lowerWord(lowering, node.left),
        right: lowerWord({ ...lowering, extglob: true }, node.right),
      };
    case 'TestLogical':
      return {
        kind: 'logical',
        operator: node.operator,
        operands: node.operands.map((operand) => lowerTest(lowering, operand)),
      };
    case 'TestNot':
      return {
        kind: 'not',
        count: node.negations.length,
        operand: lowerTest(lowering, node.operand),
      };
    case 'TestGroup':
      return { kind: 'group', expression: lowerTest(lowering, node.expression) };
  }
}
