// run-help.ts — The page of `dmsim run --help`.
import { BOUNDS_HELP } from '../options/bounds.ts';

export const RUN_HELP: string = `Usage: dmsim run [OPTION]... LAB [ARGUMENT]...
  or:  dmsim run [OPTION]... -c COMMANDS [NAME [ARGUMENT]...]
Runs LAB, a bash script written for Linux, on a simulated machine in virtual time. '-' reads it from standard input.
Standard output and standard error are the lab's. dmsim's own messages go to standard error, and begin with 'dmsim: '.

  --seed N               decides everything that is random: latencies that are drawn, --order random (default 1)
  --order ORDER          fifo (default): everything takes its usual time, and events of one instant keep their order;
                         random: times vary as on a real machine, and events of one instant come in any order
  --slack TIME           with --order random: an event may come up to TIME early (default 1ms; 0: never early)
  --replay FILE          repeats a run that dmsim explore found (sets all of the above, and --requeue)
  --requeue NAME         how dm keeps I/O that a target gives back: deferred-head (Linux 6.12, default),
                         pushback (the noflush patches of 2006), none (before them)
  --set NAME=VALUE       sets a variable that the lab reads, as compare and sweep do; may be given several times. A value with an
                         extension (queue.conf) is a file of your machine: in the lab $NAME is a path at which it can be read
  --selector FILE        adds your own path selector, a JavaScript or TypeScript module; may be given several times
                         (docs/writing-a-path-selector.md)
  --target FILE          the same for a target type of your own (docs/testing-your-own.md)
  --checker FILE, --prioritizer FILE
                         the same for multipathd's path checkers and prioritizers (docs/writing-a-checker.md)
  --invariant FILE       also watches an invariant of your own (docs/testing-your-own.md)
  --trace FILE           writes a timeline that opens in ui.perfetto.dev; FILE.gz is compressed, '-' is standard output
  --log FILE             writes the same events as text, one a line; lines that repeat are counted after the third time
  --stop-on-broken       ends the run when the first invariant breaks
  --quiet                prints no verdict if all is well
${BOUNDS_HELP}  -c COMMANDS            runs COMMANDS instead of a file
  --help, --version

Examples:
  dmsim run lab.sh                            prints what Linux would print
  dmsim run --order random --seed 7 lab.sh    runs the same lab in another order
  dmsim run --set outage=30 lab.sh            one point of a sweep
  dmsim run --trace lab.json.gz lab.sh        also writes a timeline
  dmsim run --invariant quick.mjs lab.sh      also watches what must hold for you
  dmsim run -c 'modprobe brd; ls /dev/ram*'   needs no file

Exit status: the lab's, or 120 a fault of dmsim, 121 a limit was reached, 122 nothing could go on, 123 an invariant broke,
125 dmsim refuses (a missing file, an unknown option, a part of bash or of a tool that is not simulated).
docs/exit-codes.md compares them with those of bash and of timeout; docs/limits.md lists the limits.
`;
