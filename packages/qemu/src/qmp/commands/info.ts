// info.ts — The human monitor's `info`, but for that of blocks. Mirrors monitor/hmp-cmds.c.
import { isBlockJob, progressTotal } from '../../jobs/job.ts';
import type { Vm } from '../../vm/vm.ts';
import { isRunning } from '../../vm/vm.ts';
import { parseArguments } from '../human-arguments.ts';
import { words } from '../qapi.ts';
import { infoChardev } from './chardev.ts';
import { infoBlock, infoBlockstats } from './info-block.ts';

const BLOCK_PARAMS = 'nodes:-n,verbose:-v,device:B?';

const KNOWN: ReadonlySet<string> = new Set(
  words(
    'balloon block block-jobs blockstats chardev cpus iothreads kvm name qtree snapshots status uuid version',
  ),
);

/** Runs `info` and returns what it prints, or null if it is not simulated. Lines end in `\r\n`. */
export function humanInfo(vm: Vm, given: readonly string[]): string | null {
  const [what = '', ...rest] = given;
  const declaration = what === 'block' ? BLOCK_PARAMS : '';
  const args = parseArguments(what, declaration, rest.join(' '), `info ${what}`);
  if (typeof args === 'string') return KNOWN.has(what) ? args : null;
  switch (what) {
    case 'block':
      return infoBlock(vm, args);
    case 'blockstats':
      return infoBlockstats(vm);
    case 'chardev':
      return infoChardev(vm);
    case 'iothreads':
      return vm.layer.iothreads.size === 0 ? '' : null;
    case 'kvm':
      return 'kvm support: disabled\r\n';
    case 'balloon':
      return 'Error: No balloon device has been activated\r\n';
    case 'qtree':
      return vm.hasMachine ? null : 'bus: main-system-bus\r\n  type System\r\n';
    case 'cpus':
      return vm.hasMachine ? null : '';
    case 'status':
      return `VM status: ${statusText(vm)}\r\n`;
    case 'name':
      return vm.guestName === null ? '' : `${vm.guestName}\r\n`;
    case 'version':
      return `7.2.22${vm.package}\r\n`;
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000\r\n';
    case 'snapshots':
      return 'There is no snapshot available.\r\n';
    case 'block-jobs':
      return infoJobs(vm);
    default:
      return null;
  }
}

function statusText(vm: Vm): string {
  if (isRunning(vm)) return 'running';
  return vm.runState === 'paused' ? 'paused' : `paused (${vm.runState})`;
}

function infoJobs(vm: Vm): string {
  const jobs = vm.jobs.filter(isBlockJob);
  if (jobs.length === 0) return 'No active jobs\r\n';
  return jobs
    .toReversed()
    .map((job) => {
      const done = `Completed ${job.progress.current} of ${progressTotal(job)} bytes`;
      const { type } = job.driver;
      const what = type === 'stream' ? 'Streaming' : `Type ${type},`;
      return `${what} device ${job.id}: ${done}, speed limit ${job.speed} bytes/s\r\n`;
    })
    .join('');
}
