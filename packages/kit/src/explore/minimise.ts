// minimise.ts — From a run that fails to the few choices that make it fail. Mirrors "delta debugging" (Zeller and Hildebrandt, 2002).

/** Asked for each try: whether a run with these choices still does what it is about. */
export type StillFails = (choices: readonly number[]) => boolean;

/** No more runs than this are spent. */
const MAX_TRIES = 600;

/**
 * `choices` must fail. Returns a list that fails, too, with as few choices above 0 as was found, these as small as
 * possible, and without zeros at its end. Every try is a run, and the same input makes the same tries.
 */
export function minimiseChoices(choices: readonly number[], stillFails: StillFails): number[] {
  let tries = 0;
  const fails = (candidate: readonly number[]): boolean =>
    tries++ < MAX_TRIES && stillFails(candidate);
  const cut = shortestPrefix(trim(choices), fails);
  const few = fewestDeviations(cut, fails);
  return trim(smallestNumbers(few, fails));
}

/** fifo has no choices above 0; what stands behind the last of them says nothing. */
function trim(choices: readonly number[]): number[] {
  return choices.slice(0, choices.findLastIndex((choice) => choice > 0) + 1);
}

function shortestPrefix(choices: number[], fails: StillFails): number[] {
  let known = choices;
  for (let step = choices.length; step >= 1; step = Math.floor(step / 2)) {
    while (step <= known.length && fails(known.slice(0, known.length - step))) {
      known = known.slice(0, known.length - step);
    }
  }
  return known;
}

/** Sets parts of them to 0, large parts first. */
function fewestDeviations(choices: number[], fails: StillFails): number[] {
  let known = choices;
  let size = places(known).length;
  while (size >= 1) {
    let removed = false;
    for (let i = 0; i < places(known).length;) {
      const chunk = places(known).slice(i, i + size);
      const found = without(known, chunk).find(fails);
      if (found === undefined) {
        i += size;
      } else {
        known = found;
        removed = true;
      }
    }
    if (size === 1 && !removed) return known;
    size = size > 1 ? Math.ceil(size / 2) : 1;
  }
  return known;
}

/**
 * The choices without those at `chunk`. A single one less may make a choice more or less in between: then those that
 * follow fit again once they are moved.
 */
function without(choices: readonly number[], chunk: readonly number[]): number[][] {
  const out = new Set(chunk);
  const zeroed = choices.map((choice, at) => (out.has(at) ? 0 : choice));
  const [at, ...more] = chunk;
  if (at === undefined || more.length > 0) return [zeroed];
  return [
    zeroed,
    zeroed.toSpliced(at, 1),
    zeroed.toSpliced(at, 0, 0),
    zeroed.toSpliced(at, 2),
  ].filter((candidate) => places(candidate).length < places(choices).length);
}

/** The places at which the run deviates from fifo. */
const places = (choices: readonly number[]): number[] =>
  choices.flatMap((choice, at) => (choice > 0 ? [at] : []));

function smallestNumbers(choices: number[], fails: StillFails): number[] {
  let known = choices;
  for (const at of places(known)) {
    for (let smaller = 1; smaller < (known[at] ?? 0); smaller++) {
      const candidate = known.with(at, smaller);
      if (fails(candidate)) {
        known = candidate;
        break;
      }
    }
  }
  return known;
}
