// create.ts — `dmsetup create`: makes the device, loads its first table and resumes it; undoes all if a step fails.
import type { HashCell, TargetSpec } from '@dmsim/dm';
import { devCreate, devRemove, devResume, tableLoad } from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { DeviceRef } from '../device-ref.ts';
import { ioctlFailed } from '../device-ref.ts';
import { mangledUuid, newName } from '../names.ts';
import { addNode, addsNodeOnCreate, removeNode, resumed, udevCookie } from '../nodes.ts';
import type { Call, Run } from '../run.ts';
import { ioctl, logError } from '../run.ts';
import { readTable } from '../table-lines.ts';
import { createConcise } from './create-concise.ts';
import { displayInfo } from './info.ts';
import type { NewDevice } from './new-device.ts';

export function* create(run: Run, { args }: Call): Task<boolean> {
  const { switches } = run;
  if (switches.has('concise')) return yield* createConcise(run, args, createDevice);
  const [name, file] = args;
  if (name === undefined) return yield* logError(run, 'Please provide a name for the new device.');
  return yield* createDevice(run, {
    name,
    uuid: switches.value('u'),
    minor: switches.has('m') ? switches.number('m') : undefined,
    readOnly: switches.has('r'),
    table: switches.value('table'),
    file,
    notable: switches.has('n'),
  });
}

function* createDevice(run: Run, device: NewDevice): Task<boolean> {
  const name = yield* newName(run, device.name);
  if (name === null) return false;
  const uuid = device.uuid === undefined ? undefined : yield* mangledUuid(run, device.uuid);
  if (uuid === null) return false;
  const { table: text, file, minor, readOnly } = device;
  const specs = device.notable ? [] : yield* readTable(run, { text, file });
  if (specs === null) return false;
  const options = { name, ...optional('uuid', uuid), ...optional('minor', minor) };
  const cell = devCreate(run.dm, options);
  if (typeof cell === 'string') {
    const major = minor === undefined ? undefined : run.dm.major;
    return yield* ioctlFailed(run, 'create', { ...options, ...optional('major', major) }, cell);
  }
  if (addsNodeOnCreate(run)) yield* addNode(run, cell);
  if (specs.length > 0 && !(yield* loadAndResume(run, cell, { specs, readOnly }))) return false;
  return run.switches.has('v') ? yield* displayInfo(run, cell) : true;
}

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });

/** -j, for which the kernel silently uses its own number. */
const majorOf = ({ switches, dm }: Run): number =>
  switches.has('j') ? switches.number('j') : dm.major;

function* loadAndResume(
  run: Run,
  cell: HashCell,
  table: { readonly specs: readonly TargetSpec[]; readonly readOnly: boolean },
): Task<boolean> {
  const { dm } = run;
  const { name, md } = cell;
  const ref: DeviceRef = { name, major: majorOf(run), minor: md.minor };
  const loaded = tableLoad(dm, { name }, table);
  const error = loaded ?? (yield* resumeNew(run, ref));
  if (error === undefined) {
    yield* resumed(run, cell);
    return true;
  }
  yield* ioctlFailed(run, loaded === undefined ? 'resume' : 'reload', ref, error);
  const left = isElsewhere(run, ref)
    ? 'ENXIO'
    : yield* ioctl(run, devRemove(dm, { name }, { cookie: udevCookie(run) }));
  if (left === undefined) {
    yield* removeNode(run, name);
    return false;
  }
  yield* ioctlFailed(run, 'remove', ref, left);
  return yield* logError(run, 'Failed to revert device creation.');
}

const isElsewhere = ({ dm }: Run, { major }: DeviceRef): boolean => major !== dm.major;

/** Finds the device by name and number, which must agree. */
function* resumeNew(run: Run, ref: DeviceRef): Task<Errno | undefined> {
  const { dm } = run;
  const { name = '', major = 0, minor = 0 } = ref;
  if (isElsewhere(run, ref)) {
    const dev = (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
    const text = `Invalid ioctl structure: name ${name}, dev ${dev.toString(16)}`;
    printk(dm.sim, `device-mapper: ioctl: ${text}`);
    return 'ENXIO';
  }
  const cookie = udevCookie(run);
  return yield* ioctl(run, devResume(dm, { name }, { noflush: false, lockFs: true, cookie }));
}
