// daemon-commands.ts — `reconfigure`, `shutdown`, `quit`; statistics. Mirrors multipathd/cli_handlers.c.
import { ready } from '@dmsim/vfs';

import { postState, scheduleReconfigure } from '../daemon/daemon.ts';
import { createStats } from '../multipath.ts';
import type { Command } from './command.ts';
import { findNamedMap, mapWord } from './objects.ts';

export const reconfigureCommand: Command = {
  keys: 'reconfigure',
  unlocked: true,
  run(daemon) {
    daemon.log.put(2, 'reconfigure (operator)');
    scheduleReconfigure(daemon, 'weak');
    return ready(true);
  },
};

export const reconfigureAllCommand: Command = {
  keys: 'reconfigure all',
  unlocked: true,
  run(daemon) {
    daemon.log.put(2, 'reconfigure all (operator)');
    scheduleReconfigure(daemon, 'force');
    return ready(true);
  },
};

export const shutdownCommand: Command = {
  keys: 'shutdown',
  unlocked: true,
  run(daemon) {
    daemon.log.put(3, 'shutdown (operator)');
    postState(daemon, 'shutdown');
    return ready(true);
  },
};

export const quitCommand: Command = { keys: 'quit', unlocked: true, run: () => ready(true) };

export const resetMapsStats: Command = {
  keys: 'reset maps stats',
  said: 'reset multipaths stats',
  run({ maps }) {
    for (const { stats } of maps) Object.assign(stats, createStats());
    return ready(true);
  },
};

export const resetMapStats: Command = {
  keys: 'reset map stats',
  run(daemon, args) {
    const map = findNamedMap(daemon, mapWord(args));
    if (map === undefined) return ready(false);
    daemon.log.put(3, `reset multipath ${mapWord(args)} stats (operator)`);
    Object.assign(map.stats, createStats());
    return ready(true);
  },
};
