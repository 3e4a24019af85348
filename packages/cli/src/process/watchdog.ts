// watchdog.ts — Calls a function that must come back: V8 itself breaks it off, even inside a regular expression.
import { Script } from 'node:vm';

const HOOK = '__dmsimWatched';
const CALL = new Script(`globalThis.${HOOK}()`, { filename: 'watchdog' });

/** Undefined when `act` was still running after `ms` milliseconds: what it did until then stays done. */
export function callWithin<T>(ms: number, act: () => T): T | undefined {
  const hooks = globalThis as unknown as Record<string, () => T>;
  hooks[HOOK] = act;
  try {
    return CALL.runInThisContext({ timeout: Math.min(Math.max(Math.ceil(ms), 1), MAX_MS) }) as T;
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return undefined;
    throw error;
  }
}

/** The longest time that a timer takes. */
const MAX_MS = 2 ** 31 - 1;
