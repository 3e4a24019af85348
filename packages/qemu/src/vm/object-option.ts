// object-option.ts — -object: throttle groups and iothreads; other objects are refused by name. Mirrors qom/object_interfaces.c.
import type { ThrottleConfig } from '../block/throttle-config.ts';
import {
  changeConfig,
  GROUP_KEYS,
  groupKey,
  NO_LIMITS,
  refuseConfig,
} from '../block/throttle-config.ts';
import { flattenOption, optionalSize } from '../drivers/options.ts';
import type { JsonObject } from '../qmp/json.ts';
import { printJson } from '../qmp/json.ts';
import { words } from '../qmp/qapi.ts';
import type { KeyValue } from './key-value.ts';
import { parseJson, splitOptions } from './key-value.ts';

export interface ObjectDraft {
  /** The storage daemon knows limits as members of `limits` in text too. */
  readonly isStorageDaemon: boolean;
  readonly throttleGroups: { id: string; config: ThrottleConfig }[];
  readonly iothreads: string[];
}

/** The message of a refusal that does not name its option. */
export const NEGATIVE = 'Property values cannot be negative';

/** The types of objects that QEMU makes. Only iothreads and throttle groups are simulated. */
export const OBJECT_TYPES: readonly string[] = words(`
  authz-list authz-listfile authz-pam authz-simple can-bus can-host-socketcan colo-compare
  cryptodev-backend cryptodev-backend-builtin cryptodev-backend-lkcf cryptodev-vhost-user
  dbus-vmstate filter-buffer filter-dump filter-mirror filter-redirector filter-replay
  filter-rewriter input-barrier input-linux iothread main-loop memory-backend-epc
  memory-backend-file memory-backend-memfd memory-backend-ram pef-guest pr-manager-helper qtest
  rng-builtin rng-egd rng-random secret secret_keyring sev-guest thread-context s390-pv-guest
  throttle-group tls-creds-anon tls-creds-psk tls-creds-x509 tls-cipher-suites x-remote-object
  x-vfio-user-server
`);

/** Parses `x-iops-total=5`; in JSON, limits are members of `limits`. A string is the refusal. */
function parseLimits(options: readonly KeyValue[], prefix: string): ThrottleConfig | string {
  const given = new Map<string, number>();
  for (const { key, value } of options) {
    if (key === 'qom-type' || key === 'id') continue;
    const name = key.slice(prefix.length);
    if (!key.startsWith(prefix) || (name !== 'iops-size' && !GROUP_KEYS.includes(name)))
      return `Invalid parameter '${key}'`;
    if (/^-\d+$/u.test(value) && key.startsWith('x-')) return NEGATIVE;
    const number = /^-\d+$/u.test(value) ? Number(value) : optionalSize(value);
    if (number === undefined) return `Parameter '${key}' expects an int64 value`;
    given.set(name, number);
  }
  const config = changeConfig(
    NO_LIMITS,
    (name, part) => given.get(groupKey(name, part)),
    given.get('iops-size'),
  );
  return refuseConfig(config) ?? config;
}

/** The options of an object, given as `a=b,c.d=e` or in JSON. A string is the refusal. */
function objectOptions(text: string): readonly KeyValue[] | string {
  if (!text.startsWith('{')) return splitOptions(text, 'qom-type');
  const parsed = parseJson(text);
  if (typeof parsed === 'string') return parsed;
  const flat: JsonObject = {};
  for (const [name, value] of Object.entries(parsed)) flattenOption(name, value, flat);
  return Object.entries(flat).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? value : printJson(value),
  }));
}

/** Takes an object. Returns the refusal, or null. */
export function takeObject(draft: ObjectDraft, text: string): string | null {
  const options = objectOptions(text);
  if (typeof options === 'string') return options;
  const get = (key: string): string => options.find((o) => o.key === key)?.value ?? '';
  const [id, type] = [get('id'), get('qom-type')];
  const refusal = refuseObject(draft, { id, type });
  if (refusal !== null) return refusal;
  if (type === 'iothread') {
    const foreign = options.find(({ key }) => key !== 'qom-type' && key !== 'id');
    if (foreign !== undefined) return `iothread ${foreign.key}: not simulated`;
    draft.iothreads.push(id);
    return null;
  }
  const nested = draft.isStorageDaemon && options.some(({ key }) => key.startsWith('limits.'));
  const config = parseLimits(options, text.startsWith('{') || nested ? 'limits.' : 'x-');
  if (typeof config === 'string') return config;
  draft.throttleGroups.push({ id, config });
  return null;
}

function refuseObject(
  { iothreads, throttleGroups }: ObjectDraft,
  { id, type }: { readonly id: string; readonly type: string },
): string | null {
  if (type === '') return "Parameter 'qom-type' is missing";
  if (type !== 'iothread' && type !== 'throttle-group')
    return OBJECT_TYPES.includes(type)
      ? `${type}: not simulated`
      : `Parameter 'qom-type' does not accept value '${type}'`;
  if (id === '') return "Parameter 'id' is missing";
  return iothreads.includes(id) || throttleGroups.some((group) => group.id === id)
    ? `Duplicate ID '${id}' for object`
    : null;
}
