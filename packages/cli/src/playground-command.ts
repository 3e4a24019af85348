// playground-command.ts — dmsim playground: the web page, served to this machine alone.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { parseOptions } from './options/parse-options.ts';
import { catchInterrupts } from './process/interrupts.ts';
import { output, print } from './process/standard-streams.ts';
import { readLab } from './read-lab.ts';
import { Refusal } from './refusal.ts';
import { servePage } from './serve-page.ts';

const HELP = `Usage: dmsim playground [OPTION]... [LAB]
Serves a page that shows every queue of a run at every instant, and prints its address. With LAB, the page begins with that
lab. Only programs on this machine can reach it (127.0.0.1). It serves until you interrupt it.

  --port N          the port to serve on (default: a free one)
  --help            prints this page
  --version

Examples:
  dmsim playground
  dmsim playground --port 4000 lab.sh

Exit status: 0 when it is interrupted, 125 when dmsim refuses (a missing file, a port that is taken).
`;

/** Beside the bundle of a package that was installed, and in the workspace that it is made in. */
const PLACES = ['../page/', '../../../playground/dist/page/'];

async function run(argv: readonly string[]): Promise<number> {
  const { values, operands } = parseOptions('playground', argv, { port: { type: 'string' } });
  const [lab, ...more] = operands;
  if (more.length > 0) throw new Refusal('playground: takes one lab at most');
  const port = parsePort(values.port ?? '0');
  const hash = lab === undefined ? '' : addressOf(lab, readLab(lab));
  const site = await servePage(findPage(), port);
  print(`${site.address}${hash}\n`);
  // Without its address nobody finds the page.
  if (output.failure !== null) return EXIT.REFUSED;
  await new Promise<void>((resolve) => catchInterrupts(() => resolve()));
  await site.close();
  return EXIT.OK;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Refusal(`playground: --port takes a number from 0 to 65535, not '${text}'`);
  return port;
}

function findPage(): string {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = folders.find((folder) => existsSync(`${folder}index.html`));
  if (found === undefined)
    throw new Refusal('playground: the page is not built: npm run playground:build');
  return found;
}

/** The most characters that the page takes. */
const MAX_LINK = 100_000;

/** As the page's own links are (share/address.ts of the playground reads them). */
function addressOf(name: string, lab: string): string {
  const shared = {
    lab,
    seed: 1,
    order: 'fifo',
    requeue: 'deferred-head',
    interference: [],
    nth: 0,
  };
  const hash = `1.${deflateRawSync(JSON.stringify(shared)).toString('base64url')}`;
  if (hash.length > MAX_LINK)
    throw new Refusal(
      `playground: ${name}: too large for the address of a page: paste it into the page`,
    );
  return `#${hash}`;
}

export const playgroundCommand: Command = {
  name: 'playground',
  operands: '[OPTION]... [LAB]',
  summary: 'serves a page that shows every queue of a run',
  help: HELP,
  run,
};
