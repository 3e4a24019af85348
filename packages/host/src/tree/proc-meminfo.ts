// proc-meminfo.ts — /proc/meminfo: what the page caches of disks hold; all else is as on a machine of 1 GB at rest. Mirrors fs/proc/meminfo.c: meminfo_proc_show.
import type { PageCache } from '@dmsim/bdev';

import type { Userland } from '../userland.ts';

const PAGE_KB = 4;

/**
 * Linux counts pages per CPU and adds them up in batches, so its figures can lag behind by some pages for up to a second. These
 * figures never lag.
 */
export function memoryInfo({ pageCaches }: Userland): string {
  const sum = (count: (cache: PageCache) => number): number => {
    let pages = 0;
    for (const cache of pageCaches.values()) pages += count(cache);
    return pages * PAGE_KB;
  };
  const told: Readonly<Record<string, number>> = {
    Buffers: sum(({ pages }) => pages.size),
    Dirty: sum(({ dirtyPages }) => dirtyPages),
    Writeback: sum(({ writingPages }) => writingPages),
  };
  return FIELDS.map(([name, kb]) => line(name, told[name] ?? kb)).join('');
}

function line(name: string, value: number): string {
  const unit = name.startsWith('HugePages_') ? '' : ' kB';
  return `${`${name}:`.padEnd(16)}${String(value).padStart(8)}${unit}\n`;
}

/** In KiB, except for the lines about HugePages. */
const FIELDS: readonly (readonly [string, number])[] = (
  'MemTotal=988760 MemFree=896660 MemAvailable=825968 Buffers=0 Cached=49260 SwapCached=0 Active=49768 Inactive=0 ' +
  'Active(anon)=49768 Inactive(anon)=0 Active(file)=0 Inactive(file)=0 Unevictable=0 Mlocked=0 SwapTotal=0 SwapFree=0 ' +
  'Zswap=0 Zswapped=0 Dirty=0 Writeback=0 AnonPages=532 Mapped=4568 Shmem=49260 KReclaimable=1148 Slab=9272 ' +
  'SReclaimable=1148 SUnreclaim=8124 KernelStack=952 PageTables=176 SecPageTables=0 NFS_Unstable=0 Bounce=0 ' +
  'WritebackTmp=0 CommitLimit=494380 Committed_AS=51144 VmallocTotal=13743895347199 VmallocUsed=8304 VmallocChunk=0 ' +
  'Percpu=276 HardwareCorrupted=0 AnonHugePages=0 ShmemHugePages=0 ShmemPmdMapped=0 FileHugePages=0 FilePmdMapped=0 ' +
  'Unaccepted=0 HugePages_Total=0 HugePages_Free=0 HugePages_Rsvd=0 HugePages_Surp=0 Hugepagesize=2048 Hugetlb=0 ' +
  'DirectMap4k=26492 DirectMap2M=1021952 DirectMap1G=0'
)
  .split(' ')
  .map((word) => {
    const [name = '', value] = word.split('=', 2);
    return [name, Number(value)];
  });
