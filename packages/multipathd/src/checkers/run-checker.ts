// run-checker.ts — Runs a path's checker, waits a moment for it, and picks up later what took longer. Mirrors libmultipath/discovery.c: get_state, checkers/tur.c: libcheck_check.
import type { Process, Task } from '@dmsim/sim';
import { liveAlone, millis, seconds, waitEvent } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import { tellCheckerUsers } from '../libraries.ts';
import type { Path, PathState } from '../path.ts';
import type { Session } from '../session.ts';
import type {
  AsynchronousCheck,
  CheckContext,
  CheckerState,
  CheckResult,
  PathChecker,
  RunningCheck,
} from './checker.ts';
import { up } from './checker.ts';
import { none } from './none.ts';
import { findChecker } from './registry.ts';

/** The result of directio's read as an unsigned number: the size of a block, or −EIO. */
const READ = '4096';
const FAILED = '18446744073709551611';

/** From this verbosity on, the threads of checks log what they do. */
const THREADS_LOG = 4;

/** How long a check in a thread of its own is waited for. */
const PATIENCE = millis(1);

export function createCheckerState(
  { plugins }: Pick<MultipathHost, 'plugins'>,
  name: string,
  timeout: number,
): CheckerState {
  const own = plugins.checkers.find((checker) => checker.name === name);
  const type = findChecker(name.startsWith(none.name) ? none.name : name) ?? own ?? null;
  return { name, type, timeout, disabled: false, message: '', running: null, stalled: [] };
}

/** Runs the checker of a path, and returns its verdict. */
export function runChecker(
  session: Session,
  path: Path,
  { wait }: { readonly wait: boolean },
): Task<PathState> {
  const { checker } = path;
  if (checker === null || checker.type === null) return UNCHECKED;
  checker.message = '';
  if (checker.disabled) {
    checker.message = 'is disabled';
    return UNCHECKED;
  }
  const { host, process } = session;
  const context = { host, process, dev: path.dev, timeout: checker.timeout };
  const check = { context, checker, type: checker.type, wait };
  if (!wait && livesAlone(session, check)) {
    checker.message = up.message;
    return IS_UP;
  }
  return ask(session, path, check);
}

const UNCHECKED = ready<PathState>('unchecked');
const IS_UP = ready<PathState>('up');

function* ask(session: Session, path: Path, check: Check): Task<PathState> {
  const { checker } = check;
  const reads = checker.name === 'directio' && session.log.verbosity >= 3;
  if (reads && checker.running === null) session.log.put(3, 'directio: starting new request');
  const result = yield* checkNow(session, path, check);
  if (result === 'pending') {
    if (reads) session.log.put(3, 'directio: async io pending');
    return 'pending';
  }
  const finished = `io finished ${result.state === 'up' ? READ : FAILED}/0`;
  const isLate = result === check.type.asynchronous?.onTimeout;
  if (reads) session.log.put(3, `directio: ${isLate ? 'abort check on timeout' : finished}`);
  checker.message = result.message;
  return result.state;
}

interface Check {
  readonly context: CheckContext;
  readonly checker: CheckerState;
  readonly type: PathChecker;
  readonly wait: boolean;
}

function* checkNow(
  session: Session,
  path: Path,
  { context, checker, type, wait }: Check,
): Task<CheckResult | 'pending'> {
  const { sim } = context.host;
  const { asynchronous } = type;
  if (asynchronous === null || wait) return yield* type.check(context);
  if (checker.running?.timedOut === true) {
    if (!giveUpStalled(session, path, { checker, asynchronous })) return asynchronous.onTimeout;
  }
  const isNew = checker.running === null;
  if (checker.running === null) {
    checker.running = startCheck(session, path, { context, type });
    yield* waitEvent(checker.running.process.exited, () => checker.running?.result !== null, {
      timeout: PATIENCE,
      interruptible: true,
    });
  }
  const { running } = checker;
  if (running.result !== null) {
    checker.running = null;
    return running.result;
  }
  if (sim.now - running.startedAt <= seconds(checker.timeout)) {
    if (isNew) tellThread(session, path, 4, 'tur checker still running');
    else tellThread(session, path, 3, 'tur checker not finished');
    return 'pending';
  }
  running.timedOut = true;
  tellThread(session, path, 3, 'tur checker timeout');
  return asynchronous.onTimeout;
}

/** A check that goes well while nothing else can happen needs no thread, which is most of the cost of a check. */
function livesAlone({ log }: Session, { context, checker, type }: Check): boolean {
  if (type.asynchronous === null || checker.running !== null || log.verbosity >= THREADS_LOG)
    return false;
  const time = type.asynchronous.timeIfUp(context);
  return time !== null && time < PATIENCE && liveAlone(context.host.sim, threadName(type), time);
}

const threadName = ({ name }: PathChecker): string => `${name} checker`;

/** Makes room for another check after one that has timed out. Returns false if that one has to be waited for. */
function giveUpStalled(
  session: Session,
  path: Path,
  { checker, asynchronous }: Pick<Check, 'checker'> & { asynchronous: AsynchronousCheck },
): boolean {
  const { running } = checker;
  if (running === null) return true;
  const stalled = checker.stalled.filter(({ result }) => result === null);
  checker.stalled = stalled;
  if (running.result === null) {
    if (stalled.length >= asynchronous.mostStalled) {
      if (!running.isAwaited)
        tellThread(session, path, 3, 'waiting for stalled tur thread to finish');
      running.isAwaited = true;
      return false;
    }
    tellThread(session, path, 3, 'tur thread not responding');
    checker.stalled = [...stalled, running];
  }
  checker.running = null;
  return true;
}

type Start = Pick<Check, 'context' | 'type'>;

function startCheck(session: Session, path: Path, start: Start): RunningCheck {
  const { host, process } = start.context;
  const thread = host.spawnThread(
    threadName(start.type),
    (self) => check(self, session, { path, running, start }),
    process,
  );
  const running: RunningCheck = {
    startedAt: host.sim.now,
    process: thread,
    result: null,
    timedOut: false,
    isAwaited: false,
  };
  return running;
}

interface Thread {
  readonly path: Path;
  readonly running: RunningCheck;
  readonly start: Start;
}

function* check(self: Process, session: Session, { path, running, start }: Thread): Task<number> {
  const { context, type } = start;
  tellThread(session, path, 4, 'tur checker starting up');
  running.result = yield* type.check({ ...context, process: self });
  tellThread(session, path, 4, `tur checker finished, state ${running.result.state}`);
  if (session.log.verbosity >= 4) {
    // A path that is being discovered is not listed yet.
    const paths = [...new Set([...session.paths, path])];
    tellCheckerUsers({ log: session.log, paths }, type.name);
  }
  return 0;
}

/** Only tur logs what its threads do. */
function tellThread({ log }: Session, { checker, devT }: Path, level: number, what: string): void {
  if (log.verbosity < level || checker?.name !== 'tur') return;
  log.put(level, `${devT} : ${what}`);
}
