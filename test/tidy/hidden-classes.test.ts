// A machine is garbage when its run is over. V8 keeps one alive until a full collection if a hidden class refers to a function
// that its code made, and then copies all machines of the last minute at each small collection: one such function halved
// the labs a second.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';

const packages = new URL('../../packages/', import.meta.url).pathname;
const read = (file: string): string => readFileSync(packages + file, 'utf8');

const sources = readdirSync(packages)
  .filter((name) => name !== 'cli' && name !== 'playground' && existsSync(`${packages}${name}/src`))
  .flatMap((name) =>
    readdirSync(`${packages}${name}/src`, { recursive: true, encoding: 'utf8' }).map(
      (file) => `${name}/src/${file}`,
    ),
  )
  .filter((file) => file.endsWith('.ts') && !/\.(test|case)\.ts$/.test(file));

type Node = Readonly<Record<string, unknown>>;

const isNode = (node: unknown): node is Node => typeof node === 'object' && node !== null;

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

const isFunction = (node: unknown): node is Node =>
  isNode(node) && typeof node['type'] === 'string' && FUNCTION.test(node['type']);

interface Parsed {
  readonly file: string;
  readonly text: string;
  /** All that stands within functions. */
  readonly nodes: readonly Node[];
}

function parse(file: string): Parsed {
  const text = read(file);
  const nodes: Node[] = [];
  const visit = (node: unknown, inside: boolean): void => {
    if (!isNode(node)) return;
    if (inside) nodes.push(node);
    const within = inside || isFunction(node);
    for (const child of Object.values(node)) visit(child, within);
  };
  visit(parseAst(text, { lang: 'ts' }).body, false);
  return { file, text, nodes };
}

const parsed = sources.map(parse);

/** `file:line` of the nodes within functions that `find` picks. */
const withinFunctions = (find: (node: Node) => readonly Node[], exempt?: RegExp): string[] =>
  parsed
    .filter(({ file }) => exempt?.test(file) !== true)
    .flatMap(({ file, text, nodes }) =>
      nodes
        .flatMap(find)
        .map(({ start }) => `${file}:${text.slice(0, start as number).split('\n').length}`),
    );

/** Accessors (`get x() {`) whose enclosing block does not begin with `class`. */
function accessorsOutsideClasses(file: string): string[] {
  const lines = read(file).split('\n');
  const indent = (line: string): number => line.search(/\S/);
  return lines.filter((line, i) => {
    if (!/^ +[gs]et \w+\(/.test(line)) return false;
    const opening = lines.slice(0, i).findLast((l) => l !== '' && indent(l) < indent(line));
    return !/\bclass\b/.test(opening ?? '');
  });
}

/** The functions that an object literal gets by name after it was spread from another object. */
function functionsAfterSpread({ type, properties }: Node): Node[] {
  if (type !== 'ObjectExpression') return [];
  const all = properties as readonly Node[];
  const spread = all.findIndex((property) => property['type'] === 'SpreadElement');
  return spread < 0 ? [] : all.slice(spread).filter((property) => isFunction(property['value']));
}

/** Functions in these are called when the module is loaded, and never again. */
const CALLED_ONCE =
  /^(?:coreutils\/src\/(?:fileutils\/chmod|grep\/grep|textutils\/(?:digest|hexdump))|host\/src\/programs\/(?:util-linux\/blockdev|dmsetup\/commands\/status)|multipathd\/src\/commands\/[^/]+|qemu\/src\/qmp\/commands\/job-control)\.ts$/;

/** In these files, a function named after a spread is in the spread object already, belongs to no machine, or is made only for labs that look for it. */
const REPLACED =
  /^(?:host\/src\/(?:guest\/guest-machine|modules|tree\/proc|tree\/proc-sys)|multipathd\/src\/config\/parse-file|qemu\/src\/replay\/recorded-host)\.ts$/;

describe('every source file that runs are made of', () => {
  // Each object with an accessor of its own has a hidden class of its own.
  it('has accessors in classes only', () => {
    const found = sources.flatMap((f) =>
      accessorsOutsideClasses(f).map((line) => `${f}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  // A generator function gets a hidden class when it first runs.
  it('has generator functions at its top level only', () => {
    const generators = (node: Node): Node[] =>
      isFunction(node) && node['generator'] === true ? [node] : [];
    expect(withinFunctions(generators, CALLED_ONCE)).toEqual([]);
  });

  // Hand it over when the object is made, or put it into an object of its own: { call: () => … }.
  it('assigns no function to a property', () => {
    const assigned = (node: Node): Node[] =>
      node['type'] === 'AssignmentExpression' &&
      isNode(node['left']) &&
      node['left']['type'] === 'MemberExpression' &&
      isFunction(node['right'])
        ? [node]
        : [];
    expect(withinFunctions(assigned)).toEqual([]);
  });

  // { call: () => …, ...others }: a new property after a spread costs a microsecond, too.
  it('names no function after a spread', () => {
    expect(withinFunctions(functionsAfterSpread, REPLACED)).toEqual([]);
  });
});
