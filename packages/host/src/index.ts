export { REQUEUE_NAMES, createMachine } from './create-machine.ts';
export { runLab } from './run-lab.ts';
export { selectorsOf } from './user-selectors.ts';

export type { MachineOptions } from './create-machine.ts';
export type { DriverModule, Machine } from './machine.ts';
export type { LabOptions, LabOutcome, LabResult } from './run-lab.ts';
export type { UserSelector } from './user-selectors.ts';
export type { LoadedModule, ModuleParameter, Userland } from './userland.ts';
