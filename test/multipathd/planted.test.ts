// Administrators and outages without number break no promise of the daemon; with a mistake planted in it they soon do.
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { ALL, shareOf } from '../share.ts';
import type { Mistake } from './with-mistakes.ts';
import { withMistakes } from './with-mistakes.ts';

/** `DMSIM_SEEDS=200 npx vitest run …` tries more. */
const SEEDS = Number(process.env['DMSIM_SEEDS'] ?? (ALL ? 4 : 2));
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
    replace: 'let { id } = next;',
    by: 'return 1;',
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

const MISTAKES_IN_WHAT_IS_CONFIGURED: readonly Planted[] = [
  {
    title: 'followover undoes what the administrator switched',
    file: 'daemon/failback.ts',
    replace: 'checkerSawItUp && mayFollow(map, path)',
    by: "failback === 'followover'",
    breaks: /followover.* after /,
  },
  {
    title: 'the wait before a failback starts anew with each check',
    file: 'daemon/failback.ts',
    replace: 'if (isUp || map.failbackTick <= 0) map.failbackTick',
    by: 'map.failbackTick',
    breaks: /16 s after/,
  },
  {
    title: 'the wait before a failback is over at once',
    file: 'daemon/failback.ts',
    replace: 'if (--map.failbackTick > 0) continue;',
    by: 'map.failbackTick = 0;',
    breaks: / 4 s after/,
  },
  {
    title: 'an open map without paths is not removed later',
    file: 'daemon/remove-map.ts',
    replace: 'withoutPaths && (map.deferredRemove || map.deferredRemovePending)',
    by: 'false',
    breaks: /a map that is closed/,
  },
  {
    title: 'a path that comes back does not keep a map that is to go',
    file: 'daemon/setup-multipath.ts',
    replace: 'if (map.info?.deferredRemove !== true) return;',
    by: 'if (map.info?.deferredRemove !== false) return;',
    breaks: /a map that is closed/,
  },
  {
    title: 'every map stops queueing with its last path',
    file: 'daemon/reload-map.ts',
    replace: 'if (map.flushOnLastDelete)',
    by: 'if (map !== null)',
    breaks: /an open map without paths queues/,
  },
  {
    title: 'failures of a path are forgiven as soon as it is back',
    file: 'daemon/flapping.ts',
    replace: 'if (path.forgetRate > 0) path.forgetRate--;',
    by: 'if (path.failures === 0) path.forgetRate--;',
    breaks: /a path that failed twice/,
  },
  {
    title: 'each check of a path that is kept out starts its time anew',
    file: 'daemon/flapping.ts',
    replace: "if (!isUsable(path.state) && path.state !== 'delayed')",
    by: 'if (!isUsable(path.state))',
    breaks: /the same path later/,
  },
];

const run = withMistakes(fileURLToPath(new URL('administrators.ts', import.meta.url)));
const runConfigured = withMistakes(fileURLToPath(new URL('configured.ts', import.meta.url)));
const judge = (seeds: number): string => `judge({ seeds: ${seeds} })`;

describe('the promises of the daemon', () => {
  it('hold whatever happens', { timeout: 3_600_000 }, async () => {
    expect(await run(judge(SEEDS))).toBeNull();
  });

  it.each(shareOf(MISTAKES, 8))('are broken when $title', { timeout: 120_000 }, async (mistake) => {
    expect(await run(judge(SEEDS_WITH_A_MISTAKE), mistake)).toMatch(mistake.breaks);
  });
});

describe('what a configuration promises', () => {
  it('holds', { timeout: 3_600_000 }, async () => {
    expect(await runConfigured(judge(2 * SEEDS))).toBeNull();
  });

  it.each(shareOf(MISTAKES_IN_WHAT_IS_CONFIGURED, 8))(
    'does not when $title',
    { timeout: 120_000 },
    async (mistake) => {
      expect(await runConfigured(judge(SEEDS_WITH_A_MISTAKE), mistake)).toMatch(mistake.breaks);
    },
  );
});
