// scenario.ts — A lab that the page offers, by the name of its file.

export interface Scenario {
  readonly name: string;
  readonly text: string;
}

/** `files`: texts by path. Sorted by name. */
export const scenariosOf = (files: Readonly<Record<string, string>>): readonly Scenario[] =>
  Object.entries(files)
    .map(([path, text]) => ({ name: path.replace(/^.*\/|\.sh$/g, ''), text }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
