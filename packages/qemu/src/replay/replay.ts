// replay.ts — Plays the client of a transcript against a simulated QEMU and compares the answers.
//
// The inputs are the command line, what the client wrote, and what was done to devices, guest and host. A transcript with
// times (`t_ms`) is played at those times. One without times does not say how long its client waited, so this client waits
// as the recorder's did: until as many messages have come as the recording has up to there, and then until no more come.
// Nothing that QEMU said goes into the simulation, with one exception: the greeting's package names the build of QEMU, and
// that build is simulated.
import type { Nanos } from '@dmsim/sim';
import { millis, seconds } from '@dmsim/sim';

import type { HostFile } from '../block/host-file.ts';
import { allocatedClusters } from '../block/qcow2-allocated.ts';
import { parseQcow2 } from '../block/qcow2-image.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, printJson } from '../qmp/json.ts';
import type { QemuBuild } from '../vm/vm.ts';
import { runInGuest } from './guest-linux.ts';
import { normalise } from './normalise.ts';
import type { QueueDriver } from './queue-driver.ts';
import {
  expectedText,
  forgetRequests,
  initDevice,
  isRequest,
  resetDevice,
  submitRequests,
} from './queue-driver.ts';
import { BALLAST, committedChunks, differingChunks } from './recorded-host.ts';
import type { TranscriptLine } from './transcript.ts';
import { parseTranscript } from './transcript.ts';
import type { World, WorldOptions } from './world.ts';
import { createWorld, runToTime, runUntil, sendText, settle } from './world.ts';

/** A line at which a replay differs from its recording. */
export interface Difference {
  /** The line number in the transcript, from 1. Of a message that the recording lacks: the line before which it came. */
  readonly line: number;
  readonly expected: string;
  readonly got: string;
}

export interface ReplayOptions extends Omit<WorldOptions, 'argv' | 'build'> {
  /** True if the recorder's client wrote its next command as soon as it had the reply. */
  readonly atOnce?: boolean;
}

const TOLERANCE: Nanos = millis(60);
const LONGEST_WAIT: Nanos = seconds(30);
/** The longest time that the recorder waited for the state of a request. */
const STATE_WAIT: Nanos = seconds(3);
const GUEST_WAIT: Nanos = seconds(150);

interface Replay {
  readonly world: World;
  /** `t_ms` of the greeting, which is the machine's time 0; null if the recording has no times. */
  readonly base: number | null;
  readonly atOnce: boolean;
  seen: number;
  previous: TranscriptLine | null;
}

const OVERLAY = '$W/ovl.qcow2';
const COMPARED: ReadonlySet<string> = new Set(['$W/src.raw', '$W/dst.raw']);

/** Replays a transcript. Returns the first difference, or null if there is none. */
export function replayQmp(
  lines: readonly string[],
  options: ReplayOptions = {},
): Difference | null {
  const first = replayDifferences(lines, options).next();
  return first.done === true ? null : first.value;
}

/**
 * Replays a transcript, difference by difference. After one it goes on with what the client wrote next: a message that came too
 * early is one the recording lacks, and one that comes later in the recording stands for the lines that are missing before it.
 */
export function* replayDifferences(
  lines: readonly string[],
  options: ReplayOptions = {},
): Generator<Difference, void> {
  const parsed = parseTranscript(lines);
  const replay = beginReplay(lines, parsed, options);
  if ('expected' in replay) {
    yield replay;
    return;
  }
  const { messages } = replay.world;
  for (const [i, line] of parsed.entries()) {
    if (i === 0) continue;
    const difference = playLine(replay, line);
    if (difference !== null) {
      yield difference;
      if (line.dir === 's2c') yield* realign(replay, line, parsed.slice(i + 1));
    }
    replay.previous = line;
  }
  for (const { text } of messages.slice(replay.seen))
    yield differ(parsed.length, 'nothing more', text);
}

/** Starts the machine of the transcript; a difference if there is none to start. */
function beginReplay(
  lines: readonly string[],
  parsed: readonly TranscriptLine[],
  { atOnce = false, ...options }: ReplayOptions,
): Replay | Difference {
  const meta = parsed[0];
  if (meta === undefined || meta.dir !== 'meta') return differ(1, 'a meta line', '');
  const argv = meta.fields['argv'] as string[];
  const greeting = parsed.find((line) => line.dir === 's2c');
  const says = (text: string): boolean => lines.some((line) => line.includes(text));
  // Some files are looked at in the end, whether QEMU opened them or not.
  const isNamed = (path: string): boolean =>
    says(path) ||
    (path === OVERLAY && says('"overlay_backing_filename"')) ||
    (COMPARED.has(path) && says('"compare"'));
  const world = createWorld({ isNamed, ...options, argv, build: buildOf(greeting) });
  if (typeof world === 'string') return differ(1, 'a machine', world);
  return { world, base: greeting?.at ?? null, atOnce, seen: 0, previous: null };
}

/** Makes the next line meet the message that belongs to it, after that of `line` differed, and was counted as seen. */
function* realign(
  replay: Replay,
  line: TranscriptLine,
  rest: readonly TranscriptLine[],
): Generator<Difference, void> {
  const { world } = replay;
  const expected = expectedMessage(line);
  const index = replay.seen - 1;
  const message = world.messages[index];
  // Nothing came, which leaves nothing for the next line to meet; or what came did so at another time.
  if (message === undefined) replay.seen = index;
  if (message === undefined || message.text === expected) return;
  const later = world.messages.findIndex(({ text }, i) => i > index && text === expected);
  if (later >= 0) {
    for (const { text } of world.messages.slice(index + 1, later))
      yield differ(line.number, expected, text);
    replay.seen = later + 1;
    return;
  }
  // If the message belongs to a later line, those before that line are missing. Nothing answers a command before it is sent.
  for (const other of rest) {
    if (other.dir === 'c2s') return;
    if (other.dir !== 's2c' || expectedMessage(other) !== message.text) continue;
    replay.seen = index;
    return;
  }
}

const expectedMessage = ({ fields }: TranscriptLine): string => normalise(fields['msg'] ?? null);

const differ = (line: number, expected: string, got: string): Difference => ({
  line,
  expected,
  got,
});

function buildOf(greeting: TranscriptLine | undefined): QemuBuild {
  const message = greeting?.fields['msg'];
  const qmp = isJsonObject(message) ? message['QMP'] : undefined;
  const version = isJsonObject(qmp) ? qmp['version'] : undefined;
  return isJsonObject(version) && version['package'] === '' ? 'series' : '7.2';
}

function playLine(replay: Replay, line: TranscriptLine): Difference | null {
  switch (line.dir) {
    case 's2c':
      return expectMessage(replay, line);
    case 'c2s':
      waitBefore(replay, line);
      sendText(replay.world, `${clientText(line.fields)}\n`);
      return null;
    case 'dev':
      return playDevice(replay, line);
    case 'guest':
      return playGuest(replay, line);
    case 'host':
      return expectHost(replay, line);
    case 'note':
      return null;
    default:
      return differ(line.number, 'a known kind of line', line.dir);
  }
}

const clientText = ({ msg, raw }: JsonObject): string =>
  typeof raw === 'string' ? raw : printJson(msg ?? null);

/** The virtual time of a line; null if the recording has no times. */
const timeOf = ({ base }: Replay, line: TranscriptLine): Nanos | null =>
  base === null || line.at === null ? null : millis(line.at - base);

function waitBefore(replay: Replay, line: TranscriptLine): void {
  const at = timeOf(replay, line);
  if (at !== null) runToTime(replay.world, at);
  else if (isFollowed(replay.previous) && !replay.atOnce) settle(replay.world);
}

/** True for a line after which the recorder waited until no more messages came. */
const isFollowed = (line: TranscriptLine | null): boolean =>
  line?.dir === 's2c' || (line?.dir === 'dev' && line.fields['state'] !== undefined);

function expectMessage(replay: Replay, line: TranscriptLine): Difference | null {
  const { world } = replay;
  const at = timeOf(replay, line);
  const expected = expectedMessage(line);
  const limit = at === null ? LONGEST_WAIT : Math.max(0, at + TOLERANCE - world.sim.now);
  const index = replay.seen++;
  runUntil(world, () => world.messages.length > index, limit);
  const message = world.messages[index];
  if (message === undefined) return differ(line.number, expected, 'nothing');
  if (message.text !== expected) return differ(line.number, expected, message.text);
  if (at !== null && Math.abs(message.at - at) > TOLERANCE) {
    const got = `${message.text} at ${Math.round((message.at - at) / 1e6)} ms from then`;
    return differ(line.number, expected, got);
  }
  return null;
}

function playDevice(replay: Replay, line: TranscriptLine): Difference | null {
  const { fields } = line;
  const { world } = replay;
  const { submit, state } = fields;
  if (Array.isArray(submit)) {
    const at = timeOf(replay, line);
    if (at !== null) runToTime(world, at);
    // The recorder's driver writes rings through the main loop, which has carried out what came before.
    else if (replay.previous?.dir === 'dev') runToTime(world, world.sim.now);
    const requests = submit.filter(isRequest);
    const driver = driverOf(
      world,
      requests.map(({ id }) => id as string),
    );
    if (driver === undefined) return differ(line.number, 'a disk', 'none');
    submitRequests(driver, requests);
    return null;
  }
  if (state !== undefined) return expectState(replay, line);
  return playReset(replay, line);
}

/** Chooses the disk by the ids of its requests: with two disks, ids begin with `b` for the second one. */
function driverOf(world: World, ids: readonly string[]): QueueDriver | undefined {
  const second = world.drivers.length > 1 && ids.some((id) => id.startsWith('b'));
  return world.drivers[second ? 1 : 0];
}

/**
 * A driver that polls sees a state a little before or after the messages of the same moment, so both directions are
 * searched.
 */
function expectState(replay: Replay, line: TranscriptLine): Difference | null {
  const { world } = replay;
  const { fields } = line;
  const ids = Object.keys(fields['state'] as JsonObject);
  const driver = driverOf(world, ids);
  if (driver === undefined) return differ(line.number, 'a disk', 'none');
  const at = timeOf(replay, line);
  const expected = expectedText(fields);
  waitBefore(replay, line);
  const last = (): string => driver.history.at(-1)?.text ?? '';
  const since = at === null ? world.sim.now : at - TOLERANCE;
  const wait = at === null ? STATE_WAIT : TOLERANCE;
  const found =
    wasState(driver, expected, since) || runUntil(world, () => last() === expected, wait);
  if (ids.some((id) => id.endsWith('tur1'))) forgetRequests(driver);
  return found ? null : differ(line.number, expected, last());
}

/** Whether the driver was in that state at some time from `since` on. */
function wasState({ history }: QueueDriver, expected: string, since: Nanos): boolean {
  return history.some(
    ({ text }, i) => text === expected && (history[i + 1]?.at ?? Infinity) >= since,
  );
}

function playReset(replay: Replay, line: TranscriptLine): Difference | null {
  const { world } = replay;
  const what = line.fields['do'];
  const [driver] = world.drivers;
  if (driver === undefined || typeof what !== 'string')
    return differ(line.number, 'a disk', 'none');
  if (what === 'reset returned') return expectReset(replay, line, driver);
  waitBefore(replay, line);
  world.resetPending = true;
  resetDevice(driver, () => {
    world.resetPending = false;
    if (what.includes('re-init')) initDevice(driver);
  });
  if (what.includes('re-init')) runUntil(world, () => !world.resetPending, LONGEST_WAIT);
  return null;
}

function expectReset(replay: Replay, line: TranscriptLine, driver: QueueDriver): Difference | null {
  const { world } = replay;
  const at = timeOf(replay, line) ?? 0;
  const limit = Math.max(0, at + TOLERANCE - world.sim.now);
  const returned = runUntil(world, () => !world.resetPending, limit);
  initDevice(driver);
  if (!returned) return differ(line.number, 'the reset returns', 'it does not');
  const off = Math.round((world.sim.now - at) / 1e6);
  return Math.abs(off) * 1e6 > TOLERANCE
    ? differ(line.number, 'the reset returns', `it does at ${off} ms from then`)
    : null;
}

function playGuest(replay: Replay, line: TranscriptLine): Difference | null {
  const { world } = replay;
  const { guest } = world;
  if (guest === null) return differ(line.number, 'a guest', 'none');
  const { in: input, out: output } = line.fields;
  if (typeof input === 'string') {
    waitBefore(replay, line);
    if (!runUntil(world, () => guest.ready, GUEST_WAIT))
      return differ(line.number, 'a guest that is up', 'none');
    world.command = runInGuest(guest, input);
    return null;
  }
  const { command } = world;
  if (command === null) return differ(line.number, 'a command', 'none');
  runUntil(world, () => command.output !== null, GUEST_WAIT);
  const got = command.output ?? 'nothing';
  return got === output ? null : differ(line.number, printJson(output as Json), got);
}

/** Compares the host's files after QEMU has ended with what the recorder found. */
function expectHost(replay: Replay, line: TranscriptLine): Difference | null {
  const { world } = replay;
  if (typeof line.fields['do'] === 'string') {
    // "rm ballast": the recorder made room on the full file system.
    settle(world);
    world.fullFileSystem.free += BALLAST;
    return null;
  }
  const { dir: _dir, t_ms: _at, meaning: _meaning, ...expected } = line.fields;
  settle(world);
  const got = printJson(hostFacts(world, line.fields));
  const wanted = printJson(expected);
  return got === wanted ? null : differ(line.number, wanted, got);
}

const contentOf = (file: HostFile | undefined): Uint8Array =>
  file?.readAt(0, file.size()) ?? new Uint8Array();

function hostFacts(world: World, fields: JsonObject): JsonObject {
  const bytesOf = (name: string): Uint8Array => contentOf(world.files.get(`$W/${name}`));
  if ('qemu_exit' in fields) {
    const { exit } = world.vm;
    return {
      qemu_exit: exit === null ? null : exit.kind === 'aborted' ? -exit.signal : exit.status,
    };
  }
  if ('compare' in fields) {
    const differing = differingChunks(bytesOf('src.raw'), bytesOf('dst.raw'));
    return {
      compare: 'source vs target',
      differing_64k_chunks: differing.length,
      first_difference: differing[0] ?? null,
    };
  }
  if ('overlay_backing_filename' in fields) {
    const file = world.files.get(OVERLAY);
    const image = file === undefined ? null : parseQcow2(file);
    const overlay = typeof image === 'string' ? null : image;
    return {
      overlay_backing_filename: overlay?.backingFile ?? null,
      overlay_bytes_allocated: overlay === null ? 0 : allocatedClusters(overlay).here * (64 << 10),
    };
  }
  return {
    base_64k_chunks_with_committed_data: committedChunks(bytesOf('base.raw')),
    expected: 24,
  };
}
