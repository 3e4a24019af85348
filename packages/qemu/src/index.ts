export { parseCommandLine } from './vm/command-line.ts';
export { createVm } from './vm/create-vm.ts';
export { connectQmp, disconnectQmp, feedQmp } from './qmp/connection.ts';
export { commandsOf } from './qmp/registry.ts';
export { replayQmp } from './replay/replay.ts';

export type { CommandLine, ParsedCommandLine } from './vm/command-line.ts';
export type { CreatedVm, CreateVmOptions } from './vm/create-vm.ts';
export type { QmpConnection } from './qmp/connection.ts';
export type { Difference, ReplayOptions } from './replay/replay.ts';
export type { Vm, VmExit, VmOptions } from './vm/vm.ts';
