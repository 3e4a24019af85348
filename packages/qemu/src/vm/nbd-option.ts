// nbd-option.ts — --nbd-server and --export of the storage daemon. Mirrors storage-daemon/qemu-storage-daemon.c.
import { EXPORT } from '../qmp/commands/exports.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import type { QapiUnion } from '../qmp/qapi.ts';
import { ARGUMENTS, checkUnion, required } from '../qmp/qapi.ts';
import { nestOptions, parseJson, splitOptions } from './key-value.ts';

/** An NBD server, or an export, of the storage daemon. */
export interface NbdArg {
  /** The option and its value as they were typed. */
  readonly typed: string;
  readonly options: JsonObject;
  readonly kind: 'server' | 'export';
  /** How many nodes come before it. */
  readonly after: number;
}

interface NbdDraft {
  readonly typed: string;
  readonly blockdevs: readonly unknown[];
  readonly nbd: NbdArg[];
}

export const takeExport = (draft: NbdDraft, text: string): string | null =>
  take(draft, { kind: 'export', text, first: 'type', of: EXPORT });

export const takeServer = (draft: NbdDraft, text: string): string | null =>
  take(draft, { kind: 'server', text, first: null, of: NBD_SERVER });

/** The server's address is not nested here, as it is in QMP. */
const NBD_SERVER: QapiUnion = {
  kind: 'union',
  tag: 'type',
  members: [required('type', ['inet', 'unix', 'vsock', 'fd'])],
  branches: { unix: [required('path', 'string')] },
};

interface NbdOption {
  readonly kind: 'server' | 'export';
  readonly text: string;
  readonly first: string | null;
  readonly of: QapiUnion;
}

function take(draft: NbdDraft, { kind, text, first, of }: NbdOption): string | null {
  const isText = !text.startsWith('{');
  const options = isText ? nestOptions(splitOptions(text, first)) : parseJson(text);
  if (typeof options === 'string') return options;
  const checked = kind === 'export' ? options : options['addr'];
  if (!isJsonObject(checked)) return "Parameter 'addr' is missing";
  const at = kind === 'export' ? ARGUMENTS : { ...ARGUMENTS, path: 'addr' };
  const misfit = checkUnion(of, checked, { ...at, isText });
  if (misfit !== null)
    return misfit.kind === 'refused' ? misfit.desc : `${misfit.what}: not simulated`;
  const after = draft.blockdevs.length;
  draft.nbd.push({ typed: `${draft.typed} ${text}`, kind, options, after });
  return null;
}
