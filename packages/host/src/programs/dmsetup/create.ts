// create.ts — `dmsetup create`: the device, its first table, its resume; all undone when one of them fails.
import type { HashCell } from '@dmsim/dm';
import { devCreate, devRemove, devResume, tableLoad } from '@dmsim/dm';
import type { TargetSpec } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { refuse } from '../text/refuse.ts';
import { createConcise } from './create-concise.ts';
import type { DeviceRef } from './device-ref.ts';
import { ioctlFailed } from './device-ref.ts';
import { displayInfo } from './info.ts';
import { mangle, newName } from './names.ts';
import { addNode, addsNodeOnCreate, udevCookie } from './nodes.ts';
import type { Call, Run } from './run.ts';
import { ioctl, logError } from './run.ts';
import { readTable } from './table-lines.ts';

/** A device to be made, as the switches or a concise description say. */
export interface NewDevice {
  readonly name: string;
  readonly uuid: string | undefined;
  readonly minor: number | undefined;
  readonly readOnly: boolean;
  readonly table: string | undefined;
  readonly file: string | undefined;
  readonly notable: boolean;
}

export function* create(run: Run, { args }: Call): Task<boolean> {
  const { switches } = run;
  if (switches.has('concise')) return yield* createConcise(run, args, createDevice);
  const [name, file] = args;
  if (name === undefined) return yield* logError(run, 'Please provide a name for the new device.');
  if (switches.has('j') && switches.number('j') !== run.dm.major) {
    refuse(run.tool, `-j ${switches.number('j')}`);
  }
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
  const { table: text, file } = device;
  const specs = device.notable ? [] : yield* readTable(run, { text, file });
  if (specs === null) return false;
  const uuid = device.uuid === undefined ? undefined : mangle(device.uuid);
  const { minor } = device;
  const cell = devCreate(run.dm, {
    name,
    ...(uuid === undefined ? {} : { uuid }),
    ...(minor === undefined ? {} : { minor }),
  });
  if (typeof cell === 'string') {
    const ref: DeviceRef = {
      name,
      ...(uuid === undefined ? {} : { uuid }),
      ...(minor === undefined ? {} : { major: run.dm.major, minor }),
    };
    return yield* ioctlFailed(run, 'create', ref, cell);
  }
  if (addsNodeOnCreate(run)) addNode(run, cell);
  if (specs.length > 0 && !(yield* loadAndResume(run, cell, specs, device.readOnly))) return false;
  return run.switches.has('v') ? yield* displayInfo(run, cell) : true;
}

// oxlint-disable-next-line max-params -- one flag of the table beside it
function* loadAndResume(
  run: Run,
  cell: HashCell,
  specs: readonly TargetSpec[],
  readOnly: boolean,
): Task<boolean> {
  const { dm, machine } = run;
  const { name, md } = cell;
  const ref: DeviceRef = { name, major: dm.major, minor: md.minor };
  const loaded = tableLoad(dm, { name }, { specs, readOnly });
  const cookie = udevCookie(run);
  const error =
    loaded ??
    (yield* ioctl(run, devResume(dm, { name }, { noflush: false, lockFs: true, cookie })));
  if (error === undefined) {
    if (!addsNodeOnCreate(run)) addNode(run, cell);
    return true;
  }
  yield* ioctlFailed(run, loaded === undefined ? 'resume' : 'reload', ref, error);
  const left = yield* ioctl(run, devRemove(dm, { name }, { cookie }));
  if (left === undefined) {
    machine.nodes.remove(name);
    return false;
  }
  yield* ioctlFailed(run, 'remove', ref, left);
  return yield* logError(run, 'Failed to revert device creation.');
}
