// address.ts — Writes what the page shows into its address, and reads it back. A link can hold anything, so everything is checked.
import type { Interference, RunSpec } from '../engine/run.ts';
import { EMPTY_VIEW, TABS } from './view.ts';
import type { View } from './view.ts';

export interface Shared {
  readonly spec: RunSpec;
  readonly nth: number;
  readonly view: View;
}

const VERSION = '1';
/** The most characters of a link, and of the text that it unfolds to. */
export const MAX_LINK = 100_000;
const MAX_TEXT = 1_000_000;
const MAX_INTERFERENCE = 200;

/** Returns the part of the address after the `#`. */
export async function encodeAddress({ spec, nth, view }: Shared): Promise<string> {
  const { lab, seed, order, requeue, interference } = spec;
  const text = JSON.stringify({ lab, seed, order, requeue, interference, nth, view });
  const packed = await through(
    new TextEncoder().encode(text),
    new CompressionStream('deflate-raw'),
    Infinity,
  );
  return `${VERSION}.${toBase64(packed)}`;
}

/** Throws an `Error` whose message says what is wrong with the link. */
export async function decodeAddress(hash: string): Promise<Shared> {
  if (hash.length > MAX_LINK) throw new Error('it is too long');
  const [version, packed, ...more] = hash.split('.');
  if (version !== VERSION || packed === undefined || more.length > 0)
    throw new Error('it is of a kind that is not known');
  let text: string;
  try {
    const bytes = await through(
      fromBase64(packed),
      new DecompressionStream('deflate-raw'),
      MAX_TEXT,
    );
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is damaged');
  }
  return check(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is damaged');
  }
}

function check(value: unknown): Shared {
  const it = asRecord(value);
  const { lab, seed, order, requeue } = it;
  if (typeof lab !== 'string') throw new Error('it has no lab');
  if (!isCount(seed) || seed > 0x7fffffff)
    throw new Error('its seed is not a number from 0 to 2147483647');
  if (order !== 'fifo' && order !== 'random') throw new Error('its order is unknown');
  if (requeue !== 'deferred-head' && requeue !== 'pushback' && requeue !== 'none')
    throw new Error('its requeue strategy is unknown');
  const list: unknown = it['interference'];
  if (!Array.isArray(list) || list.length > MAX_INTERFERENCE)
    throw new Error('its list of actions is damaged');
  const interference = list.map(checkInterference);
  const nth = isCount(it['nth']) ? it['nth'] : 0;
  return { spec: { lab, seed, order, requeue, interference }, nth, view: checkView(it['view']) };
}

function checkInterference(value: unknown): Interference {
  const { nth, text, by } = asRecord(value);
  const known = by === 'terminal' || by === 'apart' || by === 'interrupt';
  if (!isCount(nth) || typeof text !== 'string' || !known)
    throw new Error('one of its actions is damaged');
  return { nth, text, by };
}

function checkView(value: unknown): View {
  if (typeof value !== 'object' || value === null) return EMPTY_VIEW;
  const { tab } = value as Record<string, unknown>;
  const found = TABS.find((one) => one === tab);
  return found === undefined ? EMPTY_VIEW : { tab: found };
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('it is damaged');
  return value as Record<string, unknown>;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Unpacks at most `limit` bytes, since a few bytes of a link may unfold to gigabytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let length = 0;
  const limited = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      length += part.length;
      if (length > limit) controller.error(new Error('too long'));
      else controller.enqueue(part);
    },
  });
  const stream = new Blob([bytes]).stream().pipeThrough(transform).pipeThrough(limited);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  );
}
