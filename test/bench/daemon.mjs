// What the daemon costs: a quiet hour, and a failover, over more and more maps.
//   node daemon.mjs [--maps 4,16,64] [--paths 8] [--hour 3600]     CPU ms for the maps to come up, for the hour, for a failover
// The first number of maps is measured three times, since V8 compiles most of it in the first run.
import { parseArgs } from 'node:util';

import { createMachine, runLab } from '@dmsim/host';

const { values } = parseArgs({
  options: {
    maps: { type: 'string', default: '4,16,64' },
    paths: { type: 'string', default: '8' },
    hour: { type: 'string', default: '3600' },
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
    checkInvariants: false,
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

const counts = values.maps.split(',').map(Number);
// V8 compiles most of it while the first ones run.
for (const round of [1, 2]) print(counts[0], ` run ${round} in this process`);
for (const maps of counts) print(maps, '');
