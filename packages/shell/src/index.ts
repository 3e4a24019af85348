export { EXEC_COST } from './run/programs.ts';
export { bashProgram, parseCommandLine, shellProgram, startLab } from './shell-program.ts';
export { parseLab } from './syntax/parse-lab.ts';
export { SHELL_TRACE } from './trace-points.ts';

export type { LabStart } from './shell-program.ts';
export type { ShellOptions } from './shell.ts';
export type { Script } from './syntax/ir.ts';
