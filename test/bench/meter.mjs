// Measures a closed loop from within: from the end of its warm-up on, without a pause, so that nothing in it is new to V8.

/** Bios until V8 has compiled everything for good, and moved what stays to where what stays is kept. */
const WARM_UP = 4_000_000;

/** `over` is called once a completion, and says whether the loop shall come to its end. */
export function createMeter(bios) {
  let done = 0;
  let mark = WARM_UP;
  let before = null;
  let used = null;
  const pass = () => {
    if (before === null) {
      before = process.cpuUsage();
      mark = WARM_UP + bios;
      return false;
    }
    used ??= process.cpuUsage(before);
    return true;
  };
  return {
    over: () => ++done >= mark && pass(),
    done: () => done,
    nsPerBio: () => ((used.user + used.system) * 1000) / bios,
  };
}
