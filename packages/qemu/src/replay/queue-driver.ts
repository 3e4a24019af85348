// queue-driver.ts — Plays the guest's driver as the recorder did: puts requests on a queue and looks at their states.
import { runBlocking } from '../aio/main-loop.ts';
import type { DiskOp, DiskResult, GuestDisk } from '../devices/guest-disk.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject, printJson } from '../qmp/json.ts';

export interface QueueDriver {
  readonly disk: GuestDisk;
  /** The state of each request by id, in order of submission. */
  readonly live: Map<string, Json>;
  /** Ids in the order in which the device put them on the used ring. */
  readonly used: string[];
  /** All states so far with their times, newest last. */
  readonly history: { readonly at: number; readonly text: string }[];
  /** True after a reset of the machine: the device must be set up before its next use. */
  stale: boolean;
}

export function createQueueDriver(disk: GuestDisk): QueueDriver {
  const driver: QueueDriver = { disk, live: new Map(), used: [], history: [], stale: false };
  disk.model.start(disk, { flush: true });
  noteState(driver);
  return driver;
}

const OPS: Readonly<Record<string, DiskOp>> = {
  read: 'read',
  write: 'write',
  flush: 'flush',
  discard: 'discard',
  'write-zeroes': 'write-zeroes',
  tur: 'test-unit-ready',
};

/** Puts requests on the queue and kicks the device once. */
export function submitRequests(driver: QueueDriver, requests: readonly JsonObject[]): void {
  const { disk, live } = driver;
  if (driver.stale) {
    driver.stale = false;
    forgetRequests(driver);
    initDevice(driver);
  }
  for (const { id } of requests) live.set(id as string, 'pending');
  noteState(driver);
  disk.model.submit(
    disk,
    requests.map(({ id, op, sector, len }) => ({
      op: OPS[op as string] ?? 'flush',
      sector: sector as number,
      bytes: len as number,
      // The recorder's buffers held zeroes.
      data: op === 'write' ? new Uint8Array(len as number) : null,
      done: (result: DiskResult) => complete(driver, id as string, describe(disk, result)),
      aborted: () => complete(driver, id as string, ABORTED),
    })),
  );
}

/** VIRTIO_SCSI_S_ABORTED */
const ABORTED: Json = { status: 'GOOD', response: 2 };

function complete(driver: QueueDriver, id: string, result: Json): void {
  if (!driver.live.has(id)) return;
  driver.live.set(id, result);
  driver.used.push(id);
  noteState(driver);
}

function describe(disk: GuestDisk, result: DiskResult): Json {
  if (result.kind === 'check-condition') {
    const { key, asc, ascq } = result.sense;
    const sense = `key=0x${key.toString(16)} asc=0x${hex(asc)} ascq=0x${hex(ascq)}`;
    return { status: 'CHECK CONDITION', response: 0, sense };
  }
  if (disk.model.name === 'scsi-hd') return { status: 'GOOD', response: 0 };
  return result.kind === 'unsupported' ? 'unsupp' : result.kind;
}

const hex = (n: number): string => n.toString(16).padStart(2, '0');

function noteState(driver: QueueDriver): void {
  driver.history.push({ at: driver.disk.layer.sim.now, text: stateText(driver) });
}

function stateText({ live, used }: QueueDriver): string {
  const state = jsonObject();
  for (const [id, value] of live) state[id] = value;
  return printJson({ state, used: [...used] });
}

export const expectedText = (fields: JsonObject): string =>
  printJson({ state: fields['state'] as Json, used: fields['used'] as Json });

/** Makes the driver forget the requests it had put on the queue. */
export function forgetRequests(driver: QueueDriver): void {
  driver.live.clear();
  driver.used.length = 0;
  noteState(driver);
}

/** Writes 0 to the status register. `done` is called once the device has nothing under way. */
export function resetDevice(driver: QueueDriver, done: () => void): void {
  const { disk } = driver;
  runBlocking(disk.layer.main, disk.model.reset(disk), () => {
    forgetRequests(driver);
    done();
  });
}

export const initDevice = ({ disk }: QueueDriver): void => disk.model.start(disk, { flush: true });

export const isRequest = (value: Json): value is JsonObject => isJsonObject(value);
