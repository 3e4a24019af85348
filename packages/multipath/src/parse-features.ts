// parse-features.ts — The feature words of a table line. Mirrors dm-mpath.c: parse_features.
import type { ArgSet, CtrFailure } from '@dmsim/dm';
import { createArgSet, DM_TYPE, readArg, readArgGroup, shiftArg, shiftArgs } from '@dmsim/dm';

import type { Multipath } from './multipath.ts';

const FEATURE_COUNT = { min: 0, max: 8, error: 'invalid number of feature args' };
const RETRIES = { min: 1, max: 50, error: 'pg_init_retries must be between 1 and 50' };
const DELAY = { min: 0, max: 60000, error: 'pg_init_delay_msecs must be between 0 and 60000' };

/**
 * queue_if_no_path | retain_attached_hw_handler | pg_init_retries N | pg_init_delay_msecs N | queue_mode { bio | rq | mq }
 *
 * In any order and any case; of repeated ones the last counts.
 */
export function parseFeatures(m: Multipath, args: ArgSet): CtrFailure | undefined {
  const count = readArgGroup(args, FEATURE_COUNT);
  if (typeof count !== 'number') return count;
  const words = createArgSet(shiftArgs(args, count));
  for (let name = shiftArg(words); name !== null; name = shiftArg(words)) {
    const failure = parseFeature(m, name.toLowerCase(), words);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function parseFeature(m: Multipath, name: string, words: ArgSet): CtrFailure | undefined {
  switch (name) {
    case 'queue_if_no_path':
      m.queueIfNoPath = true;
      return undefined;
    case 'retain_attached_hw_handler':
      m.retainAttachedHwHandler = true;
      return undefined;
    default:
      break;
  }
  // A feature that takes a value is not recognised if it is the last counted word.
  if (words.next < words.argv.length) {
    switch (name) {
      case 'pg_init_retries':
        return readInto(words, RETRIES, (value) => (m.pgInitRetries = value));
      case 'pg_init_delay_msecs':
        return readInto(words, DELAY, (value) => (m.pgInitDelayMsecs = value));
      case 'queue_mode':
        return parseQueueMode(m, shiftArg(words) ?? '');
      default:
        break;
    }
  }
  return { error: 'Unrecognised multipath feature request', errno: 'EINVAL' };
}

function readInto(
  words: ArgSet,
  range: Parameters<typeof readArg>[1],
  set: (value: number) => void,
): CtrFailure | undefined {
  const value = readArg(words, range);
  if (typeof value !== 'number') return value;
  set(value);
  return undefined;
}

function parseQueueMode(m: Multipath, mode: string): CtrFailure | undefined {
  switch (mode.toLowerCase()) {
    case 'bio':
      m.queueMode = DM_TYPE.BIO_BASED;
      return undefined;
    case 'rq':
    case 'mq':
      m.queueMode = DM_TYPE.REQUEST_BASED;
      return undefined;
    default:
      return { error: "Unknown 'queue_mode' requested", errno: 'EINVAL' };
  }
}
