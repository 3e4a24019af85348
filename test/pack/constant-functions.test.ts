// The code that is shipped, after its functions were made constants, does what it did before.
import { pathToFileURL, fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

const file = fileURLToPath(
  new URL('../../packages/cli/build/constant-functions.mjs', import.meta.url),
);
const { constantFunctions } = (await import(pathToFileURL(file).href)) as {
  readonly constantFunctions: { renderChunk(code: string): { readonly code: string } };
};
const changed = (code: string): string => constantFunctions.renderChunk(code).code;

/** What the module exports as `seen`. */
async function seenBy(code: string): Promise<unknown> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly seen: unknown;
  };
  return module.seen;
}

describe('a function of a bundle', () => {
  it('is a constant', () => {
    expect(changed('function map(bio) { return bio; }\nmap(1);\n')).toBe(
      'const map = function (bio) { return bio; };\n\nmap(1);\n',
    );
  });

  it.each([
    [
      'can be called before its place, as the code that is loaded runs',
      'export const seen = one(); function one() { return two() + 1; } function two() { return 1; }',
      2,
    ],
    ['keeps its name', 'export const seen = one.name; function one() {}', 'one'],
    [
      'may be a generator, or asynchronous',
      'export const seen = [...three(), typeof later().then]; function* three() { yield 3; } async function later() {}',
      [3, 'function'],
    ],
    [
      'may call itself, and be called with new',
      'function down(n) { return n > 0 ? down(n - 1) : n; } function Box(n) { this.n = n; } export const seen = [down(3), new Box(2).n];',
      [0, 2],
    ],
    [
      'stays as it is if something assigns to it',
      'function first() { first = () => 2; return 1; } function other() { return 0; } [other] = [() => 5]; export const seen = [first(), first(), other()];',
      [1, 2, 5],
    ],
    [
      'may be exported under any name',
      "function one() { return 1; } export { one as seen }; import { EOL } from 'node:os'; one(EOL);",
      expect.any(Function),
    ],
  ])('%s', async (_what, code, seen) => {
    expect(await seenBy(code)).toEqual(seen);
    expect(await seenBy(changed(code))).toEqual(seen);
  });
});
