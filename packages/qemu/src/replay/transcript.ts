// transcript.ts — Parses the lines of a recorded transcript.
import { createJsonStream, feedBytes } from '../qmp/json-parser.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject } from '../qmp/json.ts';

export interface TranscriptLine {
  /** Line number, from 1. */
  readonly number: number;
  readonly dir: string;
  readonly fields: JsonObject;
  /** Milliseconds since the recording began, where the recording has them. */
  readonly at: number | null;
}

/** Parses one JSON value; null if the text is not one. */
export function parseJsonText(text: string): Json | null {
  let value: Json | null = null;
  const stream = createJsonStream((parsed) => {
    if (parsed.kind === 'value') value = parsed.value;
  });
  // The lexer needs a byte after a number or a keyword to know where it ends.
  feedBytes(stream, utf8(`${text}\n`));
  return value;
}

export function parseTranscript(lines: readonly string[]): TranscriptLine[] {
  const parsed: TranscriptLine[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = parseJsonText(line);
    const fields = isJsonObject(value ?? undefined) ? (value as JsonObject) : jsonObject();
    const at = fields['t_ms'];
    const dir = fields['dir'];
    parsed.push({
      number: i + 1,
      dir: typeof dir === 'string' ? dir : 'not JSON',
      fields,
      at: typeof at === 'number' ? at : null,
    });
  }
  return parsed;
}

export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
  }
  return Uint8Array.from(bytes);
}
