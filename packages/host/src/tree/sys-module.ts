// sys-module.ts — /sys/module: loaded modules and their parameters.
import type { Directory } from '@dmsim/vfs';
import { attributeFile, ready } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import type { LoadedModule, ModuleParameter } from '../userland.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';

export function moduleDirectory(machine: Machine): Directory {
  return kernelDirectory(
    () => machine.modules.keys(),
    (name) => {
      const module = machine.modules.get(name);
      return module === undefined
        ? undefined
        : fixedDirectory({ parameters: () => parametersDirectory(module) });
    },
  );
}

function parametersDirectory({ parameters }: LoadedModule): Directory {
  return kernelDirectory(
    () => parameters.keys(),
    (name) => {
      const parameter = parameters.get(name);
      return parameter === undefined ? undefined : parameterFile(parameter);
    },
  );
}

function parameterFile({ show, store }: ModuleParameter): ReturnType<typeof attributeFile> {
  if (store === undefined) return attributeFile({ show: () => `${show()}\n` });
  return attributeFile({
    show: () => `${show()}\n`,
    store: (_process, text) => ready(store(text.trim())),
  });
}
