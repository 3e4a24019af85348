// processors-run-during-reset.ts — The guest goes on while its disks are being reset.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the guest goes on while its disks are being reset',
  source:
    'softmmu/runstate.c: main_loop_should_exit pauses the processors first; these properties found it missing here',
  story: [
    'A reset of the machine drops the requests of each disk, then waits for those that the host works on. One that the',
    'guest sends meanwhile is neither dropped nor known: it answers in the place of a request of the next guest, which waits',
    'for ever.',
  ],
  file: 'qemu/src/vm/vm.ts',
  replace: 'if (isRunning(vm)) tellProcessors(vm, false);',
  by: '',
  guest: true,
  breaks: 'AssertionFailed: the bus holds a request until it is finished',
  rare: true,
};
