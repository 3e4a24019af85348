// io-affinity.ts — Chooses the path that belongs to the CPU. Mirrors drivers/md/dm-ps-io-affinity.c.
import { printk } from '@dmsim/sim';

import type { DmPath, PathSelectorType, SelectorHost } from './path-selector.ts';

interface IoaPath {
  readonly path: DmPath;
  readonly mask: bigint;
  failed: boolean;
}

interface IoAffinity {
  readonly host: SelectorHost;
  /** By CPU. */
  readonly pathMap: (IoaPath | null)[];
  /** How many I/Os came from CPUs without a path. */
  mapMisses: number;
}

const log = ({ sim }: SelectorHost, text: string): void =>
  printk(sim, `device-mapper: multipath io-affinity: ${text}`);

/** Hexadecimal, in groups of 32 bits separated by commas. Null for anything else, or for a CPU that doesn't exist (cpumask_parse). */
function parseCpumask(word: string, nrCpus: number): bigint | null {
  if (!/^[0-9a-f]{1,8}(,[0-9a-f]{1,8})*$/i.test(word)) return null;
  let mask = 0n;
  for (const chunk of word.split(',')) mask = (mask << 32n) | BigInt(`0x${chunk}`);
  return mask >> BigInt(nrCpus) === 0n ? mask : null;
}

/** Prints all CPUs of the machine as `%*pb` does, the group with the highest first. */
function formatCpumask(mask: bigint, nrCpus: number): string {
  const groups: string[] = [];
  for (let low = 0; low < nrCpus; low += 32) {
    const digits = Math.ceil(Math.min(32, nrCpus - low) / 4);
    const bits = BigInt.asUintN(32, mask >> BigInt(low));
    groups.unshift(bits.toString(16).padStart(digits, '0'));
  }
  return groups.join(',');
}

/** Gives each CPU to the first path that claims it. False if none was left for this path. */
function claimCpus({ host, pathMap }: IoAffinity, claimant: IoaPath): boolean {
  let claimed = false;
  for (let cpu = 0; cpu < pathMap.length; cpu++) {
    if (((claimant.mask >> BigInt(cpu)) & 1n) === 0n) continue;
    if (pathMap[cpu] === null) {
      pathMap[cpu] = claimant;
      claimed = true;
    } else {
      log(host, `CPU mapping for ${cpu} exists. Ignoring.`);
    }
  }
  return claimed;
}

/** Chooses the CPU's own path, or else the first that works: all CPUs are assumed to be on one node. */
function selectPath(state: IoAffinity): DmPath | null {
  const { pathMap, host } = state;
  const own = pathMap[host.currentCpu()] ?? null;
  if (own !== null && !own.failed) return own.path;
  if (own === null) state.mapMisses++;
  for (const other of pathMap) {
    if (other !== null && !other.failed) return other.path;
  }
  return null;
}

/** Path arguments: <cpumask> */
export const ioAffinity: PathSelectorType<IoAffinity, IoaPath> = {
  name: 'io-affinity',
  tableArgs: 1,
  infoArgs: 1,
  create(host) {
    const pathMap: IoAffinity['pathMap'] = [];
    while (pathMap.length < host.nrCpus) pathMap.push(null);
    return { state: { host, pathMap, mapMisses: 0 } };
  },
  addPath(state, path, args) {
    const [word] = args;
    if (args.length !== 1 || word === undefined) {
      return { error: 'io-affinity ps: invalid number of arguments', errno: 'EINVAL' };
    }
    const mask = parseCpumask(word, state.host.nrCpus);
    if (mask === null) return { error: 'io-affinity ps: invalid cpumask', errno: 'EINVAL' };
    path.context = { path, mask, failed: false };
    if (claimCpus(state, path.context)) return undefined;
    return { error: 'io-affinity ps: No new/valid CPU mapping found', errno: 'EINVAL' };
  },
  status({ host, mapMisses }, path, kind) {
    if (path === null) return '0 ';
    return kind === 'info' ? `${mapMisses} ` : `${formatCpumask(path.context.mask, host.nrCpus)} `;
  },
  failPath(_state, path) {
    path.context.failed = true;
  },
  reinstatePath(_state, path) {
    path.context.failed = false;
    return undefined;
  },
  selectPath: (state) => selectPath(state) as DmPath<IoaPath> | null,
};
