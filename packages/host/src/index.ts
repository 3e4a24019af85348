export { REQUEUE_NAMES, createMachine } from './create-machine.ts';
export { enterGuest } from './guest/clock.ts';
export { bootGuest, haltGuest, isUp } from './guest/guest.ts';
export { diskTotals } from './disk-totals.ts';
export { bucketValue, percentilesOf } from './programs/fio/latency-buckets.ts';
export {
  LAB_ENVIRONMENT,
  beginLab,
  driveAtOnce,
  howItEnded,
  judged,
  limited,
  placeOf,
  runLab,
} from './run-lab.ts';
export { startScript } from './start-script.ts';
export {
  blameInvariant,
  createUserInvariants,
  guardInvariants,
  invariantFault,
  invariantsOf,
  placeOfInvariant,
} from './user-invariants.ts';
export { placeOfPlugin, pluginsOf } from './user-plugins.ts';
export { placeOfHook, selectorNames, selectorsOf } from './user-selectors.ts';
export { placeOfTarget, TargetBroken, targetFault, targetsOf } from './user-targets.ts';
export { writeFile } from './write-file.ts';

export type { Guest } from './guest/guest.ts';
export type { MachineOptions } from './create-machine.ts';
export type { DriverModule, Machine } from './machine.ts';
export type { Drive, LabOptions, LabOutcome, LabResult, LabRun } from './run-lab.ts';
export type { Mark } from './run-records.ts';
export { workloadOf } from './run-records.ts';
export type { OnOutput, Script } from './start-script.ts';
export type { UserInvariant, UserInvariants } from './user-invariants.ts';
export type { UserPlugin } from './user-plugins.ts';
export type { UserSelector } from './user-selectors.ts';
export type { UserTarget } from './user-targets.ts';
export type { LoadedModule, ModuleParameter, Userland } from './userland.ts';
