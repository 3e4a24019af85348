// tell-misplaced.ts — A warning about dmsim's own options that stand after the lab.
import { say } from '../process/standard-streams.ts';

/** `dmsim run lab.sh --seed 3` gives --seed to the lab, as bash would; the user may have meant dmsim. */
export function tellMisplaced(options: readonly string[], lab: string): void {
  if (options.length === 0) return;
  const names = [...new Set(options)].join(', ');
  say(`${names} after ${lab}: passed to the lab; dmsim's own options go before ${lab}`);
}
