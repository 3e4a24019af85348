// read-jobs.ts — Makes jobs of sections: defaults, globals, the job's own options, and its group in the report. After fio's init.c: add_job.
import type { Section, WrittenOption } from './job-file.ts';
import type { JobOptions } from './job-options.ts';
import { DEFAULTS, WORKLOADS } from './job-options.ts';
import type { Settings } from './option-table.ts';
import { BadValue, optionName, RefusedValue, setterOf } from './option-table.ts';
import { IGNORED_OPTIONS, REFUSED_OPTIONS } from './refused-options.ts';

export interface Job {
  readonly name: string;
  readonly options: JobOptions;
  readonly group: number;
  /** The options as they were written, for the JSON report. */
  readonly written: readonly WrittenOption[];
}

export interface JobList {
  readonly jobs: readonly Job[];
  readonly globals: readonly WrittenOption[];
}

/** The message and status that end the program before it has begun. */
export type JobError =
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'refused'; readonly what: string };

export function readJobs(
  sections: readonly Section[],
  { only, readonly }: { readonly only: readonly string[]; readonly readonly: boolean },
): JobList | JobError {
  const defaults: Settings = { ...DEFAULTS };
  const globals: WrittenOption[] = [];
  const jobs: Job[] = [];
  let group = 0;
  let inGroup = 0;
  for (const section of sections) {
    if (isLeftOut(section, only)) continue;
    const settings = section.isGlobal ? defaults : { ...defaults };
    const error = apply(section, settings);
    if (error !== undefined) return error;
    if (section.isGlobal) {
      globals.push(...section.options);
      continue;
    }
    if (readonly && changesData(settings))
      return {
        kind: 'error',
        message: 'fio: trim and write operations are not allowed with the --readonly parameter.\n',
      };
    if ((settings.stonewall || settings.newGroup) && inGroup > 0) {
      group++;
      inGroup = 0;
    }
    inGroup++;
    jobs.push({ name: section.name, options: settings, group, written: section.options });
  }
  return { jobs, globals };
}

const isLeftOut = ({ isGlobal, name }: Section, only: readonly string[]): boolean =>
  !isGlobal && only.length > 0 && !only.includes(name);

const changesData = ({ rw }: JobOptions): boolean =>
  WORKLOADS[rw]?.directions.some((way) => way !== 'read') === true;

function apply({ name: section, options }: Section, settings: Settings): JobError | undefined {
  for (const { name: written, value } of options) {
    const name = optionName(written);
    if (IGNORED_OPTIONS.has(name)) continue;
    const setter = setterOf(name);
    const text = value === null ? written : `${written}=${value}`;
    if (setter === undefined) {
      if (REFUSED_OPTIONS.has(name)) return { kind: 'refused', what: text };
      return { kind: 'error', message: `Bad option <${text}>\nfio: job ${section} dropped\n` };
    }
    try {
      setter(settings, value);
    } catch (error) {
      if (error instanceof RefusedValue) return { kind: 'refused', what: text };
      if (!(error instanceof BadValue)) throw error;
      const said = error.message === '' ? '' : `${error.message}\n`;
      return { kind: 'error', message: `${said}fio: failed parsing ${text}\n` };
    }
  }
  return undefined;
}
