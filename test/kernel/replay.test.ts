// Every lab prints what Linux printed.
import { describe, expect, it } from 'vitest';

import { daemonLabNames, labNames, playLab, readExpected, readLab } from './lab-runner.ts';

describe.each([...labNames(), ...daemonLabNames()])('%s', (name) => {
  it('prints what Linux printed', () => {
    const { text, outcome, violations } = playLab(readLab(name));
    expect({ text, violations, kind: outcome.kind }).toEqual({
      text: readExpected(name),
      violations: [],
      kind: 'exited',
    });
  });
});
