// Administrators and outages without number break no promise of the daemon; with a mistake planted in it they soon do.
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { Mistake } from './with-mistakes.ts';
import { withMistakes } from './with-mistakes.ts';

/** `DMSIM_SEEDS=200 npx vitest run …` tries more. */
const SEEDS = Number(process.env['DMSIM_SEEDS'] ?? 4);
const SEEDS_WITH_A_MISTAKE = 8;

interface Planted extends Mistake {
  /** The violations that reveal it. */
  readonly breaks: RegExp;
}

const MISTAKES: readonly Planted[] = [
  {
    title: 'I/O goes back to a group before its paths were checked',
    file: 'maps/best-group.ts',
    replace: 'if (group.enabledPaths === 0 ||',
    by: 'if (group.enabledPaths !== 0) {} else group.priority = 50; if (',
    breaks: /group switches while nothing changed/,
  },
  {
    title: 'the count of retries goes on after a path has returned',
    file: 'daemon/queueing.ts',
    replace: 'map.retryTick = 0; if (!inRecovery',
    by: 'if (!inRecovery',
    breaks: /failures of a map/,
  },
  {
    title: 'a reload forgets a path that is down',
    file: 'daemon/reload-map.ts',
    replace: 'collectPaths(daemon, map); if (refresh)',
    by: "collectPaths(daemon, map); map.paths = map.paths.filter((path) => path.state !== 'down' || map.paths.length === 1); if (refresh)",
    breaks: /paths/,
  },
  {
    title: 'a name is given twice',
    file: 'names/bindings.ts',
    replace: 'let { id, skipTo } = nextId(lines, prefix);',
    by: 'return yield* allocate(session, wwid, prefix + formatName(1));',
    breaks: /names given twice|maps: |paths in use/,
  },
  {
    title: 'maps queue on when the daemon has ended',
    file: 'daemon/start.ts',
    replace: 'if (!keeps) setQueueing(daemon, map.alias, false);',
    by: '',
    breaks: /maps that queue without a daemon/,
  },
  {
    title: 'a map queues on when its last path was removed',
    file: 'daemon/reload-map.ts',
    replace:
      "map.retryTick = 0; map.noPathRetry = 'fail'; map.queueingDisabled = true; map.stats.mapFailures++; setQueueing(daemon, alias, false);",
    by: '',
    breaks: /a write when all paths were removed/,
  },
  {
    title: 'the lock is dropped while a map is loaded',
    file: 'daemon/reload-map.ts',
    replace: 'selectAction(daemon, map, { current: daemon.maps, force: true });',
    by: 'selectAction(daemon, map, { current: daemon.maps, force: true }); daemon.vecsLock.locked = false;',
    breaks: /without the lock/,
  },
];

const run = withMistakes(fileURLToPath(new URL('administrators.ts', import.meta.url)));
const judge = (seeds: number): string => `judge({ seeds: ${seeds} })`;

describe('the promises of the daemon', () => {
  it('hold whatever happens', { timeout: 3_600_000 }, async () => {
    expect(await run(judge(SEEDS))).toBeNull();
  });

  it.each(MISTAKES)('are broken when $title', { timeout: 120_000 }, async (mistake) => {
    expect(await run(judge(SEEDS_WITH_A_MISTAKE), mistake)).toMatch(mistake.breaks);
  });
});
