// reserve-log.ts — Logs PERSISTENT RESERVE OUT at verbosity 3. Mirrors libmpathpersist: mpath_prout_reg, mpath_prout_rel, prout_do_scsi_ioctl.
import type { Log } from '../log.ts';
import { tellRefusal } from '../maps/reservation-keys.ts';
import type { Path } from '../path.ts';
import type { ReserveOut } from './persistent-reserve.ts';

/** The numbers of the service actions that go to all paths. */
const SERVICE_ACTIONS: Readonly<Record<string, number>> = { G: 0, I: 6, L: 2 };

/** A thread for each path, before any of them runs. */
export function tellThreads(log: Log, paths: number, wish: ReserveOut): void {
  const { action, type } = wish;
  if (log.verbosity < 3) return;
  for (let i = 0; i < paths; i++) {
    log.put(3, action === 'L' ? ` path count = ${i}` : `THREAD ID [${i}] INFO]`);
    log.put(3, `rq_servact=${SERVICE_ACTIONS[action]} `);
    log.put(3, 'rq_scope=0 ');
    log.put(3, `rq_type=${type} `);
    if (action !== 'L') {
      log.put(3, `rkey=${asText(wish.key)}`);
      log.put(3, `paramp->sa_flags =${flagsOf(wish)} `);
    }
    log.put(3, 'noisy=1 ');
    log.put(3, 'status=-1 ');
  }
}

/** At verbosity 3: the command to a path, and the answer of a disk that does not know it. */
export function tellOut(log: Log, { dev }: Path, { wwid, wish }: Sent): void {
  if (log.verbosity < 3) return;
  log.put(3, `${wwid}: sending pr out command to ${dev}`);
  const { key, serviceActionKey } = wish;
  wish.dump(`${INDENT}${hexDump(key)}  ${hexDump(serviceActionKey)}${' '.repeat(20)}\n`);
  wish.dump(`${INDENT}${hexDump(`00000000${flagsOf(wish)}000000`)}\n`);
  tellRefusal(log, dev);
  log.put(3, `${dev}: status = 5`);
}

interface Sent {
  readonly wwid: string;
  readonly wish: ReserveOut;
}

const INDENT = ' '.repeat(8);

const flagsOf = ({ aptpl }: ReserveOut): string => (aptpl ? '01' : '00');

const bytesOf = (digits: string): readonly string[] => digits.match(/../g) ?? [];

const hexDump = (digits: string): string => bytesOf(digits).join(' ');

/** A key as `%s` prints it: up to its first zero. */
function asText(digits: string): string {
  const bytes = bytesOf(digits);
  const end = bytes.indexOf('00');
  const text = end < 0 ? bytes : bytes.slice(0, end);
  return String.fromCharCode(...text.map((byte) => Number.parseInt(byte, 16)));
}
