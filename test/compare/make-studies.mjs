// Runs the studies of docs/labs/compare at full size and keeps their reports there. Needs the build; two minutes on two cores.
//   node make-studies.mjs [NAME...]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const dmsim = path('../../packages/cli/bin/dmsim.js');
const folder = path('../../docs/labs/compare/');

const FOUR = 'round-robin,queue-length,service-time,historical-service-time';

const compare = (lab, workload, selectors, ...others) =>
  `compare --lab ${lab} --workload ${workload} --selector ${selectors} --seeds 20 ${others.join(' ')}`;

const STUDIES = {
  'slow-path': compare('three-paths.sh', 'reads.fio', `${FOUR},io-affinity`),
  'brown-out': compare('equal-paths.sh', 'arrivals.fio', FOUR, '--fault brown-out.sh'),
  flapping: compare('equal-paths.sh', 'arrivals.fio', FOUR, '--fault flapping.sh'),
  'mixed-sizes': compare('links.sh', 'mixed-sizes.fio', 'queue-length,service-time'),
  'own-selector': compare(
    'queueing-paths.sh',
    'reads.fio',
    `${FOUR},./least-latency.ts`,
    '--baseline historical-service-time',
  ),
  'guest-outage':
    'sweep --lab guest-outage.sh --vary outage=0..180/20 --vary patience=0,20,60,120,queue --measure writable --unit outage=s --unit patience=s --unit worst_write=s --csv guest-outage.csv',
};

const asked = process.argv.slice(2);
for (const [name, command] of Object.entries(STUDIES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const args = `${command} --report ${name}.html`.split(/\s+/);
  const { status, stdout } = spawnSync(process.execPath, [dmsim, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${name} ended with status ${status}`);
  writeFileSync(join(folder, `${name}.txt`), stdout);
}
