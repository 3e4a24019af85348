// cookies.ts — The cookies of dmsetup: semaphores by which several calls wait for udev together.
import { refuse } from '@dmsim/coreutils';
import { formatTime, SIMULATION_START } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { createPrng, streamSeed, uniformInteger, userWait, wakeUp } from '@dmsim/sim';

import { destroyIfDone } from '../../udev/udev.ts';
import type { Run } from './run.ts';
import { logError } from './run.ts';

/** DM_COOKIE_MAGIC, the upper half of a cookie that people see. */
const MAGIC = 0x0d4d;

/** Prints a new cookie; without udev there is none, and nothing is printed. */
export function udevCreateCookie({ tool, machine }: Run): boolean {
  const { udev, sim } = machine;
  if (!udev.running) return true;
  const semid = udev.nextCookie++ - 1;
  const rng = createPrng(streamSeed(sim.seed, `cookie ${semid + 1}`));
  let id = 0;
  do id = uniformInteger(rng, 1, 0xffff);
  while (udev.semaphores.has(id));
  udev.semaphores.set(id, { value: 1, changed: null, made: sim.now, semid });
  tool.out.put(`${cookieText(id)}\n`);
  return true;
}

const hexOf = (id: number): string => `0x${(((MAGIC << 16) | id) >>> 0).toString(16)}`;

const cookieText = (id: number): string =>
  `0x${(((MAGIC << 16) | id) >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;

/** The one of --udevcookie or $DM_UDEV_COOKIE, which this call adds to and does not wait for. */
export function sharedCookie(run: Run): number | undefined {
  const { switches, tool } = run;
  const word = switches.value('udevcookie') ?? tool.context.env.get('DM_UDEV_COOKIE');
  return word === undefined ? undefined : idOf(run, word);
}

function idOf({ tool, machine }: Run, word: string): number {
  const cookie = /^(?:0x[\da-f]+|\d+)$/i.test(word) ? Number(word) : 0;
  const id = cookie & 0xffff;
  if (cookie >>> 16 !== MAGIC || !machine.udev.semaphores.has(id))
    refuse(tool, `a cookie that is not there: ${word}`);
  return id;
}

/** semop(2), as long as it is interrupted by signals that do not end the program. */
function* waitForSemaphore({ machine, tool }: Run, condition: () => boolean): Task<void> {
  const { processed } = machine.udev;
  const wait = { on: processed.name, queue: processed, timeout: Infinity };
  while (!condition()) yield* userWait(tool.process, wait);
}

/** Waits until udev is through with all that carries the cookie, and takes it away. */
export function* udevReleaseCookie(
  run: Run,
  { args }: { readonly args: readonly string[] },
): Task<boolean> {
  const { tool, machine } = run;
  if (!machine.udev.running) return true;
  const word = args[0] ?? tool.context.env.get('DM_UDEV_COOKIE');
  if (word === undefined) return yield* logError(run, 'No udev transaction cookie given.');
  const id = idOf(run, word);
  const { semaphores } = machine.udev;
  const { value = 1, semid = 0 } = semaphores.get(id) ?? {};
  if (value < 1) {
    semaphores.delete(id);
    const cookie = hexOf(id);
    yield* logError(
      run,
      `semid ${semid}: semop failed for cookie ${cookie}: incorrect semaphore state`,
    );
    return yield* logError(
      run,
      'Failed to set a proper state for notification semaphore identified by cookie value ' +
        `${Number(cookie)} (${cookie}) to initialize waiting for incoming notifications.`,
    );
  }
  yield* releaseSemaphore(run, id);
  return true;
}

/** Gives up the maker's own count, waits until udev has given up its own, and destroys the semaphore. */
export function* releaseSemaphore(run: Run, id: number): Task<void> {
  const { machine } = run;
  complete(run, id);
  yield* waitForSemaphore(run, () => destroyIfDone(machine.udev, id));
}

function complete({ machine: { udev, sim } }: Run, id: number): void {
  const semaphore = udev.semaphores.get(id);
  if (semaphore === undefined) return;
  semaphore.value--;
  semaphore.changed = sim.now;
  wakeUp(udev.processed);
}

/** Counts the cookie down by one, as udev's rules do at their end, and prints a property for them. */
export function udevComplete(run: Run, { args }: { readonly args: readonly string[] }): boolean {
  const id = idOf(run, args[0] ?? '');
  complete(run, id);
  run.tool.out.put(`DM_COOKIE_COMPLETED=${hexOf(id).padEnd(12)}\n`);
  return true;
}

const time = (at: number | null): string =>
  formatTime('%a %b %e %H:%M:%S %Y', at === null ? 0 : SIMULATION_START + Math.floor(at / 1e9));

/** A line for each: cookie, number, value, and the times of its last change by an event and of its making. */
export function udevCookies({ tool, machine }: Run): boolean {
  tool.out.put('Cookie       Semid      Value      Last semop time           Last change time\n');
  for (const [id, { value, changed, made, semid }] of machine.udev.semaphores) {
    const numbers = `${hexOf(id).padEnd(12)} ${String(semid).padEnd(10)} ${String(value).padEnd(10)}`;
    tool.out.put(`${numbers} ${time(changed)}  ${time(made)}\n`);
  }
  return true;
}

export function udevCompleteAll({ tool, switches, machine: { udev } }: Run): boolean {
  if (!switches.has('y')) refuse(tool, 'dmsetup udevcomplete_all without -y, which asks');
  const count = udev.semaphores.size;
  udev.semaphores.clear();
  wakeUp(udev.processed);
  tool.out.put(`${count} semaphores with keys prefixed by 3405 (0xd4d) destroyed. 0 skipped.\n`);
  return true;
}
