// supervised.ts — The supervised process's side of supervise.ts: which descriptor is standard error, and temporary files.
import { useStandardError } from './standard-streams.ts';

/** The supervisor's message to its child: its own pid, and the descriptor that standard error really is. */
export const SUPERVISED = 'DMSIM_SUPERVISED';

/** A file that is being written, and where it is to be put at the end; `done` when it is there or given up. */
export interface TemporaryNote {
  readonly temporary: string;
  readonly target: string;
  readonly done: boolean;
}

/** A module of the user's is being loaded, which may never end. */
export interface LoadingNote {
  /** Null when it is done. */
  readonly loading: string | null;
}

/** The supervisor ends this process when the files don't load in time. Returns what says that they have. */
export function announceLoading(files: string): () => void {
  if (files !== '') noteLoading(files);
  return () => noteLoading(null);
}

function noteLoading(loading: string | null): void {
  process.send?.({ loading } satisfies LoadingNote);
}

/** True in the process that does the work. Programs that it starts itself don't take themselves for it. */
export function acceptSupervision(): boolean {
  const [pid, fd] = (process.env[SUPERVISED] ?? '').split(':');
  delete process.env[SUPERVISED];
  if (pid === undefined || Number(pid) !== process.ppid) return false;
  useStandardError(Number(fd));
  return true;
}

/** The supervisor puts the file in its place if this process dies. Returns what says that there is no need any more. */
export function announceTemporary(temporary: string, target: string): () => void {
  const note = (done: boolean): void => {
    const message: TemporaryNote = { temporary, target, done };
    process.send?.(message);
  };
  note(false);
  return () => note(true);
}
