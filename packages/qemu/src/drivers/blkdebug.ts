// blkdebug.ts — Injects errors on demand. Mirrors block/blkdebug.c.
//
// A rule: {event, iotype?, errno=5, sector?, once=false, state?, immediately=false}. It is armed when its event happens
// ("none": when the node is opened) and hits the first request of that type that covers the sector. A rule's error
// never reaches the image; it comes back in the thread's next turn, in order of submission.
import type { Errno } from '@dmsim/sim';
import { errnoOf, NotSupported } from '@dmsim/sim';

import { scheduleCoroutine } from '../aio/aio-context.ts';
import type { BlockDriver, BlockOp, BlockRequest, Complete } from '../block/block-driver.ts';
import type { HostFiles } from '../block/host-file.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, passDown, primaryChild } from '../block/node.ts';
import { defaultRights } from '../block/permissions.ts';
import { RIGHT } from '../block/rights.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { optionalFlag, optionalSize, optionalString, optionList } from './options.ts';
import { allocationBelow, clusterInfo, fileOf } from './raw.ts';

interface InjectRule {
  readonly event: string;
  readonly iotype: BlockOp | null;
  /** Of the error. */
  readonly number: number;
  /** Bytes; null = any. */
  readonly offset: number | null;
  readonly once: boolean;
  readonly state: number;
  readonly immediately: boolean;
}

interface StateRule {
  readonly event: string;
  readonly state: number;
  readonly newState: number;
}

interface BlkdebugState {
  injectRules: InjectRule[];
  readonly stateRules: readonly StateRule[];
  active: InjectRule[];
  state: number;
  breakpoints: Breakpoint[];
  suspended: Suspended[];
}

interface Breakpoint {
  readonly event: string;
  readonly tag: string;
}

/** A request that a breakpoint holds. */
interface Suspended {
  readonly tag: string;
  readonly resume: () => void;
}

const EIO = 5;

const stateOf = (node: BlockNode): BlkdebugState => node.state as BlkdebugState;

function parseInject(rule: JsonObject): InjectRule {
  const sector = optionalSize(rule['sector']);
  return {
    event: optionalString(rule['event']) ?? 'none',
    iotype: parseIotype(rule),
    number: optionalSize(rule['errno']) ?? EIO,
    offset: sector === undefined ? null : sector * 512,
    once: optionalFlag(rule['once']) ?? false,
    state: optionalSize(rule['state']) ?? 0,
    immediately: optionalFlag(rule['immediately']) ?? false,
  };
}

function parseIotype(rule: JsonObject): BlockOp | null {
  const iotype = optionalString(rule['iotype']) ?? null;
  // Here nobody asks for it by a request, so it would never hit.
  if (iotype === 'block-status')
    throw new NotSupported('qemu', 0, 'the iotype block-status of blkdebug');
  return iotype as BlockOp | null;
}

const parseState = (rule: JsonObject): StateRule => ({
  event: optionalString(rule['event']) ?? 'none',
  state: optionalSize(rule['state']) ?? 0,
  newState: optionalSize(rule['new_state']) ?? 1,
});

const isEmptyList = (value: Json | undefined): boolean =>
  Array.isArray(value) && value.length === 0;

interface ConfiguredRules {
  readonly inject: readonly JsonObject[];
  readonly set: readonly JsonObject[];
}

/** The rules of a file: groups that `[inject-error]` and `[set-state]` begin, with lines `key = "value"`. A string is what is wrong. */
function readConfig(files: HostFiles, path: string | undefined): ConfiguredRules | string {
  const inject: JsonObject[] = [];
  const set: JsonObject[] = [];
  if (path === undefined) return { inject, set };
  const file = files.get(path);
  if (file === undefined) return 'Could not read blkdebug config file: No such file or directory';
  const text = String.fromCharCode(...file.readAt(0, file.size()));
  let group: JsonObject = {};
  for (const line of text.split('\n')) {
    const name = /^\[(inject-error|set-state)\]/u.exec(line)?.[1];
    const [, key, value] = /^\s*([\w-]+)\s*=\s*"([^"]*)"/u.exec(line) ?? [];
    if (name !== undefined) (name === 'set-state' ? set : inject).push((group = {}));
    else if (key !== undefined && value !== undefined) group[key] = value;
  }
  return { inject, set };
}

export const blkdebug: BlockDriver = {
  name: 'blkdebug',
  passesDiscards: true,
  filters: true,
  opensItsChild: true,
  strongOptions: ['config', 'inject-error.', 'set-state.'],
  open: (options, opener) => {
    if (isEmptyList(options['inject-error']))
      return { kind: 'failed', why: "Invalid parameter type for 'inject-error', expected: array" };
    const empty = ['take-child-perms', 'unshare-child-perms'].find((o) => isEmptyList(options[o]));
    if (empty !== undefined)
      return {
        kind: 'failed',
        why: `Block protocol 'blkdebug' doesn't support the option '${empty}'`,
      };
    const child = opener.child(options, 'image');
    if (typeof child === 'string') return { kind: 'failed', why: child };
    const rules = readConfig(opener.layer.files, optionalString(options['config']));
    if (typeof rules === 'string') return { kind: 'failed', why: rules };
    const state: BlkdebugState = {
      injectRules: [...rules.inject, ...optionList(options['inject-error'])].map(parseInject),
      stateRules: [...rules.set, ...optionList(options['set-state'])].map(parseState),
      active: [],
      state: 1,
      breakpoints: [],
      suspended: [],
    };
    arm(state, 'none');
    return { kind: 'opened', state, children: [child] };
  },
  length: (node) => nodeLength(fileOf(node)),
  submit: (node, request, complete) => {
    const { op } = request;
    if (op !== 'write' && op !== 'write-zeroes') {
      passOn(node, request, complete);
      return;
    }
    const done: Complete = (ret) => happen(node, 'pwritev_done', () => complete(ret));
    happen(node, op === 'write' ? 'pwritev' : 'pwritev_zero', () => passOn(node, request, done));
  },
  filename: (node) => {
    const image = fileOf(node).driver.filename(fileOf(node));
    const configured = ['inject-error', 'set-state'].some((name) => name in node.options);
    if (image === null || configured) return null;
    return `blkdebug:${optionalString(node.options['config']) ?? ''}:${image}`;
  },
  childRights: (parent, role, rights) => {
    const { needs, shares } = defaultRights(parent, role, rights);
    const { 'take-child-perms': taken, 'unshare-child-perms': unshared } = parent.options;
    return { needs: needs | rightsIn(taken), shares: shares & ~rightsIn(unshared) };
  },
  imageInfo: clusterInfo,
  reopen: () => null,
  debugEvent: happen,
  tableWritten: (node, offset, bytes) => {
    refuseEvents(node, TABLE_WRITES);
    if (findRule(stateOf(node), { op: 'write', offset, bytes }) !== undefined)
      throw new NotSupported('qemu', 0, 'an error of blkdebug when an image writes its tables');
  },
  tableFlushed: (node) => {
    const rule = takeRule(stateOf(node), { op: 'flush', offset: 0, bytes: 0, data: null });
    return rule === null ? null : errnoOfRule(rule);
  },
  tableEvents: refuseEvents,
  readsZeroes: (node) => fileOf(node).driver.readsZeroes(fileOf(node)),
  allocation: (node, offset, bytes) => allocationBelow(fileOf(node), offset, bytes),
  hasInfo: (node) => fileOf(node).driver.hasInfo(fileOf(node)),
};

/** The set of rights that a list of BlockPermission names. */
function rightsIn(names: Json | undefined): number {
  // From the command line: an object whose members are 0, 1, 2, …
  const list = isJsonObject(names) ? Object.values(names) : Array.isArray(names) ? names : [];
  return list.reduce<number>(
    (set, name) => set | (PERMISSIONS[optionalString(name) ?? ''] ?? 0),
    0,
  );
}

const PERMISSIONS: Readonly<Record<string, number>> = {
  'consistent-read': RIGHT.consistentRead,
  write: RIGHT.write,
  'write-unchanged': RIGHT.writeUnchanged,
  resize: RIGHT.resize,
};

const TABLE_WRITES: readonly string[] = ['pwritev', 'pwritev_done'];

/** Ends the lab if a rule or a breakpoint waits for one of these events, which happens where there is no request here. */
function refuseEvents(node: BlockNode, events: readonly string[]): void {
  const { injectRules, stateRules, breakpoints } = stateOf(node);
  const awaited = [...injectRules, ...stateRules, ...breakpoints].find(({ event }) =>
    events.includes(event),
  );
  if (awaited !== undefined)
    throw new NotSupported('qemu', 0, `the event ${awaited.event} of blkdebug`);
}

/** Fails the request if a rule hits it. */
function passOn(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const rule = takeRule(stateOf(node), request);
  if (rule === null) {
    if (request.op === 'flush') complete(null);
    else passDown(fileOf(node), request, complete);
    return;
  }
  const errno = errnoOfRule(rule);
  if (rule.immediately) complete(errno);
  else scheduleCoroutine(node.ctx, `injected error of ${node.name}`, () => complete(errno));
}

function errnoOfRule({ number }: InjectRule): Errno {
  const errno = errnoOf(number);
  if (errno === undefined)
    throw new NotSupported('qemu', 0, `an injected error with the number ${number}`);
  return errno;
}

/** Handles an event. If it arms rules, it disarms those armed before. A breakpoint holds the request until it is resumed. */
function happen(node: BlockNode, event: string, goOn: () => void): void {
  const s = stateOf(node);
  arm(s, event);
  const stops = s.breakpoints.filter((stop) => stop.event === event);
  s.breakpoints = s.breakpoints.filter((stop) => stop.event !== event);
  // A request that several breakpoints hold must be resumed as often.
  let left = stops.length;
  if (left === 0) goOn();
  for (const { tag } of stops)
    s.suspended.push({
      tag,
      resume: () => {
        if (--left === 0) goOn();
      },
    });
}

function arm(s: BlkdebugState, event: string): void {
  const armed = s.injectRules.filter(
    (rule) => rule.event === event && (rule.state === 0 || rule.state === s.state),
  );
  if (armed.length > 0) s.active = armed;
  const change = s.stateRules.find(
    (rule) => rule.event === event && (rule.state === 0 || rule.state === s.state),
  );
  if (change !== undefined) s.state = change.newState;
}

const findRule = (
  s: BlkdebugState,
  { op, offset, bytes }: Omit<BlockRequest, 'data'>,
): InjectRule | undefined =>
  s.active.find(
    (r) =>
      (r.iotype === null || r.iotype === op) &&
      (r.offset === null || (bytes > 0 && r.offset >= offset && r.offset < offset + bytes)),
  );

function takeRule(s: BlkdebugState, request: BlockRequest): InjectRule | null {
  const rule = findRule(s, request);
  if (rule === undefined) return null;
  if (rule.once) {
    s.active = s.active.filter((r) => r !== rule);
    s.injectRules = s.injectRules.filter((r) => r !== rule);
  }
  return rule;
}

/** The node of blkdebug through which the requests of `node` go. */
function debuggedBy(node: BlockNode): BlockNode | undefined {
  if (node.driver === blkdebug) return node;
  const below = primaryChild(node);
  return below === undefined ? undefined : debuggedBy(below);
}

/** bdrv_debug_breakpoint: the next request of which the event tells is held. */
export function setBreakpoint(node: BlockNode, event: string, tag: string): void {
  const debugged = debuggedBy(node);
  if (debugged !== undefined) stateOf(debugged).breakpoints.push({ event, tag });
}

/** bdrv_debug_remove_breakpoint: also lets go on what it holds. */
export function removeBreakpoint(node: BlockNode, tag: string): void {
  const debugged = debuggedBy(node);
  if (debugged === undefined) return;
  const s = stateOf(debugged);
  s.breakpoints = s.breakpoints.filter((stop) => stop.tag !== tag);
  while (isSuspended(node, tag)) resumeRequest(node, tag);
}

/** bdrv_debug_resume: lets one request go on. */
export function resumeRequest(node: BlockNode, tag: string): void {
  const debugged = debuggedBy(node);
  const held = debugged === undefined ? [] : stateOf(debugged).suspended;
  const at = held.findIndex((one) => one.tag === tag);
  if (at >= 0) for (const { resume } of held.splice(at, 1)) resume();
}

/** bdrv_debug_is_suspended */
export function isSuspended(node: BlockNode, tag: string): boolean {
  const debugged = debuggedBy(node);
  return debugged !== undefined && stateOf(debugged).suspended.some((held) => held.tag === tag);
}
