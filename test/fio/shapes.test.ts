// The JSON of fio has the fields of real fio 3.33, in its order, with its types: recorded by record.mjs.
import { readdirSync, readFileSync } from 'node:fs';

import { createMachine, runLab } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

const folder = new URL('.', import.meta.url).pathname;
const jobs = readdirSync(folder).filter((name) => name.endsWith('.fio'));

/** The job file's fio.dat becomes a disk: direct I/O needs one. */
function runFio(job: string): string {
  const text = readFileSync(folder + job, 'utf8');
  const lab = `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
simctl latency sda exponential 100us
cat > job.fio <<'END'
${text.replaceAll('fio.dat', '/dev/sda')}END
fio --output-format=json job.fio`;
  let output = '';
  const { outcome } = runLab(createMachine(), {
    name: 'lab.sh',
    text: lab,
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
  });
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  return output;
}

const markFloats = (text: string): string =>
  text.replaceAll(/ : (-?\d+\.\d+)(?=[,\n])/g, ' : "<float $1>"');

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'number') return 'integer';
  if (typeof value === 'string') return value.startsWith('<float ') ? 'float' : 'string';
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [key, shapeOf(inner)]),
  );
}

describe('the JSON of fio has the fields of fio 3.33', () => {
  it.each(jobs)('for %s', (job) => {
    const { disk_util: disks, ...shape } = shapeOf(JSON.parse(markFloats(runFio(job)))) as Record<
      string,
      unknown
    >;
    const recorded = readFileSync(folder + job.replace(/\.fio$/, '.shape.json'), 'utf8');
    expect(`${JSON.stringify(shape, null, 2)}\n`).toBe(recorded);
    expect(disks).toHaveLength(1);
  });
});
