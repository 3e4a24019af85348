// blkdebug.ts — Injects errors on demand. Mirrors block/blkdebug.c.
//
// A rule: {event, iotype?, errno=5, sector?, once=false, state?, immediately=false}. It is armed when its event happens
// ("none": when the node is opened) and hits the first request of that type that covers the sector. A rule's error
// never reaches the image; it comes back in the thread's next turn, in order of submission.
import { errnoOf, NotSupported } from '@dmsim/sim';

import { scheduleCoroutine } from '../aio/aio-context.ts';
import type { BlockDriver, BlockOp, BlockRequest } from '../block/block-driver.ts';
import type { HostFiles } from '../block/host-file.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, submitRequest } from '../block/node.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { optionalFlag, optionalSize, optionalString, optionList } from './options.ts';
import { clusterInfo, fileOf } from './raw.ts';

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
}

const EIO = 5;

const stateOf = (node: BlockNode): BlkdebugState => node.state as BlkdebugState;

function parseInject(rule: JsonObject): InjectRule {
  const sector = optionalSize(rule['sector']);
  return {
    event: optionalString(rule['event']) ?? 'none',
    iotype: (optionalString(rule['iotype']) ?? null) as BlockOp | null,
    number: optionalSize(rule['errno']) ?? EIO,
    offset: sector === undefined ? null : sector * 512,
    once: optionalFlag(rule['once']) ?? false,
    state: optionalSize(rule['state']) ?? 0,
    immediately: optionalFlag(rule['immediately']) ?? false,
  };
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
    const child = opener.child(options, 'image');
    if (typeof child === 'string') return { kind: 'failed', why: child };
    const rules = readConfig(opener.layer.files, optionalString(options['config']));
    if (typeof rules === 'string') return { kind: 'failed', why: rules };
    const state: BlkdebugState = {
      injectRules: [...rules.inject, ...optionList(options['inject-error'])].map(parseInject),
      stateRules: [...rules.set, ...optionList(options['set-state'])].map(parseState),
      active: [],
      state: 1,
    };
    happen(state, 'none');
    return { kind: 'opened', state, children: [child] };
  },
  length: (node) => nodeLength(fileOf(node)),
  submit: (node, request, complete) => {
    const rule = takeRule(stateOf(node), request);
    if (rule === null) {
      if (request.op === 'flush') complete(null);
      else submitRequest(fileOf(node), request, complete);
      return;
    }
    const errno = errnoOf(rule.number);
    if (errno === undefined)
      throw new NotSupported('qemu', 0, `an injected error with the number ${rule.number}`);
    if (rule.immediately) complete(errno);
    else scheduleCoroutine(node.ctx, `injected error of ${node.name}`, () => complete(errno));
  },
  filename: (node) => {
    const image = fileOf(node).driver.filename(fileOf(node));
    const configured = ['inject-error', 'set-state'].some((name) => name in node.options);
    if (image === null || configured) return null;
    return `blkdebug:${optionalString(node.options['config']) ?? ''}:${image}`;
  },
  imageInfo: clusterInfo,
  reopen: () => null,
  debugEvent: (node, event) => happen(stateOf(node), event),
  readsZeroes: (node) => fileOf(node).driver.readsZeroes(fileOf(node)),
  hasInfo: (node) => fileOf(node).driver.hasInfo(fileOf(node)),
};

/** Handles an event. If it arms rules, it disarms those armed before. */
function happen(s: BlkdebugState, event: string): void {
  const armed = s.injectRules.filter(
    (rule) => rule.event === event && (rule.state === 0 || rule.state === s.state),
  );
  if (armed.length > 0) s.active = armed;
  const change = s.stateRules.find(
    (rule) => rule.event === event && (rule.state === 0 || rule.state === s.state),
  );
  if (change !== undefined) s.state = change.newState;
}

function takeRule(s: BlkdebugState, { op, offset, bytes }: BlockRequest): InjectRule | null {
  const rule = s.active.find(
    (r) =>
      (r.iotype === null || r.iotype === op) &&
      (r.offset === null || (bytes > 0 && r.offset >= offset && r.offset < offset + bytes)),
  );
  if (rule === undefined) return null;
  if (rule.once) {
    s.active = s.active.filter((r) => r !== rule);
    s.injectRules = s.injectRules.filter((r) => r !== rule);
  }
  return rule;
}
