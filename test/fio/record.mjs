// Records what the JSON of a real fio 3.33 looks like for the job files beside this: the fields and their types, not the
// values. Writes NAME.shape.json for each NAME.fio, when two runs agree.     node record.mjs [NAME.fio…]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = new URL('.', import.meta.url).pathname;

/** JSON.parse reads 1.000000 and 1 alike: the text tells what fio prints as a float. */
const markFloats = (text) => text.replace(/ : (-?\d+\.\d+)(?=[,\n])/g, ' : "<float $1>"');

function shapeOf(value) {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'number') return 'integer';
  if (typeof value === 'string') return value.startsWith('<float ') ? 'float' : 'string';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

function record(job) {
  const cwd = mkdtempSync(join(tmpdir(), 'fio-shape-'));
  writeFileSync(join(cwd, 'fio.dat'), new Uint8Array(1 << 20));
  try {
    const text = execFileSync('fio', ['--output-format=json', join(folder, job)], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { disk_util: _disk, ...shape } = shapeOf(JSON.parse(markFloats(text)));
    return `${JSON.stringify(shape, null, 2)}\n`;
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const [, , ...names] = process.argv;
const jobs = names.length > 0 ? names : readdirSync(folder).filter((name) => name.endsWith('.fio'));
const version = execFileSync('fio', ['--version'], { encoding: 'utf8' }).trim();
if (version !== 'fio-3.33') throw new Error(`${version} is not the fio that is recorded here`);
for (const job of jobs) {
  const [once, again] = [record(job), record(job)];
  if (once !== again) throw new Error(`${job}: two runs have different fields`);
  writeFileSync(join(folder, job.replace(/\.fio$/, '.shape.json')), once);
}
