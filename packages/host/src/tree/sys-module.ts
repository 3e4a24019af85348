// sys-module.ts — /sys/module: loaded modules and their parameters.
import type { Directory, Vnode } from '@dmsim/vfs';
import { attributeFile, ready } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { LoadedModule, ModuleParameter } from '../userland.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';

export function moduleDirectory(machine: Machine): Directory {
  return kernelDirectory(
    () => machine.modules.keys(),
    (name) => {
      const module = machine.modules.get(name);
      return module === undefined ? undefined : oneModule(name, module);
    },
  );
}

const FILES = ['coresize', 'initsize', 'initstate', 'refcnt', 'taint', 'uevent'];
const DIRECTORIES = ['holders', 'notes', 'sections'];

function oneModule(name: string, module: LoadedModule): Directory {
  const path = `/sys/module/${name}`;
  const unsimulated = [
    ...FILES.map((file) => [file, () => unsimulatedFile(`${path}/${file}`)] as const),
    ...DIRECTORIES.map((file) => [file, () => unsimulatedDirectory(`${path}/${file}`)] as const),
  ];
  return fixedDirectory({
    ...Object.fromEntries<() => Vnode>(unsimulated),
    ...(module.parameters.size === 0 ? {} : { parameters: () => parametersDirectory(module) }),
  });
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
