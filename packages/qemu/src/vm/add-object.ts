// add-object.ts — -object and object-add: iothreads and throttle groups. Mirrors iothread.c, block/throttle-groups.c.
import { createAioContext, stepAlone } from '../aio/aio-context.ts';
import type { ThrottleConfig } from '../block/throttle-config.ts';
import { createThrottleGroup } from '../block/throttle-group.ts';
import type { IothreadSettings } from './vm-options.ts';
import type { Vm } from './vm.ts';

export function addIothread(vm: Vm, id: string): IothreadSettings {
  const { stopped } = vm.layer.main;
  const context = createAioContext(vm.sim, `iothread ${id}`, (ctx) => {
    if (!stopped.value) stepAlone(ctx);
  });
  vm.layer.iothreads.set(id, context);
  const settings = {
    'poll-max-ns': 32_768,
    'poll-grow': 0,
    'poll-shrink': 0,
    'aio-max-batch': 0,
    'thread-pool-min': 0,
    'thread-pool-max': 64,
  };
  vm.objects.set(id, settings);
  return settings;
}

export function addThrottleGroup(vm: Vm, id: string, config: ThrottleConfig): void {
  vm.layer.throttleGroups.set(id, createThrottleGroup(vm.sim, id, config));
  vm.objects.set(id, null);
}
