// Compares query-qmp-schema with that of real QEMU (schema.jsonl): each command, member and value that is here
// is there, with the same type. What QEMU has besides is not listed, as it would be refused.
import { readFileSync } from 'node:fs';

import { connectQmp, createVm, feedQmp } from '@dmsim/qemu';
import type { QemuBuild } from '@dmsim/qemu';
import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

type Entry = Record<string, any>;

function schemaOf(build: QemuBuild): Map<string, Entry> {
  const sim = createSim();
  const created = createVm(sim, ['qemu-system-x86_64', '-machine', 'none'], { build });
  if (created.kind === 'refused') throw new Error(created.message);
  let out = '';
  const connection = connectQmp(created.vm, {
    onBytes: (bytes) => {
      out += Buffer.from(bytes).toString('latin1');
    },
  });
  feedQmp(connection, Buffer.from('{"execute":"qmp_capabilities"}{"execute":"query-qmp-schema"}'));
  run(sim);
  const reply = JSON.parse(out.trim().split('\r\n').at(-1) ?? '') as { return: Entry[] };
  return new Map(reply.return.map((entry) => [entry['name'] as string, entry]));
}

/** As the recording writes a type. */
function typeText(schema: Map<string, Entry>, name: string, depth: number): any {
  const entry = schema.get(name);
  if (entry === undefined) return `no type ${name}`;
  const kind = entry['meta-type'] as string;
  if (kind === 'builtin') return name;
  if (kind === 'enum') return entry['values'];
  if (depth === 0 || kind === 'alternate') return kind;
  if (kind === 'array') return { array: typeText(schema, entry['element-type'], depth - 1) };
  return membersOf(schema, entry, depth - 1);
}

const membersOf = (schema: Map<string, Entry>, entry: Entry, depth: number): Entry =>
  Object.fromEntries(
    (entry['members'] as Entry[]).map((member) => [
      `${member['name']}${'default' in member ? '?' : ''}`,
      typeText(schema, member['type'], depth),
    ]),
  );

const recorded: Entry[] = readFileSync(new URL('schema.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const argsOf = new Map(recorded.map((line) => [line['command'] ?? line['event'], line['args']]));

const schema = schemaOf('7.2');
const named = [...schema.values()].filter(({ 'meta-type': kind }) =>
  ['command', 'event'].includes(kind),
);

describe('query-qmp-schema', () => {
  it.each(named.map(({ name }) => name))('tells of %s what QEMU tells', (name) => {
    const arg = schema.get(schema.get(name)?.['arg-type']);
    if (arg === undefined) throw new Error(`${name} has no arguments' type`);
    // Members that are refused here may be missing; the others are as in QEMU.
    const args = membersOf(schema, arg, 3);
    expect(argsOf.has(name)).toBe(true);
    const known = argsOf.get(name) ?? {};
    const here = Object.fromEntries(Object.keys(args).map((key) => [key, known[key]]));
    expect(args).toEqual(here);
  });

  it('documents retry where the series is applied', () => {
    const policies = (all: Map<string, Entry>): any => {
      const args = all.get(all.get('blockdev-mirror')?.['arg-type'])?.['members'] as Entry[];
      return all.get(args.find(({ name }) => name === 'on-source-error')?.['type'])?.['values'];
    };
    expect(policies(schema)).not.toContain('retry');
    expect(policies(schemaOf('series'))).toContain('retry');
  });
});
