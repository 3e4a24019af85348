// Installs both tarballs as users do: in an empty folder, with npm alone. That takes half a minute, so DMSIM_TESTS=all has it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { builtPage } from '../playground/built-page.ts';
import { ALL } from '../share.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = (name: string): string => join(root, 'node_modules/.bin', name);

let folder = '';
let tarballs: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-install-'));
  const packs = join(folder, 'packs');
  const pack = join(root, 'packages/cli/build/pack.mjs');
  execFileSync(process.execPath, [pack, '--to', packs, '--page', await builtPage()]);
  tarballs = readdirSync(packs)
    .toSorted()
    .map((name) => join(packs, name));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...tarballs], {
    cwd: folder,
    stdio: 'pipe',
  });
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

const run = (file: string, ...args: string[]): { status: number | null; out: string } => {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8' });
  return { status, out: stdout + stderr };
};

describe.runIf(ALL)('the command', () => {
  it('runs the lab that comes with it, and prints what Linux prints', () => {
    const labs = join(folder, 'node_modules/dmsim/docs/labs');
    const { status, out } = run(
      join(folder, 'node_modules/.bin/dmsim'),
      'run',
      join(labs, 'replug.sh'),
    );
    expect(out).toContain(readFileSync(join(labs, 'replug.expected'), 'utf8'));
    expect(status).toBe(0);
  });

  it('has every page that its README, its help and its pages lead to', () => {
    const home = join(folder, 'node_modules/dmsim');
    const pages = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    // Those lead to sources, which are in the repository only.
    const readers = pages.filter((name) => !/kernel-map|museum|adr\//.test(name));
    const missing = readers.flatMap((name) =>
      [...readFileSync(join(home, name), 'utf8').matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)]
        .map(([, to = '']) => join(name, '..', to))
        .filter((to) => !existsSync(join(home, to))),
    );
    expect(missing).toEqual([]);
    const { out } = run(join(folder, 'node_modules/.bin/dmsim'), '--help');
    for (const [path] of out.matchAll(/docs\/[a-z-]+\.md/g)) expect(pages).toContain(path);
  });

  it('says where the labs are that its pages name', () => {
    const { status, out } = run(
      join(folder, 'node_modules/.bin/dmsim'),
      'run',
      'docs/labs/replug.sh',
    );
    expect(out).toMatch(/^dmsim: docs\/labs\/replug\.sh: No such file or directory; it is \//);
    const [, path = ''] = /; it is (.*)\n/.exec(out) ?? [];
    expect(readFileSync(path, 'utf8')).toContain('modprobe scsi_debug');
    expect(status).toBe(125);
  });

  it('has the playground in it, with the licences of what that is made of', () => {
    const page = join(folder, 'node_modules/dmsim/dist/page');
    expect(readFileSync(join(page, 'index.html'), 'utf8')).toContain('<title>dmsim playground');
    const notices = readFileSync(join(page, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['preact', '@codemirror/view', '@xterm/xterm', 'unbash', 'jq']) {
      expect(notices).toContain(`\n${name} `);
    }
  });

  it('says the version of its package', () => {
    const { version } = JSON.parse(
      readFileSync(join(folder, 'node_modules/dmsim/package.json'), 'utf8'),
    ) as { version: string };
    expect(run(join(folder, 'node_modules/.bin/dmsim'), '--version').out).toBe(
      `dmsim ${version}\n`,
    );
  });

  it('takes a selector in TypeScript', () => {
    const dmsim = join(folder, 'node_modules/.bin/dmsim');
    expect(run(dmsim, 'new', 'selector', 'mine.ts').status).toBe(0);
    writeFileSync(join(folder, 'idle.sh'), 'echo idle\n');
    expect(run(dmsim, 'run', '--quiet', '--selector', 'mine.ts', 'idle.sh')).toEqual({
      status: 0,
      out: 'idle\n',
    });
  });

  it('brings rolldown, which is native, and no other package with it, and names those that are part of it', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((n) => !n.startsWith('.'));
    const ofKit = new Set(['@dmsim', 'fast-check', 'pure-rand', 'rxjs', 'tslib']);
    const ofRolldown = ['@oxc-project', '@rolldown', 'dmsim', 'rolldown'];
    expect(installed.filter((name) => !ofKit.has(name)).toSorted()).toEqual(ofRolldown);
    const notices = join(folder, 'node_modules/dmsim/dist/bundle/THIRD-PARTY-NOTICES.txt');
    const text = readFileSync(notices, 'utf8');
    expect(text).toMatch(/^rxjs \d+\.\d+\.\d+ \(Apache-2\.0\)$/m);
    expect(text).toContain('jq is copyright (C) 2012 Stephen Dolan');
  });
});

const SELECTOR = `import type { DmPath, PathSelectorType } from '@dmsim/kit';

interface State {
  readonly valid: DmPath<null>[];
}

/** Always the first path that can be used. */
export const first: PathSelectorType<State, null> = {
  name: 'first',
  tableArgs: 0,
  infoArgs: 0,
  create: (_host, args) => (args.length === 0 ? { state: { valid: [] } } : 'EINVAL'),
  addPath({ valid }, path) {
    valid.push(path);
    return undefined;
  },
  failPath({ valid }, path) {
    valid.splice(valid.indexOf(path), 1);
  },
  reinstatePath({ valid }, path) {
    valid.push(path);
    return undefined;
  },
  selectPath: ({ valid }) => valid[0] ?? null,
  status: (_state, path) => (path === null ? '0 ' : ''),
};
`;

const TARGET_AND_INVARIANT = `import { DM_TRACE, decode } from '@dmsim/kit';
import type { Invariant, TargetType } from '@dmsim/kit';

export const hole: TargetType<null> = {
  name: 'hole',
  version: [1, 0, 0],
  ctr: () => ({ state: null }),
  map: () => 'kill',
  status: () => '',
};

export const neverSuspended: Invariant = {
  name: 'no device is suspended',
  meaning: 'A device was suspended.',
  points: [DM_TRACE.dm_suspend.code],
  start: ({ report }) => ({
    see(event) {
      const { dev } = decode(event, DM_TRACE.dm_suspend);
      report({ message: 'suspended', at: event.at, dev });
    },
  }),
};
`;

const PROPERTY = `import * as fc from 'fast-check';
import { queueingSchedule, runSchedule } from '@dmsim/kit';

fc.assert(
  fc.property(queueingSchedule(), (schedule) => {
    const { violations } = runSchedule(schedule, { requeue: 'deferred-head' });
    return violations.length === 0;
  }),
  { numRuns: 50, seed: 1 },
);
console.log('held');
`;

/** As strictly as a careful user does it. */
function typeCheck(files: readonly string[], target = 'es2023'): ReturnType<typeof run> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitReturns: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    target,
    module: 'nodenext',
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  return run(tool('tsc'), '-p', folder);
}

describe.runIf(ALL)('the library', () => {
  it('has the types for a selector, a target and an invariant of one’s own', () => {
    writeFileSync(join(folder, 'selector.ts'), SELECTOR);
    writeFileSync(join(folder, 'own.ts'), TARGET_AND_INVARIANT);
    // esnext has iterators with methods, which generators of one's own lack.
    for (const target of ['es2023', 'esnext'])
      expect(typeCheck(['selector.ts', 'own.ts'], target)).toEqual({ status: 0, out: '' });
  });

  it('agrees with the types of the files that `dmsim new` writes', () => {
    const uses = {
      selector: "import { checkSelector as use } from '@dmsim/kit';",
      target:
        "import type { TargetType } from '@dmsim/kit';\nconst use = <S>(target: TargetType<S>): TargetType<S> => target;",
      checker: 'const use = (checker: object): object => checker;',
      prioritizer: 'const use = (prioritizer: object): object => prioritizer;',
      invariant:
        "import type { Invariant } from '@dmsim/kit';\nconst use = (invariant: Invariant): Invariant => invariant;",
    };
    const files = Object.entries(uses).map(([kind, use]) => {
      const dmsim = join(folder, 'node_modules/.bin/dmsim');
      expect(run(dmsim, 'new', kind, `new-${kind}.ts`).status).toBe(0);
      const used = `import { ${kind} } from './new-${kind}.ts';\n${use}\nuse(${kind});\n`;
      writeFileSync(join(folder, `use-${kind}.ts`), used);
      return `use-${kind}.ts`;
    });
    expect(typeCheck(files)).toEqual({ status: 0, out: '' });
  });

  it('runs a property', () => {
    writeFileSync(join(folder, 'property.mjs'), PROPERTY);
    expect(run(process.execPath, 'property.mjs')).toEqual({ status: 0, out: 'held\n' });
  });
});

describe.runIf(ALL)('each tarball', () => {
  it('is clean to publint', () => {
    for (const file of tarballs) {
      const { status, out } = run(tool('publint'), 'run', file, '--strict');
      expect(out).toContain('All good!');
      expect(status).toBe(0);
    }
  });

  it('has types that resolve as its code does', () => {
    const kit = tarballs.find((file) => file.includes('kit')) as string;
    expect(run(tool('attw'), kit, '--profile', 'esm-only').status).toBe(0);
  });

  it('holds nothing of the workspace', () => {
    for (const file of tarballs) {
      const list = execFileSync('tar', ['tzf', file], { encoding: 'utf8' });
      expect(list).toMatch(/^package\/LICENSE$/m);
      expect(list).toMatch(/^package\/README\.md$/m);
      expect(list).not.toMatch(/\.test\.|src\//);
      const manifest = execFileSync('tar', ['xzOf', file, 'package/package.json'], {
        encoding: 'utf8',
      });
      expect(manifest).not.toContain('workspace:');
    }
  });
});
