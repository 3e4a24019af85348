// A client may send anything: it gets a reply of QEMU's kind or a closed connection, and never takes the machine down.
import { readdirSync, readFileSync } from 'node:fs';

import { connectQmp, createVm, feedQmp } from '@dmsim/qemu';
import type { QmpConnection, Vm } from '@dmsim/qemu';
import { createPrng, createSim, run, uniformInteger } from '@dmsim/sim';
import type { Prng, Sim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';

const INPUTS = ALL ? 100_000 : 10_000;
const BATCH = 50;

interface Peer {
  readonly sim: Sim;
  readonly vm: Vm;
  readonly connection: QmpConnection;
  out: string;
}

function connect(): Peer {
  const sim = createSim();
  const argv = ['qemu-system-x86_64', '-drive', 'if=none,id=d0,driver=null-co,size=1M'];
  const created = createVm(sim, [...argv, '-device', 'virtio-blk-pci,drive=d0,id=disk0']);
  if (created.kind === 'refused') throw new Error(created.message);
  const { vm } = created;
  const heard = { out: '' };
  const connection = connectQmp(vm, {
    onBytes: (bytes) => {
      heard.out += Buffer.from(bytes).toString('latin1');
    },
  });
  const peer: Peer = Object.assign(heard, { sim, vm, connection });
  send(peer, '{"execute":"qmp_capabilities"}');
  peer.out = '';
  return peer;
}

function send(peer: Peer, text: string): void {
  feedQmp(peer.connection, Buffer.from(text, 'latin1'));
  run(peer.sim, { maxEvents: 1e6, until: peer.sim.now + 1e9 });
}

const corpus = ['jobs', 'qtdev', 'guest'].flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url)).flatMap((file) =>
    readFileSync(new URL(`${folder}/${file}`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"dir": "c2s"'))
      .map((line) => JSON.stringify(JSON.parse(line).msg)),
  ),
);
const seeds = [...new Set(corpus)].filter((text) => !text.includes('"quit"'));

const VALUES: unknown[] = [
  null,
  true,
  -1,
  1.5,
  2 ** 53,
  '',
  '__proto__',
  'd0',
  'nosuch',
  [],
  [[]],
  {},
  { file: {} },
  ['x', 1],
];

const pick = <T>(prng: Prng, list: readonly T[]): T =>
  list[uniformInteger(prng, 0, list.length - 1)] as T;

/** Changes one member somewhere in it, or adds or removes one. */
function mutate(prng: Prng, value: any): any {
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0)
    return pick(prng, VALUES);
  const key = pick(prng, Object.keys(value));
  const copy = Array.isArray(value) ? [...value] : { ...value };
  switch (uniformInteger(prng, 0, 4)) {
    case 0:
      delete copy[key];
      break;
    case 1:
      copy[pick(prng, ['extra', '__proto__', 'id', 'arguments', 'exec-oob', 'driver'])] = pick(
        prng,
        VALUES,
      );
      break;
    case 2:
      copy[key] = pick(prng, VALUES);
      break;
    default:
      copy[key] = mutate(prng, copy[key]);
  }
  return copy;
}

function corrupt(prng: Prng, text: string): string {
  const at = uniformInteger(prng, 0, text.length - 1);
  switch (uniformInteger(prng, 0, 4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return (
        text.slice(0, at) + String.fromCharCode(uniformInteger(prng, 0, 255)) + text.slice(at + 1)
      );
    case 3:
      return (
        text.slice(0, at) +
        pick(prng, ['{', '}', '[', ']', ':', ',', '"', "'", '\\']) +
        text.slice(at)
      );
    default:
      return String.fromCharCode(...Array.from({ length: 12 }, () => uniformInteger(prng, 0, 255)));
  }
}

const input = (prng: Prng): string => {
  const seed = pick(prng, seeds);
  const mutated = JSON.stringify(mutate(prng, JSON.parse(seed)));
  return uniformInteger(prng, 0, 1) === 0 ? mutated : corrupt(prng, seed);
};

const isMessage = (message: any): boolean =>
  'return' in message || 'event' in message || typeof message.error.desc === 'string';

/** Every line is a message; the last reply answers what was asked after the noise. */
function checkReplies(out: string, id: number): void {
  const messages = out.split('\r\n').map((line) => (line === '' ? null : JSON.parse(line)));
  expect(messages.pop()).toBeNull();
  expect(messages.filter((message) => !isMessage(message))).toEqual([]);
  expect(messages.findLast((message) => !('event' in message))).toMatchObject({ id });
}

describe('a monitor that is fed nonsense', () => {
  it(`answers or refuses ${INPUTS} inputs and still works`, () => {
    const prng = createPrng(20);
    let peer = connect();
    for (let i = 0; i < INPUTS; i += BATCH) {
      // As libvirt and others do: a byte that no JSON has ends whatever was left open.
      const noise = Array.from({ length: BATCH }, () => `${input(prng)}\n`).join('');
      send(peer, `${noise}\u00ff\n{"execute":"query-status","id":${i}}\n`);
      expect(peer.vm.exit).toBeNull();
      checkReplies(peer.out, i);
      peer.out = '';
      if (i % (BATCH * 20) === 0) peer = connect();
    }
  }, 60_000);

  it('limits how deep brackets nest, and goes on', () => {
    const peer = connect();
    send(peer, '['.repeat(1 << 20));
    expect(
      peer.out.startsWith(
        '{"error": {"class": "GenericError", "desc": "JSON nesting depth limit exceeded"}}',
      ),
    ).toBe(true);
    peer.out = '';
    send(peer, '\u00ff{"execute":"query-name"}');
    expect(peer.out.endsWith('{"return": {}}\r\n')).toBe(true);
  });

  it('waits for the rest of what is cut off', () => {
    const peer = connect();
    send(peer, '{"execute":"query-na');
    expect(peer.out).toBe('');
    send(peer, 'me"}');
    expect(peer.out).toBe('{"return": {}}\r\n');
  });
});
