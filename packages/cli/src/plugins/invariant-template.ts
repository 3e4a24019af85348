// invariant-template.ts — The file that `dmsim new invariant` writes: a bound on how long a suspend may take.

/** `name` is what reports call it by: `my-invariant`. */
export const invariantTemplate = (
  name: string,
): string => `// ${name} — An invariant for dmsim. docs/testing-your-own.md shows how it is watched; \`dmsim run --log - LAB\` shows the trace points.
import { decode, DM_TRACE, instantText, SUSPEND_PHASES } from '@dmsim/kit';
import type { Check, Invariant, WatchedRun } from '@dmsim/kit';

/** In ns of virtual time. */
const LONGEST = 2e9;

export const invariant: Invariant = {
  /** What holds, in a few words. */
  name: '${name}: a suspend is over within two seconds',
  /** What it means to people if it does not. */
  meaning: 'I/O that comes meanwhile waits for longer than that.',
  /** The trace points that it is shown. */
  points: [DM_TRACE.dm_suspend.code],

  /** Called for each run. What it keeps in between belongs here: a variable of this file would last from one run to the next. */
  start({ report }: WatchedRun): Check {
    const begun = new Map<number, number>();
    return {
      /** Called for each event, always with the same object: keep what you need of it, not the object. */
      see(event) {
        const { dev, phase } = decode(event, DM_TRACE.dm_suspend);
        const reached = SUSPEND_PHASES[phase];
        if (reached === 'begin') begun.set(dev, event.at);
        if (reached !== 'suspended' && reached !== 'undone') return;
        const took = event.at - (begun.get(dev) ?? event.at);
        begun.delete(dev);
        if (took <= LONGEST) return;
        report({ message: \`one took \${took / 1e9} s, \${instantText(event.at)}\`, at: event.at, dev });
      },
      /** Called once, when the run is over. \`nothingDue\`: nothing would have changed by itself any more. */
      end({ nothingDue }) {
        if (!nothingDue) return;
        for (const [dev, at] of begun) report({ message: \`one that began \${instantText(at)} never is\`, at, dev });
      },
    };
  },
};
`;
