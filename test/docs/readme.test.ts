// A reader who follows the README gets what it shows.
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { playLab } from '../kernel/lab-runner.ts';

const root = new URL('../..', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const lab = readFileSync(new URL('docs/labs/replug.sh', root), 'utf8');

const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text,
}));

describe('the README', () => {
  it('shows the lab as it is', () => {
    expect(blocks.find(({ language }) => language === 'bash')?.text).toBe(lab);
  });

  it('shows what the lab prints', () => {
    const { text, outcome, violations } = playLab(lab);
    expect([outcome, violations]).toEqual([{ kind: 'exited', status: 0 }, []]);
    expect(blocks.map((block) => block.text)).toContain(text);
  });
});

describe('docs/labs/replug.sh', () => {
  it('loses the queued writes before the noflush patches', () => {
    const { text, violations } = playLab(lab, { requeue: 'none' });
    expect(text.match(/write FAILED/g)).toHaveLength(3);
    expect(new Set(violations.map(({ invariant }) => invariant))).toEqual(
      new Set(['no path loss is seen while I/O is queued']),
    );
  });

  it.each(['pushback', 'deferred-head'] as const)('completes every write with %s', (requeue) => {
    const { text } = playLab(lab, { requeue });
    expect(text).not.toContain('FAILED');
    expect(text.match(/write completed/g)).toHaveLength(5);
  });
});
