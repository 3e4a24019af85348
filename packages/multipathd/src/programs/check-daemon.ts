// check-daemon.ts — Asks the daemon, if one runs, whether it goes on running. Mirrors libmultipath/configure.c: check_daemon.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { sendCommand } from '../daemon/command-socket.ts';
import type { Session } from '../session.ts';

export function* isDaemonRunning({ host, config }: Session): Task<boolean> {
  const timeout = Number(defaultOf(config, 'uxsock_timeout'));
  const answer = yield* sendCommand(host.socket, 'show daemon', timeout);
  return answer.kind === 'reply' && !answer.text.includes('shutdown');
}
