// Whatever stands in multipath.conf, and whatever is said to the daemon's socket, there is an answer: a message, or what is not simulated, by its name.
import { createMachine, runLab } from '@dmsim/host';
import type { Prng } from '@dmsim/sim';
import { createPrng, streamSeed, uniformInteger } from '@dmsim/sim';
import { expect, it } from 'vitest';

/** `DMSIM_FUZZ=100000 npx vitest run …` tries as many of each. */
const COUNT = Number(process.env['DMSIM_FUZZ'] ?? 400);
const PER_LAB = 100;

const SECTIONS = ['defaults', 'blacklist', 'blacklist_exceptions', 'devices', 'overrides'];
const INNER = ['device', 'multipath', 'protocol', 'multipaths'];
const KEYWORDS =
  `verbosity polling_interval max_polling_interval multipath_dir path_selector path_grouping_policy
  uid_attribute prio prio_args features path_checker checker alias_prefix failback rr_min_io rr_min_io_rq rr_weight
  no_path_retry queue_without_daemon checker_timeout flush_on_last_del user_friendly_names fast_io_fail_tmo
  dev_loss_tmo bindings_file wwids_file reservation_key retain_attached_hw_handler detect_prio detect_checker
  force_sync deferred_remove san_path_err_threshold delay_watch_checks marginal_path_err_sample_time
  find_multipaths skip_kpartx max_sectors_kb ghost_delay marginal_pathgroups vendor product revision wwid alias
  devnode property protocol type hardware_handler log_checker_err nonesuch getuid_callout`.split(
    /\s+/,
  );
const VALUES =
  `yes no on off 0 1 -1 5 4294967295 99999999999999999999 queue fail immediate manual followover
  strict greedy multibus group_by_prio tur directio const alua "" "a" "[" "(" ".*" "!^sd" "service-time_0" infinity file
  0xabc 1_queue_if_no_path {} { } # ! é 1 2 3`.split(/\s+/);
const WORDS =
  `list show add remove del switch switchgroup suspend resume reinstate fail resize reset reload
  forcequeueing disablequeueing restorequeueing paths maps multipaths path map multipath group daemon status stats
  topology config blacklist devices raw wildcards getprstatus setprstatus unsetprstatus format json getprkey setprkey
  unsetprkey key local setmarginal unsetmarginal all reconfigure sda sdb sdz mpatha nosuch 1 2 -1 8:0 "%n" "%d_%z_%%"
  "" % " sh m p`.split(/\s+/);

const pick = (prng: Prng, from: readonly string[]): string =>
  from[uniformInteger(prng, 0, from.length - 1)] ?? '';

/** A character here and there becomes another, or goes. */
function mutate(prng: Prng, text: string): string {
  const characters = text.split('');
  for (let n = uniformInteger(prng, 0, 3); n > 0; n--) {
    const at = uniformInteger(prng, 0, characters.length);
    characters.splice(at, 1, pick(prng, ['', '{', '}', '"', '\\', '\t', 'ß', '\u0001', '%', ' ']));
  }
  return characters.join('');
}

function configuration(prng: Prng): string {
  const lines: string[] = [];
  for (let n = uniformInteger(prng, 1, 20); n > 0; n--) {
    const kind = uniformInteger(prng, 0, 9);
    if (kind < 2) lines.push(`${pick(prng, SECTIONS)} {`);
    else if (kind === 2) lines.push(` ${pick(prng, INNER)} {`);
    else if (kind < 5) lines.push('}');
    else lines.push(`  ${pick(prng, KEYWORDS)} ${pick(prng, VALUES).replaceAll('_', ' ')}`);
  }
  return mutate(prng, lines.join('\n'));
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function command(prng: Prng): string {
  const words = Array.from({ length: uniformInteger(prng, 0, 5) }, () => pick(prng, WORDS));
  return mutate(prng, words.join(' ').replaceAll('_', ' '));
}

const SETUP = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n polling_interval 1\\n}\\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
`;

interface Fuzzed {
  readonly what: string;
  readonly line: (prng: Prng) => string;
}

/** The first line that was not answered, and how the lab ended instead; null if all were, or were refused by name. */
function unanswered({ what, line }: Fuzzed, seed: number): string | null {
  const prng = createPrng(streamSeed(seed, what));
  const lines = Array.from({ length: PER_LAB }, () => line(prng));
  // One that is refused ends its lab: the rest goes on in another.
  for (let left = lines; left.length > 0;) {
    let answered = 0;
    const text = left.map((one) => `${one} > /tmp/answer 2>&1\necho answered >&3\n`).join('');
    const { outcome } = runLab(createMachine(), {
      name: 'fuzz.sh',
      text: `${SETUP}exec 3>&1\n${text}`,
      onOutput: (_fd, bytes) => {
        answered += new TextDecoder().decode(bytes).split('answered').length - 1;
      },
    });
    if (outcome.kind === 'exited' && answered === left.length) return null;
    if (outcome.kind !== 'refused') {
      return `seed ${seed}: ${left[answered] ?? 'the end'}: ${JSON.stringify(outcome)}`;
    }
    left = left.slice(answered + 1);
  }
  return null;
}

const SEEDS = Array.from({ length: Math.ceil(COUNT / PER_LAB) }, (_, i) => i + 1);

it.each([
  {
    what: 'configuration files',
    line: (prng: Prng) =>
      `printf %s ${quote(configuration(prng))} > /etc/multipath.conf; ${pick(prng, ['multipath -t', 'multipath -d', 'multipathd reconfigure; sleep 2', 'multipathd show config'])}`,
  },
  { what: 'socket commands', line: (prng: Prng) => `multipathd ${quote(command(prng))}` },
  {
    what: 'command lines',
    line: (prng: Prng) => `multipathd ${command(prng).split(' ').map(quote).join(' ')}`,
  },
])(
  '$what are answered',
  (fuzzed) => {
    const found = SEEDS.map((seed) => unanswered(fuzzed, seed)).filter((what) => what !== null);
    expect(found).toEqual([]);
  },
  3_600_000,
);
