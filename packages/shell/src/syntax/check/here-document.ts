// here-document.ts — Reads the here-documents of a line. Mirrors bash's make_cmd.c: make_here_document.
import type { HereDocument, Reader } from './reader.ts';
import { currentLine } from './reader.ts';

/** Notes a here-document, whose text begins after the line. */
export function expectDocument(r: Reader, stripTabs: boolean): void {
  const quoted = /["'\\]/.test(r.text);
  const delimiter = quoted ? withoutQuotes(r.text) : r.text;
  r.documents.push({ delimiter, quoted, stripTabs });
}

const withoutQuotes = (word: string): string =>
  word.replaceAll(
    /\$?'([^']*)'|\$?"((?:[^"\\]|\\[^])*)"|\\([^])/g,
    (_all, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(["$\\`])/g, '$1') ?? escaped ?? '',
  );

export function gatherDocuments(r: Reader): void {
  if (r.documents.length === 0) return;
  for (const document of r.documents) readDocument(r, document);
  r.documents = [];
}

function readDocument(r: Reader, document: HereDocument): void {
  const from = currentLine(r);
  const { delimiter, stripTabs } = document;
  while (r.pos < r.source.length) {
    const line = readLine(r, document.quoted);
    if (line === delimiter) return;
    const shown = stripTabs ? line.replace(/^\t+/, '') : line;
    if (shown === delimiter) return;
    if (r.substitution && shown.startsWith(delimiter) && shown.includes(')', delimiter.length)) {
      // Bash takes the line for the end of the text if it has the end of the substitution, too.
      r.pos -= shown.length - delimiter.length + 1;
      break;
    }
  }
  const wanted = `here-document at line ${from} delimited by end-of-file (wanted \`${delimiter}')`;
  r.messages.push({ line: currentLine(r), text: `warning: ${wanted}`, warning: true });
}

/** Reads a line without its newline; a backslash joins it with the next one, unless the delimiter is quoted. */
function readLine(r: Reader, quoted: boolean): string {
  const { source } = r;
  let line = '';
  for (;;) {
    const end = source.indexOf('\n', r.pos);
    line += source.slice(r.pos, end);
    r.pos = end + 1;
    if (quoted || r.pos >= source.length || !/(?:^|[^\\])(?:\\\\)*\\$/.test(line)) return line;
    line = line.slice(0, -1);
  }
}
