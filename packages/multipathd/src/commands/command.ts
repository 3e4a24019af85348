// command.ts — The interface of a command of the socket. Mirrors multipathd/cli.h: struct handler.
import type { Task } from '@dmsim/sim';

import type { Daemon } from '../daemon/daemon.ts';

/** The words that follow keywords which take one: `map`, `path`, `group`, `format`, `key`. */
export type Arguments = ReadonlyMap<string, string>;

/** A text is the answer; an empty one, or true, is `ok`; false is `fail`. */
export type Reply = string | boolean;

export interface Command {
  /** Its keywords, joined by blanks: `list paths format`. */
  readonly keys: string;
  readonly run: (daemon: Daemon, args: Arguments) => Task<Reply>;
  /** The line in the log at verbosity 3. */
  readonly said?: string;
  /** True: the command is answered even while another thread holds the lock. */
  readonly unlocked?: boolean;
}
