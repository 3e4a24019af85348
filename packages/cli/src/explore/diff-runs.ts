// diff-runs.ts — dmsim explore --diff A.choices [B.choices] [LAB]: where two runs part, in the events of their logs.
import { existsSync } from 'node:fs';

import type { MachineOptions } from '@dmsim/host';
import type { Parting, Setup, TracedRun } from '@dmsim/kit';
import { endingText, partWays, traceRun, transcriptDiff } from '@dmsim/kit';
import { deviationText, fifo, formatSeconds } from '@dmsim/sim';

import { EXIT } from '../exit-status.ts';
import type { ReplayedRun } from '../options/replay-option.ts';
import { readReplay, reportParting } from '../options/replay-option.ts';
import type { UserCode } from '../plugins/load-plugins.ts';
import { importUserCode, userSources } from '../plugins/load-plugins.ts';
import { print } from '../process/standard-streams.ts';
import { readLab } from '../read-lab.ts';
import { Refusal } from '../refusal.ts';
import type { DiffOptions } from './options.ts';

/** Lines that are shown of what each does after they have parted. */
const MAX_LINES = 40;

/** Without B the other run is fifo's, of the same lab. */
export async function diffRuns({ files, lab, userFiles }: DiffOptions): Promise<number> {
  const code = await importUserCode(await userSources(userFiles));
  const [first = '', second] = files;
  const runOf = (path: string): { readonly name: string; readonly traced: TracedRun } => {
    const replayed = readReplay(path);
    const traced = traceRun(
      setupOf(replayed, lab ?? labBeside(path), code),
      seedOf(replayed.machine),
      replayed.replay.chooser,
    );
    reportParting(replayed.replay);
    return { name: path, traced };
  };
  const fifoOf = (path: string): { readonly name: string; readonly traced: TracedRun } => {
    const { machine, ...replayed } = readReplay(path);
    const setup = setupOf({ machine, ...replayed }, lab ?? labBeside(path), code);
    return { name: 'fifo', traced: traceRun(setup, seedOf(machine), fifo) };
  };
  const a = second === undefined ? fifoOf(first) : runOf(first);
  const b = runOf(second ?? first);
  print(`${diffText(a, b).join('\n')}\n`);
  return EXIT.OK;
}

type Named = { readonly name: string; readonly traced: TracedRun };

function diffText(a: Named, b: Named): string[] {
  const parting = partWays(a.traced, b.traced);
  const ends = [a, b].map(({ name, traced }) => `${name}: ${endText(traced)}`);
  if (parting.at === null) return [`the same ${parting.common} events happen in both`, ...ends];
  const [mine, theirs] = parting.choices;
  const hidden = parting.lines.length - MAX_LINES;
  return [
    `the same ${parting.common} events happen in both; they part at ${formatSeconds(parting.at)} s:`,
    ...parting.before.map((line) => `  ${withoutTime(line)}`),
    ...(mine === null ? [] : [`- ${a.name} chooses: ${deviationText(mine)}`]),
    ...(theirs === null ? [] : [`+ ${b.name} chooses: ${deviationText(theirs)}`]),
    ...shortened(parting),
    ...(hidden > 0 ? [`and ${hidden} more lines`] : []),
    '',
    ...ends,
    ...transcriptDiff(a.traced.run.outcome.transcript, b.traced.run.outcome.transcript),
  ];
}

const shortened = ({ lines }: Parting): readonly string[] => lines.slice(0, MAX_LINES);

const withoutTime = (line: string): string => line.replace(/^\S+ /, '');

function endText({ run }: TracedRun): string {
  const { ending, broken } = run.outcome;
  return [endingText(ending), ...broken.map((name) => `broken: ${name}`)].join('; ');
}

function setupOf(
  { machine, name, args }: Pick<ReplayedRun, 'machine' | 'name' | 'args'>,
  lab: string,
  code: UserCode,
): Setup {
  const { slack = 0, variesCosts = false, requeue = 'deferred-head' } = machine;
  return { lab: { name, text: readLab(lab), args }, slack, variesCosts, requeue, ...code };
}

const seedOf = ({ seed = 1 }: MachineOptions): number => seed;

/** As `dmsim explore` has written them: NAME.sh beside NAME.choices. */
function labBeside(path: string): string {
  const lab = path.replace(/(?:\.choices)?$/, '.sh');
  if (!existsSync(lab))
    throw new Refusal(`explore: --diff: there is no ${lab}: name the lab after the choices`);
  return lab;
}
