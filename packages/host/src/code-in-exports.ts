// code-in-exports.ts — Takes the user's code of one kind from a module's exports: selectors, targets, plugins of multipathd, invariants.

/** A kind of code that a user's module may export, and how it is told from other exports. */
export interface CodeKind<Code> {
  /** `path selector` */
  readonly what: string;
  /** `name, create, selectPath and others` */
  readonly parts: string;
  readonly isMeant: (value: unknown) => boolean;
  /** Says what is wrong with something that is meant as one. */
  readonly fault: (code: Partial<Code>) => string | undefined;
}

interface Named {
  readonly name: string;
}

/** All of that kind among the exports, or a text that says what is wrong: there is none, one is incomplete, or its name is `taken`. */
export function codeInExports<Code extends Named>(
  { what, parts, isMeant, fault }: CodeKind<Code>,
  exports: Readonly<Record<string, unknown>>,
  { file, taken }: { readonly file: string; readonly taken: Iterable<Named> },
): readonly Code[] | string {
  const meant = [...new Set(Object.values(exports))].filter(isMeant) as Partial<Code>[];
  if (meant.length === 0) return `${file}: exports no ${what}, which is an object with ${parts}`;
  const names = new Set(Array.from(taken, ({ name }) => name));
  for (const code of meant) {
    const { name = '' } = code;
    const wrong = fault(code) ?? (names.has(name) ? 'there is one of that name' : undefined);
    names.add(name);
    if (wrong !== undefined) return `${file}: ${what} ${name || 'without a name'}: ${wrong}`;
  }
  return meant as Code[];
}
