// sys-device.ts — What each device of scsi_debug has beside its own entries: uevent, power, links. Mirrors drivers/base/core.c: device_add, drivers/base/power/sysfs.c.
import type { SysfsAttributes } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';

import { refusePath, unsimulatedFile } from '../unsimulated.ts';
import { attributesDirectory } from './attributes.ts';
import type { SysPath } from './sys-paths.ts';
import { sysLink } from './sys-paths.ts';
import { sysfsDirectory } from './sysfs-directory.ts';

interface Power {
  /** Whether a suspend of the machine suspends it beside others. */
  readonly async: boolean;
  /** Its driver lets it be suspended by itself: `control` is `on`, as nobody has allowed that. @defaultValue false */
  readonly suspends?: boolean;
}

const RUNTIME = [
  'active_kids',
  'active_time',
  'enabled',
  'status',
  'suspended_time',
  'usage',
] as const;

/** The directory `power` of the device at `path`. What it tells of suspends by itself is not simulated. */
export function powerDirectory(path: SysPath, { async, suspends = false }: Power): Directory {
  const at = `/sys/${path.join('/')}/power`;
  const attributes: SysfsAttributes<string> = {
    async: {
      show: () => (async ? 'enabled\n' : 'disabled\n'),
      store: () => refusePath(`${at}/async`),
    },
    autosuspend_delay_ms: {
      show: () => (suspends ? '-1\n' : 'EIO'),
      store: () => (suspends ? refusePath(`${at}/autosuspend_delay_ms`) : 'EIO'),
    },
    control: {
      show: () => (suspends ? 'on\n' : 'auto\n'),
      store: () => refusePath(`${at}/control`),
    },
  };
  const others = RUNTIME.map((name) => [
    `runtime_${name}`,
    () => unsimulatedFile(`${at}/runtime_${name}`),
  ]);
  return attributesDirectory(
    attributes,
    at,
    Object.fromEntries(others) as Readonly<Record<string, () => Vnode>>,
  );
}

interface About {
  /** The lines of its uevent. */
  readonly uevent: string;
  readonly power: Power;
  /** Where links of it lead, by their names. */
  readonly links: Readonly<Record<string, SysPath>>;
}

/** The directory of the device at `path`, with those of its `children`. */
export function deviceDirectory(
  path: SysPath,
  { uevent, power, links }: About,
  children: Directory,
): Directory {
  const own = attributesDirectory(
    {
      uevent: {
        show: () => uevent,
        store: () => refusePath(`/sys/${path.join('/')}/uevent`),
      },
    },
    path,
    {
      power: () => powerDirectory(path, power),
      ...Object.fromEntries(
        Object.entries(links).map(([name, to]) => [name, () => sysLink(path, to)]),
      ),
    },
  );
  return sysfsDirectory(
    () => [...own.entries(), ...children.entries()],
    (name) => own.lookup(name) ?? children.lookup(name),
  );
}
