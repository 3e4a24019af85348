// amend.ts — x-blockdev-amend: a job that changes an image's options, of which only those of encryption may change. Mirrors block/amend.c: qmp_x_blockdev_amend.
import { DRIVERS } from '../../block/driver-names.ts';
import { lookupNode } from '../../block/graph.ts';
import { amendDriver } from '../../jobs/create.ts';
import { launch } from '../../jobs/transaction.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import type { QapiUnion } from '../qapi.ts';
import { foreign, optional, required } from '../qapi.ts';
import { newJob } from './new-job.ts';

const OPTIONS: QapiUnion = {
  kind: 'union',
  tag: 'driver',
  members: [required('driver', DRIVERS)],
  branches: {
    ...Object.fromEntries(
      DRIVERS.filter((driver) => driver !== 'luks').map((driver) => [driver, []]),
    ),
    qcow2: foreign('encrypt'),
  },
};

export const blockdevAmend: QmpCommand = {
  name: 'x-blockdev-amend',
  args: [
    required('job-id', 'string'),
    required('node-name', 'string'),
    required('options', OPTIONS),
    optional('force', 'boolean'),
  ],
  run(vm, args): CommandResult {
    const node = lookupNode(vm.layer, '', stringArg(args, 'node-name') ?? '');
    if (typeof node === 'string') return failure(node);
    const driver = stringArg(args['options'] as JsonObject, 'driver');
    if (driver !== node.driver.name)
      return failure("x-blockdev-amend doesn't support changing the block driver");
    if (driver !== 'qcow2') return failure('Driver does not support x-blockdev-amend');
    const prepared = newJob(vm, {
      args: { 'job-id': args['job-id'] as Json, 'auto-dismiss': false },
      driver: amendDriver,
      state: null,
      main: null,
    });
    if (prepared.kind === 'refused') return failure(prepared.why);
    launch(prepared.job);
    return success();
  },
};
