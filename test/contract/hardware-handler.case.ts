// hardware-handler.case.ts — The contract of every hardware handler.
import type { ScsiDevice } from '@dmsim/block';
import {
  createBlockLayer,
  createScsiLayer,
  loadScsiDebug,
  setDeviceState,
  scsiDeviceOf,
} from '@dmsim/block';
import type { HardwareHandler, ScsiDhResult } from '@dmsim/multipath';
import { SCSI_DH } from '@dmsim/multipath';
import { createSim, run } from '@dmsim/sim';
import { describe, expect } from 'vitest';

import type { Rule, Skip } from './rules.case.ts';
import { testRules } from './rules.case.ts';

export interface HandlerContract {
  readonly goodParams?: readonly (readonly string[])[];
  readonly badParams?: readonly (readonly string[])[];
  readonly skip?: readonly Skip[];
}

interface DiskArray {
  readonly handler: HardwareHandler;
  readonly contract: HandlerContract;
  /** Paths to one unit: optimized, not optimized, standby. */
  readonly paths: readonly ScsiDevice[];
  readonly activate: (path: ScsiDevice | undefined) => ScsiDhResult;
}

function createArray(handler: HardwareHandler, contract: HandlerContract): DiskArray {
  const sim = createSim();
  const layer = createBlockLayer(sim);
  loadScsiDebug(createScsiLayer(layer), { add_host: 3, vpd_use_hostno: false, delay: 0 });
  const paths = [...layer.devices.values()].flatMap((disk) => scsiDeviceOf(disk) ?? []);
  for (const path of paths) path.handler = handler.name;
  const activate = (path: ScsiDevice | undefined): ScsiDhResult => {
    if (path === undefined) throw new Error('there are three paths');
    const results: ScsiDhResult[] = [];
    handler.activate(sim, path, (result) => results.push(result));
    expect(results).toEqual([]);
    run(sim);
    expect(results).toHaveLength(1);
    return results[0] ?? SCSI_DH.NOSYS;
  };
  return { handler, contract, paths, activate };
}

const RULES: readonly Rule<DiskArray>[] = [
  [
    'activates a path that is active, and tells once, as an event of its own',
    ({ paths, activate }) => {
      expect(activate(paths[0])).toBe(SCSI_DH.OK);
      expect(paths[0]?.portGroup.state).toBe('active/optimized');
    },
  ],
  [
    'moves the unit to a passive path',
    ({ paths, activate }) => {
      expect(activate(paths[2])).toBe(SCSI_DH.OK);
      expect(paths.map(({ portGroup }) => portGroup.state)).toEqual([
        'standby',
        'standby',
        'active/optimized',
      ]);
    },
  ],
  [
    'says what went wrong when the path is gone',
    ({ paths, activate }) => {
      const [path] = paths;
      if (path !== undefined) setDeviceState(path, 'transport-offline');
      expect(activate(path)).not.toBe(SCSI_DH.OK);
    },
  ],
  [
    'takes the parameters it knows and refuses others',
    ({ handler, paths, contract: { goodParams = [], badParams = [] } }) => {
      const [path] = paths;
      if (path === undefined) throw new Error('there are three paths');
      for (const params of goodParams) {
        expect(handler.setParams?.(path, params)).toBeUndefined();
      }
      for (const params of badParams) expect(handler.setParams?.(path, params)).toBe('EINVAL');
    },
  ],
];

export function handlerContract(handler: HardwareHandler, contract: HandlerContract = {}): void {
  describe(`hardware handler ${handler.name}`, () => {
    testRules(RULES, contract.skip ?? [], () => createArray(handler, contract));
  });
}
