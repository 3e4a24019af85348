// multipathd-words.ts — The records of multipath and its daemon in words.
import { LOCK_PHASES, MAP_VERBS, MULTIPATHD_TRACE, PATH_IDEAS } from '@dmsim/multipathd';

import type { Sentence } from './sentence.ts';
import { sentence } from './sentence.ts';

const LOCK: Readonly<Record<(typeof LOCK_PHASES)[number], string>> = {
  waits: 'waits for the lock',
  holds: 'takes the lock',
  frees: 'gives the lock back',
  'gives up': 'waits for the lock no longer',
};

const VERBS: Readonly<Record<(typeof MAP_VERBS)[number], string>> = {
  suspend: 'suspends',
  resume: 'resumes',
  remove: 'removes',
};

export const MULTIPATHD_SENTENCES: readonly Sentence[] = [
  sentence(
    MULTIPATHD_TRACE.mpathd_thread,
    {
      kind: 'process',
      kernel: 'multipathd/main.c: child',
      file: 'multipathd/src/daemon/start.ts',
    },
    ({ pid, name }, { text }) => `thread ${pid} of the daemon is ${text(name)}`,
  ),
  sentence(
    MULTIPATHD_TRACE.mpathd_lock,
    {
      kind: 'process',
      kernel: 'libmultipath/lock.h: struct mutex_lock',
      file: 'multipathd/src/daemon/daemon.ts',
    },
    ({ pid, phase, text: what }, { text }) =>
      `thread ${pid} ${LOCK[LOCK_PHASES[phase] ?? 'frees']} (${text(what)})`,
  ),
  sentence(
    MULTIPATHD_TRACE.mpathd_path,
    {
      kind: 'path',
      kernel: 'multipathd/main.c: check_path',
      file: 'multipathd/src/daemon/check-path.ts',
    },
    ({ path, idea, next }, { device }) =>
      `the daemon finds ${device(path)} ${PATH_IDEAS[idea] ?? ''}; the next check is due in ${next} s`,
  ),
  sentence(
    MULTIPATHD_TRACE.mpathd_map,
    {
      kind: 'table',
      kernel: 'libmultipath/devmapper.c: dm_simplecmd',
      file: 'multipathd/src/dm/simple-command.ts',
    },
    ({ dev, verb, pid }, { device }) =>
      `process ${pid} ${VERBS[MAP_VERBS[verb] ?? 'resume']} ${device(dev)}`,
  ),
  sentence(
    MULTIPATHD_TRACE.mpathd_recovery,
    {
      kind: 'path',
      kernel: 'libmultipath/structs_vec.c: enter_recovery_mode',
      file: 'multipathd/src/daemon/queueing.ts',
    },
    ({ dev, seconds }, { device }) =>
      seconds === 0
        ? `${device(dev)} has a path again: it may go on queueing`
        : `${device(dev)} has no path: queueing ends in ${seconds} s`,
  ),
];
