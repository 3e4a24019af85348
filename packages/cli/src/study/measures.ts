// measures.ts — Refuses a study whose runs do not measure what is asked of them, as early as that can be known.
import type { Study, Variable } from '@dmsim/study';

import { Refusal } from '../refusal.ts';

/**
 * The refusal of a lab in which nothing seems to measure: neither it nor a file that a variable names has the word `measure` or
 * `fio`. A lab may put the words together from parts, so only a run proves it. Null: something does.
 */
export function unmeasuredOf(
  command: string,
  { lab, workload, files }: Study,
  variables: readonly Variable[],
): Refusal | null {
  if (workload !== null) return null;
  const texts = [lab, ...files].map(({ text }) => text);
  const values = variables.flatMap((variable) => variable.values);
  if ([...texts, ...values].some((text) => /\b(?:measure|fio)\b/.test(text))) return null;
  return new Refusal(
    `${command}: nothing is measured: no --workload, and no simctl measure in ${lab.name}`,
  );
}

/** The refusal of a run that has measured something, but none of the name that `--measure` gives; null: it has. */
export function missingMeasure(
  command: string,
  measured: readonly string[],
  wanted: readonly string[],
): Refusal | null {
  const missing = wanted.find((name) => !measured.includes(name));
  if (missing === undefined) return null;
  return new Refusal(
    `${command}: --measure ${missing} was not measured; there are ${measured.join(', ')}`,
  );
}
