// verify-kinds.ts — The kinds of verify=. After fio's verify.h.
import { crc32 } from '@dmsim/block';
import { md5, sha1 } from '@noble/hashes/legacy.js';

import { crc32c } from '../crc.ts';

const bigEndian = (crc: number): Uint8Array =>
  Uint8Array.of(crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff);

export interface VerifyKind {
  /** Its number in a header: enum in fio's verify.h. */
  readonly media: number;
  /** The digest of the data behind the header, which the header keeps. Without it only headers are checked. */
  readonly digest?: (data: Uint8Array) => Uint8Array;
}

export type VerifyKindName = 'meta' | 'md5' | 'crc32' | 'crc32c' | 'sha1';

export const VERIFY_KINDS: Readonly<Record<VerifyKindName, VerifyKind>> = {
  meta: { media: 1 },
  md5: { media: 2, digest: md5 },
  crc32: { media: 4, digest: (data) => bigEndian(crc32(data)) },
  crc32c: { media: 5, digest: (data) => bigEndian(crc32c(data)) },
  sha1: { media: 16, digest: sha1 },
};

export const isVerifyKind = (name: string): name is VerifyKindName =>
  Object.hasOwn(VERIFY_KINDS, name);
