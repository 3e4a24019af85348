// in-process.ts — Calls the command without starting a process, and collects what it prints. Paths are to be absolute.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '../../packages/cli/src/main.ts';
import {
  useStandardError,
  useStandardOutput,
} from '../../packages/cli/src/process/standard-streams.ts';

export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Like `call`, with names of files in `folder`: they stand bare in what is printed, too. */
export async function callIn(folder: string, ...argv: string[]): Promise<Called> {
  const isFile = (word: string): boolean => /^[\w/-]+\.(?:sh|choices)(?:\/.*)?$/.test(word);
  const { status, ...said } = await call(
    ...argv.map((word) => (isFile(word) ? join(folder, word) : word)),
  );
  const bare = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { status, stdout: bare(said.stdout), stderr: bare(said.stderr) };
}

/**
 * One call at a time: where the streams go is the whole module's. A run here has no bound on memory unless a test gives one:
 * what is bounded is the whole process, and this one holds whatever the other tests loaded.
 */
export async function call(...argv: string[]): Promise<Called> {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-call-'));
  const [stdout, stderr] = ['stdout', 'stderr'].map((name) => join(folder, name)) as [
    string,
    string,
  ];
  const [output, error] = [openSync(stdout, 'w'), openSync(stderr, 'w')];
  useStandardOutput(output);
  useStandardError(error);
  try {
    const status = await main(
      argv[0] === 'run' ? ['run', '--max-memory=none', ...argv.slice(1)] : argv,
    );
    return {
      status,
      stdout: readFileSync(stdout, 'utf8'),
      stderr: readFileSync(stderr, 'utf8'),
    };
  } finally {
    useStandardOutput(1);
    useStandardError(2);
    closeSync(output);
    closeSync(error);
    rmSync(folder, { recursive: true });
  }
}
