// io-session.ts — A run of qemu-io: the image it has open, and how its commands complain.
import type { HostFiles } from '@dmsim/qemu';

import type { Image } from './image.ts';
import type { ImgTool } from './img-tool.ts';

/** The image that the commands work on, and their complaints on standard error. */
export interface IoSession {
  readonly t: ImgTool;
  readonly files: HostFiles;
  image: Image | null;
  isReadOnly: boolean;
  /** `-d ignore`: discards do nothing. */
  ignoresDiscards: boolean;
  errors: string;
  /** How each command is called. */
  readonly usages: Readonly<Record<string, string>>;
}

/** Says on standard output what was wrong. */
export function say({ t }: IoSession, what: string): false {
  t.out.put(`${what}\n`);
  return false;
}

/** How a command is called. */
export function usage(session: IoSession, name: string): false {
  return say(session, session.usages[name] ?? '');
}
