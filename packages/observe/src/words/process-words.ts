// process-words.ts — The records of the scheduler and of virtual machines in words.
import { VM_TRACE } from '@dmsim/qemu';
import { SIM_TRACE, unpackName } from '@dmsim/sim';

import type { Sentence } from './sentence.ts';
import { sentence } from './sentence.ts';

export const PROCESS_SENTENCES: readonly Sentence[] = [
  sentence(
    SIM_TRACE.sched_process_fork,
    { kind: 'process', kernel: 'fork.c: kernel_clone', file: 'sim/src/process.ts' },
    ({ pid, parent }) => `process ${pid} is started by process ${parent}`,
  ),
  sentence(
    SIM_TRACE.sched_process_exit,
    { kind: 'process', kernel: 'exit.c: do_exit', file: 'sim/src/process.ts' },
    ({ pid, status, signal, comm0, comm1, comm2 }) => {
      const how = signal === 0 ? `with status ${status}` : `by signal ${signal}`;
      return `${unpackName(comm0, comm1, comm2)} (process ${pid}) ends ${how}`;
    },
  ),
  sentence(
    SIM_TRACE.sched_process_exec,
    { kind: 'process', kernel: 'exec.c: begin_new_exec', file: 'shell/src/run/programs.ts' },
    ({ pid, argv }, { text }) => `process ${pid} runs ${text(argv)}`,
  ),
  sentence(
    VM_TRACE.vm_event,
    { kind: 'vm', kernel: '', file: 'qemu/src/trace-points.ts' },
    ({ vm, text: event }, { text }) => `VM ${text(vm)}: ${text(event)}`,
  ),
];
