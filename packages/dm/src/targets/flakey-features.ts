// flakey-features.ts — The feature words of a flakey table. Mirrors dm-flakey.c: parse_features.
import type { ArgRange, ArgSet } from '../table/read-arg.ts';
import { argsLeft, readArg, readArgGroup, shiftArg } from '../table/read-arg.ts';
import type { CtrFailure } from '../target-type.ts';

/** Overwrites byte `nth`, counted from 1, of bios that have all of `flags`. */
export interface CorruptByte {
  readonly nth: number;
  readonly direction: 'r' | 'w';
  readonly value: number;
  readonly flags: number;
}

export interface FlakeyFeatures {
  errorReads: boolean;
  dropWrites: boolean;
  errorWrites: boolean;
  corruptByte: CorruptByte | null;
  /** How many bios in 10^9 get one byte changed. */
  randomRead: number;
  randomWrite: number;
}

const U32 = 0xffffffff;

const COUNT: ArgRange = { min: 0, max: 11, error: 'Invalid number of feature args' };
const NTH: ArgRange = { min: 1, max: U32, error: 'Invalid corrupt bio byte' };
const VALUE: ArgRange = {
  min: 0,
  max: 255,
  error: 'Invalid corrupt value to write into bio byte (0-255)',
};
const FLAGS: ArgRange = { min: 0, max: U32, error: 'Invalid corrupt bio flags mask' };
/** Probabilities are given as a number of bios in this many. */
export const PROBABILITY_BASE = 1_000_000_000;
const RANDOM: ArgRange = {
  min: 0,
  max: PROBABILITY_BASE,
  error: 'Invalid random corrupt argument',
};

const invalid = (error: string): CtrFailure => ({ error, errno: 'EINVAL' });

/** [<#features> { error_reads | drop_writes | error_writes | corrupt_bio_byte <nth> <r|w> <value> <flags> | random_(read|write)_corrupt <n> }*] */
export function parseFeatures(args: ArgSet): FlakeyFeatures | CtrFailure {
  const features: FlakeyFeatures = {
    errorReads: false,
    dropWrites: false,
    errorWrites: false,
    corruptByte: null,
    randomRead: 0,
    randomWrite: 0,
  };
  const count = argsLeft(args) === 0 ? 0 : readArgGroup(args, COUNT);
  if (typeof count === 'object') return count;
  // A feature that takes more words than were counted makes the kernel's unsigned counter wrap: it then reads on until the words run out.
  for (let left = count; left !== 0;) {
    const before = args.next;
    const word = shiftArg(args);
    if (word === null) return invalid('Insufficient feature arguments');
    const failure = parseFeature(args, features, word.toLowerCase(), left > 1 || left < 0);
    if (failure !== undefined) return failure;
    left -= args.next - before;
  }
  return checkTogether(features);
}

/** `more`: counted words are left, which a feature with parameters needs; whether they suffice is not checked. */
function parseFeature(
  args: ArgSet,
  features: FlakeyFeatures,
  word: string,
  more: boolean,
): CtrFailure | undefined {
  switch (word) {
    case 'error_reads':
    case 'drop_writes':
    case 'error_writes':
      return setFlag(features, word);
    case 'corrupt_bio_byte':
      if (!more) return invalid('Feature corrupt_bio_byte requires parameters');
      return parseCorruptByte(args, features);
    case 'random_read_corrupt':
    case 'random_write_corrupt':
      if (!more) return invalid(`Feature ${word} requires a parameter`);
      return parseRandom(args, features, word);
    default:
      return invalid('Unrecognised flakey feature requested');
  }
}

const FLAG = {
  error_reads: 'errorReads',
  drop_writes: 'dropWrites',
  error_writes: 'errorWrites',
} as const;

function setFlag(features: FlakeyFeatures, word: keyof typeof FLAG): CtrFailure | undefined {
  if (features[FLAG[word]]) return invalid(`Feature ${word} duplicated`);
  features[FLAG[word]] = true;
  if (!features.dropWrites || !features.errorWrites || word === 'error_reads') return undefined;
  const other = word === 'drop_writes' ? 'error_writes' : 'drop_writes';
  return invalid(`Feature ${word} conflicts with feature ${other}`);
}

function parseCorruptByte(args: ArgSet, features: FlakeyFeatures): CtrFailure | undefined {
  const nth = readArg(args, NTH);
  if (typeof nth === 'object') return nth;
  const direction = (shiftArg(args) ?? '').toLowerCase();
  if (direction !== 'r' && direction !== 'w') {
    return invalid('Invalid corrupt bio direction (r or w)');
  }
  const value = readArg(args, VALUE);
  if (typeof value === 'object') return value;
  const flags = readArg(args, FLAGS);
  if (typeof flags === 'object') return flags;
  features.corruptByte = { nth, direction, value, flags };
  return undefined;
}

function parseRandom(
  args: ArgSet,
  features: FlakeyFeatures,
  word: 'random_read_corrupt' | 'random_write_corrupt',
): CtrFailure | undefined {
  const value = readArg(args, RANDOM);
  if (typeof value === 'object') return value;
  if (word === 'random_read_corrupt') features.randomRead = value;
  else features.randomWrite = value;
  return undefined;
}

/** Without any feature, all I/O fails while down. */
function checkTogether(features: FlakeyFeatures): FlakeyFeatures | CtrFailure {
  const { errorReads, dropWrites, errorWrites, corruptByte, randomRead, randomWrite } = features;
  if (corruptByte?.direction === 'w') {
    const text = 'is incompatible with corrupt_bio_byte with the WRITE flag set';
    if (dropWrites) return invalid(`drop_writes ${text}`);
    if (errorWrites) return invalid(`error_writes ${text}`);
  }
  const any = errorReads || dropWrites || errorWrites || corruptByte !== null;
  if (any || randomRead > 0 || randomWrite > 0) return features;
  return { ...features, errorReads: true, errorWrites: true };
}
