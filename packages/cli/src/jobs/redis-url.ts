// redis-url.ts — redis://HOST:PORT/DB: where it is, and whether someone answers.
import { connect } from 'node:net';

import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';

/** As BullMQ takes it. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  /** BullMQ's own wish: it waits for a server that comes back. */
  readonly maxRetriesPerRequest: null;
}

/** For a server that does not answer. */
export const PATIENCE_MS = 5000;

export function parseRedisUrl(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'redis:' || url.hostname === '')
    throw new Refusal(`'${text}' is not redis://HOST:PORT`);
  const db = Number(url.pathname.slice(1) || '0');
  if (!Number.isInteger(db)) throw new Refusal(`'${text}': its database is not a number`);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || '6379'),
    db,
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    maxRetriesPerRequest: null,
  };
}

/** A server that can't be reached is refused at once: BullMQ would go on trying. */
export function checkReachable(text: string, { host, port }: RedisAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (reason: string): void => {
      socket.destroy();
      reject(new Refusal(`${text}: ${reason}`));
    };
    socket.setTimeout(PATIENCE_MS, () => fail(`no answer within ${PATIENCE_MS / 1000} s`));
    socket.once('error', (error) => fail(reasonOf(error)));
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
