// whole-file.ts — A file that is there only when all of it is known: looked at before the runs begin, written after them.
import type { Study } from '@dmsim/study';

import { openOutput } from '../run/output-file.ts';

export interface WholeFile {
  write(text: string): void;
}

/** A path that can't be written is refused now. */
export function wholeFile(path: string, study: Study): WholeFile {
  const options = { inputs: inputsOf(study) };
  openOutput(path, options).abandon();
  return {
    write(text) {
      const output = openOutput(path, options);
      output.write(text);
      output.finish();
    },
  };
}

/** Files that are read, which no output may take the place of. */
const inputsOf = ({ lab, workload, fault, files }: Study): readonly string[] =>
  [lab, workload, fault, ...files].flatMap((file) => (file === null ? [] : [file.name]));
