// further-programs.ts — Cuts the engine's script in two: what most labs call is there at once, large programs that few call come after it.
//
// Both files are classic scripts, so that a worker can be made of their texts, one after the other, without a network.
import { fileURLToPath } from 'node:url';

import type { Plugin } from 'vite';

interface FurtherProgram {
  readonly file: string;
  /** The file's export: a program, or the function that makes one for a machine. */
  readonly exported: string;
}

const FURTHER: readonly FurtherProgram[] = [
  { file: 'coreutils/src/diffutils/diff.ts', exported: 'diff' },
  { file: 'coreutils/src/fileutils/du.ts', exported: 'du' },
  { file: 'coreutils/src/jq/jq.ts', exported: 'jq' },
  { file: 'coreutils/src/shellutils/expr.ts', exported: 'expr' },
  { file: 'coreutils/src/textutils/column.ts', exported: 'column' },
  { file: 'coreutils/src/textutils/join.ts', exported: 'join' },
  { file: 'coreutils/src/textutils/numfmt.ts', exported: 'numfmt' },
  { file: 'coreutils/src/textutils/od.ts', exported: 'od' },
  { file: 'coreutils/src/textutils/xxd.ts', exported: 'xxd' },
  { file: 'host/src/programs/df.ts', exported: 'df' },
  { file: 'host/src/programs/dmsetup/dmstats.ts', exported: 'dmstatsProgram' },
  { file: 'host/src/programs/fio/fio.ts', exported: 'fioProgram' },
  { file: 'host/src/programs/kpartx/kpartx.ts', exported: 'kpartxProgram' },
  { file: 'host/src/programs/lsscsi.ts', exported: 'lsscsi' },
  { file: 'host/src/programs/procps/sysctl.ts', exported: 'sysctl' },
  { file: 'host/src/programs/qemu-img/qemu-img.ts', exported: 'qemuImgProgram' },
  { file: 'host/src/programs/qemu-img/qemu-io.ts', exported: 'qemuIoProgram' },
  { file: 'host/src/programs/qemu/guest.ts', exported: 'guestProgram' },
  { file: 'host/src/programs/qemu/qemu.ts', exported: 'qemuProgram' },
  { file: 'host/src/programs/qemu/qmp.ts', exported: 'qmpProgram' },
  { file: 'host/src/programs/sg3-utils/sg-inq.ts', exported: 'sgInq' },
  { file: 'host/src/programs/sg3-utils/sg-persist.ts', exported: 'sgPersist' },
  { file: 'host/src/programs/sg3-utils/sg-rtpg.ts', exported: 'sgRtpg' },
  { file: 'host/src/programs/sg3-utils/sg-turs.ts', exported: 'sgTurs' },
  { file: 'host/src/programs/util-linux/findmnt.ts', exported: 'findmnt' },
  { file: 'host/src/programs/util-linux/losetup.ts', exported: 'losetup' },
  { file: 'host/src/programs/util-linux/lsblk/lsblk.ts', exported: 'lsblk' },
  { file: 'host/src/programs/util-linux/sfdisk/sfdisk.ts', exported: 'sfdisk' },
  { file: 'multipathd/src/programs/mpathpersist.ts', exported: 'mpathpersistProgram' },
];

const packages = fileURLToPath(new URL('../../', import.meta.url));
const ALL_OF_THEM = '\0further-programs';
/** Marks a file as the program itself; without it the file is a stand-in. */
const ITSELF = '?itself';

export const cutOffFurtherPrograms: Plugin = {
  name: 'further-programs',
  buildStart() {
    this.emitFile({ type: 'chunk', id: ALL_OF_THEM, name: 'further-programs' });
  },
  resolveId: (id) => (id === ALL_OF_THEM ? id : undefined),
  load(id) {
    if (id === ALL_OF_THEM) return allOfThem();
    const found = FURTHER.find(({ file }) => id === packages + file);
    return found === undefined ? undefined : standIn(found.exported);
  },
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
    const further = chunks.find(({ name }) => name === 'further-programs');
    const engine = chunks.find(({ isEntry, name }) => isEntry && name === 'worker');
    const shared = chunks.find(({ isEntry }) => !isEntry);
    if (!further || !engine || !shared || chunks.length !== 3)
      throw new Error(
        `the engine is in other parts than expected: ${Object.keys(bundle).join(' ')}`,
      );
    const scriptOf = ({ code }: { readonly code: string }): string =>
      asScript(code, this.parse(code).body as readonly Statement[]);
    const name = JSON.stringify(further.fileName.replace(/^.*\//, ''));
    engine.code = `globalThis.furtherFile=${name};\n${scriptOf(shared)}\n${scriptOf(engine)}\n`;
    // Vite takes the first script for the engine's, so this one is a mere file.
    const source = `${scriptOf(further)}\n`;
    this.emitFile({ type: 'asset', fileName: further.fileName, source });
    engine.imports.length = 0;
    delete bundle[shared.fileName];
    delete bundle[further.fileName];
  },
};

function allOfThem(): string {
  const imports = FURTHER.map(
    ({ file, exported }) => `import { ${exported} } from '${packages}${file}${ITSELF}';`,
  );
  const names = FURTHER.map(({ exported }) => exported).join(', ');
  return `${imports.join('\n')}\nglobalThis.furtherPrograms = { ${names} };`;
}

function standIn(exported: string): string {
  const further = `${packages}playground/src/engine/further.ts`;
  return `import { furtherProgram } from '${further}';
    export const ${exported} = (given) => furtherProgram('${exported}')(given);`;
}

/** A node of a module's syntax tree, as far as it is looked at. */
interface Statement {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly specifiers?: readonly Specifier[];
}

interface Specifier {
  readonly local: { readonly name: string };
  readonly imported?: { readonly name: string };
  readonly exported?: { readonly name: string };
}

/** The module as a function that is called: what it exports is a property of `globalThis.engine`, where others find it. */
function asScript(code: string, body: readonly Statement[]): string {
  let script = '';
  let done = 0;
  for (const { type, start, end, specifiers = [] } of body) {
    const isImport = type === 'ImportDeclaration';
    if (!isImport && !type.startsWith('Export')) continue;
    const names = specifiers.map(({ local, imported, exported }) =>
      isImport ? `${imported?.name}:${local.name}` : `${exported?.name}:${local.name}`,
    );
    const list = `{${names.join(',')}}`;
    script += code.slice(done, start);
    script += isImport ? `const ${list}=globalThis.engine;` : `globalThis.engine=${list};`;
    done = end;
  }
  return `(()=>{${script}${code.slice(done)}})();`;
}
