// pack.mjs — Makes what users install: dmsim-VERSION.tgz, the command, and dmsim-kit-VERSION.tgz, the library.
//   node pack.mjs [--to FOLDER] [--page FOLDER]
// The command's bundle is the one that `npm run build` made; `--page` names a page that is built already. Both tarballs are staged in a folder of their own, so that nothing of the workspace gets in but what is named here.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { bundle, commandFolder, NOTICES } from './bundle.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = join(root, 'packages');
const { values } = parseArgs({ options: { to: { type: 'string' }, page: { type: 'string' } } });
const to = resolve(values.to ?? join(packages, 'cli/dist/pack'));
const { VERSION } = await import(join(packages, 'cli/dist/version.js'));

const COMMON = {
  version: VERSION,
  license: 'MIT',
  type: 'module',
  engines: { node: '>=20.19' },
};

function stage(name) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  return folder;
}

function writeManifest(folder, manifest) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function pack(folder) {
  const args = ['pack', '--silent', '--pack-destination', to];
  const file = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }).trim();
  rmSync(folder, { recursive: true });
  process.stdout.write(`${relative(process.cwd(), join(to, file))}\n`);
}

function buildPage() {
  const playground = join(packages, 'playground');
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: playground });
  return join(playground, 'dist/page');
}

function packCommand() {
  const own = JSON.parse(readFileSync(join(packages, 'cli/package.json'), 'utf8'));
  const folder = stage('dmsim');
  cpSync(join(root, 'README.md'), join(folder, 'README.md'));
  cpSync(join(root, 'docs'), join(folder, 'docs'), { recursive: true });
  cpSync(join(packages, 'cli/bin'), join(folder, 'bin'), { recursive: true });
  cpSync(values.page ?? buildPage(), join(folder, 'dist/page'), { recursive: true });
  cpSync(commandFolder, join(folder, 'dist/bundle'), { recursive: true });
  writeManifest(folder, {
    name: 'dmsim',
    ...COMMON,
    description:
      'Runs bash labs about device-mapper and multipath in virtual time, and prints what Linux prints.',
    bin: { dmsim: './bin/dmsim.js' },
    files: ['bin', 'dist', 'docs'],
    dependencies: { rolldown: own.dependencies.rolldown },
  });
  pack(folder);
}

async function packKit() {
  const folder = stage('dmsim-kit');
  cpSync(join(packages, 'kit/README.md'), join(folder, 'README.md'));
  const kit = JSON.parse(readFileSync(join(packages, 'kit/package.json'), 'utf8'));
  const external = dependenciesOfTypes(kit.dependencies);
  const entries = [join(packages, 'kit/dist/index.js')];
  await bundle({
    entries,
    folder: join(folder, 'dist'),
    external: Object.keys(external),
    notices: NOTICES,
  });
  copyTypes(join(folder, 'types'));
  writeManifest(folder, {
    name: '@dmsim/kit',
    ...COMMON,
    description:
      'Property tests for device-mapper setups and path selectors, on the dmsim simulator.',
    exports: { '.': { types: './types/kit/index.d.ts', default: './dist/index.js' } },
    files: ['dist', 'types'],
    dependencies: external,
  });
  pack(folder);
}

/** The packages whose types the API names. Ranges, so that a user who has one of them, too, gets one copy: two have types of their own. */
function dependenciesOfTypes(own) {
  const observe = JSON.parse(readFileSync(join(packages, 'observe/package.json'), 'utf8'));
  return { 'fast-check': `^${own['fast-check']}`, rxjs: `^${observe.dependencies.rxjs}` };
}

/** The declarations of every package that the kit's reach, as siblings of its own. */
function copyTypes(target) {
  const seen = new Set();
  const copy = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const from = join(packages, name, 'dist');
    for (const file of readdirSync(from, { recursive: true })) {
      if (!file.endsWith('.d.ts') || file.startsWith('bundle')) continue;
      const text = readFileSync(join(from, file), 'utf8');
      const path = join(target, name, file);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, rewrite(text, relative(join(target, name, file, '..'), target)));
      for (const [, inner] of text.matchAll(/'@dmsim\/([a-z]+)'/g)) copy(inner);
    }
  };
  copy('kit');
}

const rewrite = (text, up) =>
  text
    .replaceAll(/'@dmsim\/([a-z]+)'/g, (_, name) => `'${up}/${name}/index.js'`)
    .replaceAll(/'(\.[^']*)\.ts'/g, "'$1.js'")
    .replaceAll(/^\/\/# sourceMappingURL=.*\n?/gm, '');

mkdirSync(to, { recursive: true });
packCommand();
await packKit();
