// Measures the cost of the daemon: a quiet hour, and a failover, over more and more maps.
//   node daemon.mjs [--maps 4,16,64] [--paths 8] [--hour 3600]     CPU ms for the maps to come up, for the hour, for a failover
//   node daemon.mjs --first     only the first run in this process, with the invariants watched, as `dmsim run` has it
// The first number of maps is measured three times, since V8 compiles most of it in the first run. The hour is also measured as
// `dmsim run` has it: what a lab costs with it, less what it costs without. Needs the build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { createMachine, runLab } from '@dmsim/host';

const { values } = parseArgs({
  options: {
    maps: { type: 'string', default: '4,16,64' },
    paths: { type: 'string', default: '8' },
    hour: { type: 'string', default: '3600' },
    first: { type: 'boolean', default: false },
  },
});

/** Luns are maps, hosts are paths. `marks` are printed by the lab where a figure begins or ends. */
const lab = (maps, paths, hour) => `#udev
modprobe scsi_debug add_host=${paths} num_tgts=1 max_luns=${maps} dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n no_path_retry 12\\n path_grouping_policy multibus\\n}\\n' > /etc/multipath.conf
echo mark
multipathd
sleep 60; udevadm settle; sleep 10
multipathd show maps raw format %n | wc -l
multipathd show paths raw format "%t %T" | sort | uniq -c
echo mark
sleep ${hour}
echo mark
echo offline > /sys/block/sda/device/state; sleep 30
echo running > /sys/block/sda/device/state; sleep 60
echo mark
`;

function measure(maps, paths, hour) {
  const marks = [];
  let text = '';
  const machine = createMachine({
    limits: { cpuTime: Number.MAX_SAFE_INTEGER, maxEvents: Number.MAX_SAFE_INTEGER },
  });
  const { outcome } = runLab(machine, {
    name: '/lab.sh',
    text: lab(maps, paths, hour),
    onOutput: (_fd, bytes) => {
      const said = new TextDecoder().decode(bytes);
      text += said;
      if (said.includes('mark')) marks.push(process.cpuUsage());
    },
    checkInvariants: values.first,
  });
  if (outcome.kind !== 'exited') throw new Error(`${JSON.stringify(outcome)}\n${text}`);
  const ms = marks.map(({ user, system }) => (user + system) / 1000);
  const [up, quiet, failover] = [1, 2, 3].map((i) => ms[i] - ms[i - 1]);
  return {
    up,
    quiet,
    failover,
    seen: text.replaceAll('mark\n', '').trim().replaceAll(/\s+/g, ' '),
  };
}

const [paths, hour] = [Number(values.paths), Number(values.hour)];
function print(maps, note) {
  const { up, quiet, failover, seen } = measure(maps, paths, hour);
  const row = [up, quiet, failover].map((value) => `${value.toFixed(0)} ms`.padStart(9));
  console.log(
    `${String(maps).padStart(5)} maps x ${paths}: up ${row[0]}, ${hour} s ${row[1]}, failover ${row[2]}   (${seen})${note}`,
  );
}

const dmsim = fileURLToPath(new URL('../../packages/cli/bin/dmsim.js', import.meta.url));

/** CPU ms of the whole command, of all its threads and processes. */
function cpuOf(file) {
  const command = `TIMEFORMAT='%U %S'; time '${process.execPath}' '${dmsim}' run '${file}' > /dev/null`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return (user + system) * 1000;
}

/** Medians of seven pairs. */
function printCommand(maps) {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-daemon-'));
  try {
    const [long, short] = [hour, 1].map((seconds) => {
      const file = join(folder, `${seconds}.sh`);
      writeFileSync(file, lab(maps, paths, seconds));
      return file;
    });
    const pairs = Array.from({ length: 7 }, () => [cpuOf(long), cpuOf(short)]);
    const [both, start] = [0, 1].map((i) => median(pairs.map((pair) => pair[i])).toFixed(0));
    const cost = median(pairs.map(([a, b]) => a - b)).toFixed(0);
    console.log(
      `${maps} maps x ${paths}, dmsim run: ${both} ms, without the hour ${start}: ${cost}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const counts = values.maps.split(',').map(Number);
if (values.first) print(counts[0], '');
else {
  // V8 compiles most of it while the first ones run.
  for (const round of [1, 2]) print(counts[0], ` run ${round} in this process`);
  for (const maps of counts) print(maps, '');
  printCommand(counts[0]);
}
