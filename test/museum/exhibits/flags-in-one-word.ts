// flags-in-one-word.ts — A flag is written back with the value it had before another processor changed it.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a flag is written back with the value it had before another processor changed it',
  source: 'Linux 518257b13276 (2016): bit operations instead of bit fields',
  story: [
    'The flags of struct multipath were bit fields of one word. To write one is to read the word and to write it back:',
    'what another processor changed in between is undone, though no line of the code names that flag. Here the end of an',
    'I/O reads the word after 17 microseconds and writes it after another 23; nothing else happens in between',
    'unless there is slack.',
  ],
  file: 'multipath/src/end-io.ts',
  replace: `const m = ti.state;
  const { pgpath } = io;`,
  by: `const m = ti.state;
  const { pgpath } = io;
  after(m.sim, 17_000, 'reading the word', () => {
    const word = m.queueIfNoPath;
    after(m.sim, 23_000, 'writing the word', () => {
      m.queueIfNoPath = word;
    });
  });`,
  calls: { after: 'sim/src/sim.ts' },
  breaks: 'queueing is neither lost nor gained',
  takesSlack: true,
};
