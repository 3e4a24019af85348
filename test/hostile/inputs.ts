// Labs that mean harm, or that a mistake makes: each with the reason that must be named, or the statuses it may end with.

export interface HostileInput {
  readonly name: string;
  readonly lab: string;
  /** Standard error must match this. */
  readonly says?: RegExp;
  readonly status: number;
}

const LIMIT = 121;
const HUNG = 122;
const REFUSED = 125;

const limited = (name: string, lab: string, limit: string): HostileInput => ({
  name,
  lab,
  says: new RegExp(`^dmsim: stopped by the limit ${limit}: `, 'm'),
  status: LIMIT,
});

const ends = (name: string, lab: string, status: number, says?: RegExp): HostileInput => ({
  name,
  lab,
  status,
  ...(says === undefined ? {} : { says }),
});

/** Run without end in virtual time or in the processor's. */
const ENDLESS: readonly (readonly [string, string])[] = [
  ['yes to nowhere', 'yes > /dev/null'],
  ['zeros without a line', 'wc -c < /dev/zero'],
  ['sed over zeros', 'tr -d x < /dev/zero | wc -c'],
  ['a sum of zeros', 'md5sum /dev/zero'],
  ['dd without a count', 'dd if=/dev/zero of=/dev/null bs=1M'],
  ['compare zeros', 'cmp /dev/zero /dev/zero'],
  ['sed that jumps', "echo x | sed ':a;s/x/x/;ta'"],
  [
    'a file that grows as it is read',
    'echo x > /tmp/f; while read -r l; do echo $l >> /tmp/f; done < /tmp/f',
  ],
  ['head of ten gigabytes', 'head -c 100G /dev/zero | wc -c'],
  ['a hundred million numbers', 'seq 1 1000000000 | tail -1'],
];

const NESTED: readonly (readonly [string, string, string])[] = [
  ['substitutions', 'echo $(', ')'],
  ['subshells', '( ', ' )'],
  ['braces', '{ ', '; }'],
  ['conditions', 'if true; then ', '; fi'],
  ['loops', 'while true; do ', '; done'],
  ['quoted substitutions', 'echo "$(', ')"'],
  ['parameters', 'echo ${x:-', '}'],
  ['arithmetic', 'echo $((', '))'],
];

const DEEP = 600;

const SELF = ['eval "$x"', '$(eval "$x")', 'eval "$x" | cat'].map((call, i) =>
  limited(`eval of itself, ${i}`, `x='${call}'; ${call}`, '(?:evals|nesting|processes|calls)'),
);

/** Arguments that no program can take literally. */
const NUMBERS = ['99999999999999999999999', '-1', '1e9', '0x', '10Y', ''];
const PROGRAMS: readonly (readonly [string, (n: string) => string])[] = [
  ['dd count', (n) => `dd if=/dev/zero of=/tmp/d bs=1 count=${n} 2>/dev/null & kill $!`],
  ['head', (n) => `head -n ${n || "''"} /etc/passwd > /dev/null`],
  ['tail', (n) => `tail -n ${n || "''"} /etc/passwd > /dev/null`],
  ['truncate', (n) => `truncate -s ${n || "''"} /tmp/t`],
  ['shift', (n) => `set -- a b; shift ${n}`],
  ['exit', (n) => `(exit ${n})`],
  ['kill', (n) => `kill ${n || "''"}`],
  ['dmsetup create', (n) => `dmsetup create m --table "0 ${n} zero"`],
  ['modprobe', (n) => `modprobe scsi_debug dev_size_mb=${n}`],
  ['cut', (n) => `echo abc | cut -c ${n || "''"}`],
  ['read', (n) => `read -n ${n || "''"} x <<< abc`],
  ['timeout', (n) => `timeout ${n || "''"} true`],
  ['blockdev', (n) => `modprobe brd; blockdev --setra ${n || "''"} /dev/ram0`],
  ['null_blk', (n) => `modprobe null_blk gb=${n}`],
  ['dd block', (n) => `dd if=/etc/passwd of=/tmp/d bs=${n}`],
  ['test', (n) => `[ ${n || "''"} -gt 3 ]; [[ ${n || 0} -gt 3 ]]`],
  ['substring', (n) => `(x=abc; echo "\${x:${n || 0}:2}")`],
  ['printf', (n) => `printf '%d\\n' ${n || "''"}`],
];

const BAD_NUMBERS = PROGRAMS.flatMap(([program, lab]) =>
  NUMBERS.map((n): HostileInput => ({
    name: `${program} ${n}`,
    lab: `${lab(n)}; exit 7`,
    status: 7,
  })),
);

const TORN_STATUS: Readonly<Record<string, number>> = { '<<E': 0, 'a=(': 1 };

/** Pieces that the parser must survive; the status is bash's. */
const TORN = [
  'if then fi',
  'echo "abc',
  'echo ${x',
  'echo $((1+',
  'for in do',
  'case x in',
  '} {',
  ')',
  '&& x',
  '| x',
  'while; do',
  'f() {',
  '<<E',
  'echo $(',
  'a=(',
  '[[ x',
  '((',
  'echo `',
].map((lab, i): HostileInput => ({ name: `torn text ${i}`, lab, status: TORN_STATUS[lab] ?? 2 }));

/** Files that are missing or out of place, by every kind of path. */
const FILES = [
  'ln -s /tmp/a /tmp/b; ln -s /tmp/b /tmp/a; cat /tmp/a',
  'rm -rf /; ls / > /dev/null',
  'mv /dev /tmp/dev',
  'cat /dev/null/x /proc/none /sys/none',
  'cd /tmp; mkdir -p $(printf "d/%.0s" {1..2000}); cd $(printf "d/%.0s" {1..2000}); pwd | wc -c',
  `touch /tmp/${'n'.repeat(300)}`,
  'exec 0<&- 1>&- 2>&-; echo x; cat',
  'echo x > /dev/full',
  'cp /etc/passwd /dev/full',
  'cat /tmp/none >> /tmp/none',
  'truncate -s 10G /tmp/f; dd if=/dev/zero of=/tmp/f bs=1 count=1 seek=10T',
  'dd if=/dev/zero of=/dev/null bs=10G count=1',
].map((lab, i): HostileInput => ({ name: `files ${i}`, lab: `${lab}\nexit 7`, status: 7 }));

const MAPS = [
  'dmsetup create z --table "0 18014398509481984 zero"',
  'dmsetup create a --table "0 8 zero"; dmsetup create b --table "0 8 linear /dev/mapper/a 0"; dmsetup remove a; dmsetup remove -f a',
  'dmsetup create m --table "0 8 linear /dev/mapper/m 0"',
  `dmsetup create ${'x'.repeat(200)} --table "0 8 zero"`,
  'dmsetup create m --table "0 8 multipath 0 0 99999999 1"',
  'dmsetup create m --table "0 8 striped 4294967295 8"',
  'dmsetup create m --table ""',
  'dmsetup message m 0 @stats_create -',
  'printf "0 8 zero\\n%.0s" {1..3000} | dmsetup create m',
].map((lab, i): HostileInput => ({ name: `maps ${i}`, lab: `${lab}\nexit 7`, status: 7 }));

const SIGNALS = [
  ["trap '' TERM INT; kill $$; kill -INT $$; sleep 1; exit 7", 7],
  ['kill -9 $$', 137],
  ['kill $$; sleep 1', 143],
  ['wait $$; exit 7', 7],
  ['trap "exit 7" EXIT; exit 3', 7],
  ['(kill -9 $BASHPID); exit 7', 7],
  ['seq 1000000 | head -1 > /dev/null; exit 7', 7],
].map(([lab, status], i): HostileInput => ({
  name: `signals ${i}`,
  lab: String(lab),
  status: Number(status),
}));

const SUSPENDED =
  'modprobe brd; dmsetup create m --table "0 8192 linear /dev/ram0 0"; dmsetup suspend m';

export const INPUTS: readonly HostileInput[] = [
  ...ENDLESS.map(([name, lab]) =>
    limited(name, lab, '(?:cpuTime|virtualTime|textLength|loopSteps|memory)'),
  ),
  ...NESTED.map(([name, open, close]) =>
    limited(`deep ${name}`, `${open.repeat(DEEP)}echo x${close.repeat(DEEP)}`, 'nesting'),
  ),
  ...SELF,
  ...BAD_NUMBERS,
  ...TORN,
  ...FILES,
  ...MAPS,
  ...SIGNALS,
  limited('sleep for ever', 'while sleep 1; do :; done', 'virtualTime'),
  limited('sleep a thousand days', 'sleep 1000d', 'virtualTime'),
  limited('sleep to infinity', 'sleep infinity', 'virtualTime'),
  limited('a busy loop', 'while :; do :; done', 'busyCommands'),
  limited('an arithmetic loop', 'for ((;;)); do :; done', 'busyCommands'),
  limited('braces of a billion', 'echo {1..1000000000}', 'braceWords'),
  limited('braces of braces', `echo ${'{1..100}'.repeat(9)}`, 'braceWords'),
  limited('recursion', 'f() { f; }; f', 'calls'),
  limited('a fork bomb', ':(){ :|:& };:', '(?:processes|calls)'),
  limited('sleepers without end', 'while :; do sleep 1000 & done', 'processes'),
  limited('a file that sources itself', 'echo "source /tmp/s" > /tmp/s; source /tmp/s', 'evals'),
  limited('a line without an end', 'read -r x < /dev/zero', 'textLength'),
  limited('an endless array', 'ln -s /proc/self/fd /dev/fd; mapfile a < <(yes)', 'textLength'),
  limited('an endless substitution', 'x=$(yes); exit 7', 'textLength'),
  limited('a wide printf', "printf '%1000000000d' 1", 'textLength'),
  limited(
    'a string of awk that doubles',
    `awk 'BEGIN { s = "x"; while (1) s = s s }'`,
    'textLength',
  ),
  limited('a string of bash that doubles', 's=x; while :; do s=$s$s; done', 'textLength'),
  limited(
    'an array of awk',
    "awk 'BEGIN { while (1) a[i++] = i }'",
    '(?:loopSteps|cpuTime|memory)',
  ),
  limited('sort without an end', 'yes | sort', '(?:arrayLength|cpuTime)'),
  ...['qemu-io -c "read 0 2047M"', 'qemu-io -c "write 0 1G"', 'qemu-img bench -s 2047M'].map(
    (command) =>
      limited(command, `qemu-img create -q -f qcow2 a.img 4G; ${command} a.img`, 'requestBytes'),
  ),
  ends(
    'a suspended map',
    `${SUSPENDED}; dd if=/dev/mapper/m of=/dev/null count=1`,
    HUNG,
    /m \(dm-0, 254:0\) is suspended and holds 1 I\/O .*'dmsetup resume m' releases it/,
  ),
  ends('a pipe of oneself', 'sleep 1 | cat; exit 7', 7),
  ends('what is not simulated', 'history', REFUSED, /not supported: history/),
  ends('what the kernel has', 'rm -rf /sys; exit 7', REFUSED, /not supported: the kernel has it/),
  ends(
    'the log of the kernel, raw',
    'cat /proc/kmsg; exit 7',
    REFUSED,
    /\/proc\/kmsg: not supported: the kernel has it/,
  ),
  ends(
    'an alias that begins a loop',
    'shopt -s expand_aliases; alias w=while\nw false; do :; done',
    REFUSED,
    /change the syntax/,
  ),
  ends('nothing at all', '', 0),
  ends('carriage returns', 'echo a\r\nexit 7', 7),
  ends('a menu that nobody answers', 'select x in a; do :; done', 1, /#\? /),
  ends('a name that refers to itself', 'declare -n r=r; r=1', REFUSED, /not supported/),
];
