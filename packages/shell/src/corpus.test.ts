// corpus.test.ts — The corpus: what the real bash printed, byte for byte.
import { readdirSync, readFileSync } from 'node:fs';

import { decodeUtf8 } from '@dmsim/libc';
import { describe, expect, it } from 'vitest';

import { runLab } from './stand-ins.case.ts';

const corpus = new URL('../corpus/', import.meta.url);
const names = readdirSync(corpus)
  .filter((file) => file.endsWith('.sh'))
  .map((file) => file.slice(0, -3));

const read = (file: string): Buffer => readFileSync(new URL(file, corpus));

describe('bash prints the same', () => {
  it.each(names)('%s', (name) => {
    const result = runLab(decodeUtf8(read(`${name}.sh`)), `${name}.sh`);
    const output = Buffer.from(result.bytes).toString('latin1');
    expect(`status ${result.status}\n${output}`).toBe(read(`${name}.expected`).toString('latin1'));
    expect(result.outcome).toBe('stopped');
  });

  it('has a corpus worth the name', () => {
    expect(names.length).toBeGreaterThan(120);
  });
});
