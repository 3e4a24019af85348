export { anyCommand, anyFlags, noflushOnly } from './arbitraries/commands.ts';
export { anySchedule, queueingSchedule } from './arbitraries/schedules.ts';
export { anyTable, linearTable, multipathTable, stripedTable } from './arbitraries/tables.ts';
export * from './extend.ts';
export { failedWrites } from './io.ts';
export { printLab } from './print-lab.ts';
export { runSchedule } from './run-schedule.ts';
export { MAP_SECTORS, PATHS, UNIT } from './schedule.ts';

export type { CommandChoice } from './arbitraries/commands.ts';
export type { ScheduleOptions } from './arbitraries/schedules.ts';
export type { QueueMode } from './arbitraries/tables.ts';
export type { IoResult } from './io.ts';
export type { RunScheduleOptions, ScheduleResult } from './run-schedule.ts';
export type {
  Command,
  LinearTable,
  MultipathTable,
  Schedule,
  Selector,
  StripedTable,
  SuspendFlags,
  Table,
} from './schedule.ts';
export type { World } from './world.ts';
