// boot-parameters.ts — The parameters of the modules that every machine has. Their files are in /sys/module/NAME/parameters.
import { parseFlag } from '@dmsim/block';

import { refusePath } from './unsimulated.ts';
import type { ModuleParameter, ModuleParameters } from './userland.ts';

/** Parameters that can't be written. */
export const constants = (values: Readonly<Record<string, string>>): ModuleParameters =>
  new Map(Object.entries(values).map(([name, value]) => [name, { show: () => value }]));

/** A parameter that Linux lets one write; here that ends the lab, because it would change what the kernel does. */
export const refusedWhenWritten = ({ show }: ModuleParameter, path: string): ModuleParameter => ({
  show,
  store: () => refusePath(path),
});

/** Parameters of a module that take a value, with those of the boot. */
export function bootParameters(module: string): ModuleParameters {
  switch (module) {
    case 'dm_mod':
      return new Map<string, ModuleParameter>([
        ...refused(module, { dm_mq_nr_hw_queues: '1', dm_mq_queue_depth: '2048' }),
        // Pools, the node of memory and the size of copies have no effect that a lab could see.
        ['dm_numa_node', wholeNumber(-1, { least: -(2 ** 31), most: 2 ** 31 - 1 })],
        ['kcopyd_subjob_size_kb', wholeNumber(512, UNSIGNED)],
        ['reserved_bio_based_ios', wholeNumber(16, UNSIGNED)],
        ['reserved_rq_based_ios', wholeNumber(256, UNSIGNED)],
        ...constants({ stats_current_allocated_bytes: '0' }),
        ['swap_bios', wholeNumber(2048, { least: -(2 ** 31), most: 2 ** 31 - 1 })],
        ['use_blk_mq', flag(true)],
      ]);
    case 'loop':
      return constants({ hw_queue_depth: '128', max_loop: '8', max_part: '0' });
    case 'scsi_mod':
      return refused(module, {
        default_dev_flags: '0',
        eh_deadline: '-1',
        inq_timeout: '20',
        max_luns: '512',
        scan: 'async',
        scsi_logging_level: '0',
      });
    default:
      return NONE;
  }
}

const NONE: ModuleParameters = new Map();

const refused = (module: string, values: Readonly<Record<string, string>>): ModuleParameters =>
  new Map(
    [...constants(values)].map(([name, parameter]) => [
      name,
      refusedWhenWritten(parameter, `/sys/module/${module}/parameters/${name}`),
    ]),
  );

interface Range {
  readonly least: number;
  readonly most: number;
}

const UNSIGNED: Range = { least: 0, most: 2 ** 32 - 1 };

/** param_set_int, param_set_uint: decimal, octal or hexadecimal. */
function wholeNumber(initial: number, { least, most }: Range): ModuleParameter {
  let value = initial;
  return {
    show: () => String(value),
    store(text) {
      const [, sign, digits = ''] = /^([-+]?)(0x[\da-f]+|\d+)$/i.exec(text) ?? [];
      if (sign === undefined) return 'EINVAL';
      const size = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
      const written = sign === '-' ? -size : size;
      if (written < least || written > most) return 'EINVAL';
      value = written;
      return undefined;
    },
  };
}

/** param_set_bool */
function flag(initial: boolean): ModuleParameter {
  let value = initial;
  return {
    show: () => (value ? 'Y' : 'N'),
    store(text) {
      const written = parseFlag(text);
      if (written === null) return 'EINVAL';
      value = written;
      return undefined;
    },
  };
}
