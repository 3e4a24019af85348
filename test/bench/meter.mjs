// Measures a closed loop from within: from the end of its warm-up on, without a pause, so that nothing in it is new to V8.

/** Bios until V8 has compiled everything for good, and moved what stays to where what stays is kept. */
const WARM_UP = 4_000_000;
/**
 * Bios until a rehearsal, a short measurement that counts for nothing. The first time that the meter reads the time, V8 gives up what it
 * has compiled of the loop, and a fifth of the time that is measured then would be its compilers'.
 */
const REHEARSAL = 2_000_000;
const REHEARSED = 1000;

/** `over` is called once a completion, and says whether the loop shall come to its end. */
export function createMeter(bios) {
  let done = 0;
  let mark = REHEARSAL;
  let before = null;
  let used = null;
  let rehearsing = true;
  const pass = () => {
    if (before === null) {
      before = process.cpuUsage();
      mark += rehearsing ? REHEARSED : bios;
      return false;
    }
    used ??= process.cpuUsage(before);
    if (!rehearsing) return true;
    rehearsing = false;
    before = null;
    used = null;
    mark = WARM_UP;
    return false;
  };
  return {
    over: () => ++done >= mark && pass(),
    done: () => done,
    nsPerBio: () => ((used.user + used.system) * 1000) / bios,
  };
}
