// throttle.ts — A filter node that delays its requests according to a throttle group. Mirrors block/throttle.c.
import { handlerReady } from '../aio/aio-context.ts';
import type { BlockDriver } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, passDown } from '../block/node.ts';
import type { ThrottleMember } from '../block/throttle-group.ts';
import {
  joinGroup,
  leaveGroup,
  releaseHeld,
  throttle as holdBack,
} from '../block/throttle-group.ts';
import { optionalString } from './options.ts';
import { allocatedSize, clusterInfo, fileOf } from './raw.ts';

const memberOf = (node: BlockNode): ThrottleMember => node.state as ThrottleMember;

export const throttle: BlockDriver = {
  name: 'throttle',
  passesDiscards: true,
  isFilter: true,
  strongOptions: ['throttle-group'],
  open: (options, opener) => {
    const name = options['throttle-group'];
    const group = typeof name === 'string' ? opener.layer.throttleGroups.get(name) : undefined;
    if (group === undefined)
      return {
        kind: 'failed',
        why: `Throttle group '${optionalString(name) ?? ''}' does not exist`,
      };
    const child = opener.child(options, 'file');
    if (typeof child === 'string') return { kind: 'failed', why: child };
    return { kind: 'opened', state: joinGroup(group), children: [child] };
  },
  length: (node) => nodeLength(fileOf(node)),
  submit: (node, request, complete) => {
    if (request.op === 'flush') {
      complete(null);
      return;
    }
    let inCall = true;
    holdBack(memberOf(node), {
      kind: request.op === 'read' ? 'read' : 'write',
      bytes: request.bytes,
      go: () => {
        // A request released by the timer or by a drain goes on as a coroutine in the node's thread.
        if (inCall) passDown(fileOf(node), request, complete);
        else
          handlerReady(node.ctx, `throttle ${node.name} lets a ${request.op} go`, () =>
            passDown(fileOf(node), request, complete),
          );
      },
    });
    inCall = false;
  },
  filename: () => null,
  mutableOptions: ['throttle-group'],
  reopen: (node, options) => {
    const name = optionalString(options['throttle-group']) ?? '';
    const group = node.layer.throttleGroups.get(name);
    if (group === undefined) return `Throttle group '${name}' does not exist`;
    const old = memberOf(node);
    if (old.group === group) return null;
    return () => {
      leaveGroup(old);
      node.state = { ...joinGroup(group), disabled: old.disabled } satisfies ThrottleMember;
    };
  },
  drainBegin: (node) => {
    const member = memberOf(node);
    if (member.disabled++ === 0) releaseHeld(member);
  },
  drainEnd: (node) => {
    memberOf(node).disabled--;
  },
  close: (node) => leaveGroup(memberOf(node)),
  readsZeroes: (node) => fileOf(node).driver.readsZeroes(fileOf(node)),
  imageInfo: clusterInfo,
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: (node) => fileOf(node).driver.hasInfo(fileOf(node)),
};
