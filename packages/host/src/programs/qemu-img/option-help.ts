// option-help.ts — What `-o help` lists: the options of a format, and of the file that holds the image.
import { fail } from '@dmsim/coreutils';

import { imageFormat } from './image-format.ts';
import type { ImgTool } from './img-tool.ts';

type Listed = readonly (readonly [name: string, what: string])[];

const SIZE = ['size=<size>', 'Virtual disk size'] as const;

const FOR_BOTH: Listed = [
  ['backing_file=<str>', 'File name of a base image'],
  ['backing_fmt=<str>', 'Image format of the base image'],
  ['compat=<str>', 'Compatibility level (v2 [0.10] or v3 [1.1])'],
  ['data_file=<str>', 'File name of an external data file'],
  ['data_file_raw=<bool (on/off)>', 'The external data file must stay valid as a raw image'],
  ['encrypt.iter-time=<num>', 'Time to spend in PBKDF in milliseconds'],
  ['lazy_refcounts=<bool (on/off)>', 'Postpone refcount updates'],
  ['refcount_bits=<num>', 'Width of a reference count entry in bits'],
  SIZE,
];

const CREATION: Listed = [
  ['cluster_size=<size>', 'qcow2 cluster size'],
  ['compression_type=<str>', 'Compression method used for image cluster compression'],
  ['encrypt.cipher-alg=<str>', 'Name of encryption cipher algorithm'],
  ['encrypt.cipher-mode=<str>', 'Name of encryption cipher mode'],
  ['encrypt.format=<str>', "Encrypt the image, format choices: 'aes', 'luks'"],
  ['encrypt.hash-alg=<str>', 'Name of encryption hash algorithm'],
  ['encrypt.ivgen-alg=<str>', 'Name of IV generator algorithm'],
  ['encrypt.ivgen-hash-alg=<str>', 'Name of IV generator hash algorithm'],
  ['encrypt.key-secret=<str>', 'ID of secret providing qcow AES key or LUKS passphrase'],
  [
    'encryption=<bool (on/off)>',
    "Encrypt the image with format 'aes'. (Deprecated in favor of encrypt.format=aes)",
  ],
  ['extended_l2=<bool (on/off)>', 'Extended L2 tables'],
  ['preallocation=<str>', 'Preallocation mode (allowed values: off, metadata, falloc, full)'],
];

const AMENDMENT: Listed = [
  ['encrypt.keyslot=<num>', 'Select a single keyslot to modify explicitly'],
  ['encrypt.new-secret=<str>', 'New secret to set in the matching keyslots. Empty string to erase'],
  ['encrypt.old-secret=<str>', 'Select all keyslots that match this password'],
  ['encrypt.state=<str>', 'Select new state of affected keyslots (active/inactive)'],
];

const FILE: Listed = [
  ['extent_size_hint=<size>', 'Extent size hint for the image file, 0 to disable'],
  ['nocow=<bool (on/off)>', 'Turn off copy-on-write (valid only on btrfs)'],
  ['preallocation=<str>', 'Preallocation mode (allowed values: off, falloc, full)'],
  SIZE,
];

const COLUMN = 22;

const nameOf = (option: string): string => option.slice(0, option.indexOf('='));

/** The first list that has an option says what it is. */
function lines(...lists: readonly Listed[]): string {
  const found = new Map<string, string>();
  for (const [option, what] of lists.flat()) {
    const name = nameOf(option);
    if (!found.has(name)) found.set(name, `  ${option.padEnd(COLUMN)} - ${what}\n`);
  }
  return [...found.keys()]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => found.get(name))
    .join('');
}

/** True if one of the texts of `-o` asks for the list. */
export const asksForHelp = (texts: readonly string[]): boolean =>
  texts.some((text) => text.split(',').some((word) => word === 'help' || word === '?'));

/** Lists the options with which an image is made; those of the file only if one is named. */
export function listOptions(t: ImgTool, named: string, hasFile: boolean): number {
  const format = imageFormat(t, named, `Unknown file format '${named}'`);
  const own = format === 'raw' ? [SIZE] : [...FOR_BOTH, ...CREATION];
  t.out.put(
    hasFile
      ? `Supported options:\n${lines(own, FILE)}`
      : `Supported ${format} options:\n${lines(own)}\nThe protocol level may support further options.\nSpecify the target filename to include those options.\n`,
  );
  return 0;
}

export const NO_AMENDMENT = "Format driver 'raw' does not support option amendment";

/** Lists the options that can be changed later. */
export function listAmendments(t: ImgTool, named: string): number {
  const format = imageFormat(t, named, `Unknown file format '${named}'`);
  if (format === 'raw') return fail(t, NO_AMENDMENT);
  t.out.put(`Amend options for 'qcow2':\n${lines(FOR_BOTH, AMENDMENT)}`);
  return 0;
}
