// check-daemon.ts — Whether a daemon runs that goes on running: it is asked. Mirrors libmultipath/configure.c: check_daemon.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { sendCommand } from '../daemon/command-socket.ts';
import type { Session } from '../session.ts';

export function* isDaemonRunning({ host, config }: Session): Task<boolean> {
  const timeout = Number(defaultOf(config, 'uxsock_timeout'));
  const answer = yield* sendCommand(host.socket, 'show daemon', timeout);
  return answer.kind === 'reply' && !answer.text.includes('shutdown');
}
