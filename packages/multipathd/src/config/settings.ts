// settings.ts — The settings in a section of multipath.conf: keywords and their values, in the form in which they are printed.

/** Numbers and words; `"no_path_retry fail"` is the word `fail`, `no_path_retry 5` the number 5. */
export type Value = number | string;

/** By keyword; a keyword that is not there was not set. */
export type Settings = Map<string, Value>;

export function textOf(settings: Settings | undefined, keyword: string): string | undefined {
  const value = settings?.get(keyword);
  return value === undefined ? undefined : String(value);
}

export const isYes = (value: Value | undefined): boolean => value === 'yes';
