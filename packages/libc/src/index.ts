export { binaryOf, fromBinary, textOf, toBinary } from './bytes.ts';
export {
  compilePattern,
  escapePattern,
  matchGlob,
  matchesPattern,
  prefixLength,
  suffixLength,
} from './fnmatch.ts';
export { formatFloat, formatInteger, formatString } from './printf.ts';
export { addLong, compareLong, divideToNearest, scaleLong } from './long-double.ts';
export { getopt } from './getopt.ts';
export { charEscape, classRanges } from './regex/bracket.ts';
export { compilePerl } from './regex/compile-perl.ts';
export { compileRegex } from './regex/compile.ts';
export { RegexError } from './regex/node.ts';
export { PerlRefusal } from './regex/perl-class.ts';
export { replaceMatches } from './regex/replace.ts';
export { strtod, strtoimax, strtold, strtoumax } from './strtod.ts';
export {
  SIMULATION_START,
  civilOf,
  clockOf,
  daysOf,
  formatTime,
  isUtc,
  momentOf,
} from './strftime.ts';
export { compareIntegers, evaluateTest } from './test-expression.ts';
export { decodeBytes, decodeUtf8, encodeUtf8, fromBytesText, toBytesText } from './utf8.ts';

export type { Conversion } from './printf.ts';
export type { LongDouble } from './long-double.ts';
export type { OptionError, OptionTable, ParsedOptions } from './getopt.ts';
export type { Pattern } from './fnmatch.ts';
export type { Matcher, Regex, RegexMatch, RegexOptions } from './regex/compile.ts';
export type { TestProblem, TestWorld } from './test-expression.ts';
export type { Moment } from './strftime.ts';
