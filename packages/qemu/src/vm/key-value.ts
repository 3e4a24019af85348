// key-value.ts — `a=b,c.d=e`: QEMU's option syntax on the command line; options in JSON. Mirrors util/qemu-option.c, util/keyval.c.
import type { Parsed } from '../qmp/json-parser.ts';
import { createJsonStream, feedBytes, flushJson } from '../qmp/json-parser.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject } from '../qmp/json.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Splits options. A doubled comma stands for a comma in a value; `first` is the key of a first value without one. */
export function splitOptions(text: string, first: string | null): KeyValue[] {
  const parts = text.replaceAll(',,', '\u0000').split(',');
  return parts
    .filter((part) => part !== '')
    .map((raw, i) => {
      const part = raw.replaceAll('\u0000', ',');
      const at = part.indexOf('=');
      if (at >= 0) return { key: part.slice(0, at), value: part.slice(at + 1) };
      return i === 0 && first !== null ? { key: first, value: part } : { key: part, value: 'on' };
    });
}

/** Turns `file.driver=x` into `{file: {driver: "x"}}`. */
export function nestOptions(options: readonly KeyValue[]): JsonObject {
  const root = jsonObject();
  for (const { key, value } of options) {
    const path = key.split('.');
    let at = root;
    for (const name of path.slice(0, -1)) {
      const inner: Json | undefined = at[name];
      const next = isJsonObject(inner) ? inner : jsonObject();
      at[name] = next;
      at = next;
    }
    at[path.at(-1) ?? key] = value;
  }
  return root;
}

/** Parses JSON. A string is the refusal. */
export function parseJson(text: string): JsonObject | string {
  const found: Parsed[] = [];
  const stream = createJsonStream((parsed) => found.push(parsed));
  // The lexer needs a byte after a number or a keyword to know where it ends.
  feedBytes(
    stream,
    Uint8Array.from(`${text}\n`, (c) => c.charCodeAt(0) & 0xff),
  );
  const parsed = found[0] ?? flushJson(stream);
  if (parsed === null) return 'JSON parse error, expecting value';
  if (parsed.kind === 'error') return parsed.text;
  return isJsonObject(parsed.value)
    ? parsed.value
    : "Invalid parameter type for '<object>', expected: object";
}
