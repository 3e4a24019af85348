// status.ts — Prints the status and the table line; every word is followed by a space. Mirrors dm-mpath.c: multipath_status.
import type { DmTarget } from '@dmsim/dm';
import { DM_TYPE } from '@dmsim/dm';

import type { MpathIo, Multipath, PriorityGroup } from './multipath.ts';

export function status(ti: DmTarget<Multipath, MpathIo>, kind: 'info' | 'table'): string {
  const m = ti.state;
  const head = kind === 'info' ? infoHead(m) : tableHead(m);
  let line = `${head}${m.priorityGroups.length} ${shownPgNum(m)} `;
  for (const pg of m.priorityGroups) line += kind === 'info' ? infoGroup(pg) : tableGroup(pg);
  return line;
}

/** The group that the next I/O will try first, as far as it is known. */
function shownPgNum({ nextPg, currentPg, priorityGroups }: Multipath): number {
  return (nextPg ?? currentPg)?.pgNum ?? (priorityGroups.length > 0 ? 1 : 0);
}

/** 2 <queue_io> <pg_init_count> 0 — the last is the hardware handler's status, which never has words. */
const infoHead = (m: Multipath): string => `2 ${m.queueIo ? 1 : 0} ${m.pgInitCount} 0 `;

/** <#words> [feature]* 0|{1 <handler>} — in this order whatever that of the table line was, and as it is now. */
function tableHead(m: Multipath): string {
  const features: string[] = [];
  if (m.queueIfNoPath) features.push('queue_if_no_path');
  if (m.pgInitRetries > 0) features.push('pg_init_retries', String(m.pgInitRetries));
  if (m.pgInitDelayMsecs !== null) features.push('pg_init_delay_msecs', String(m.pgInitDelayMsecs));
  if (m.retainAttachedHwHandler) features.push('retain_attached_hw_handler');
  if (m.queueMode === DM_TYPE.BIO_BASED) features.push('queue_mode', 'bio');
  const count = features.length;
  features.push(m.hwHandlerName === null ? '0' : `1 ${m.hwHandlerName}`);
  return `${count} ${features.join(' ')} `;
}

/** <A|D|E> <selector status> <#paths> <#info args> { <dev> <A|F> <fail count> [info]* }* */
function infoGroup(pg: PriorityGroup): string {
  const { selector, selectorState: state, pgpaths } = pg;
  let line = `${letter(pg)} ${selector.status(state, null, 'info')}${pgpaths.length} ${selector.infoArgs} `;
  for (const p of pgpaths) {
    line += `${p.dev.name} ${p.active ? 'A' : 'F'} ${p.failCount} ${selector.status(state, p, 'info')}`;
  }
  return line;
}

function letter(pg: PriorityGroup): 'A' | 'D' | 'E' {
  if (pg.bypassed) return 'D';
  return pg === pg.m.currentPg ? 'A' : 'E';
}

/** <selector> <selector args> <#paths> <#args per path> { <dev> [arg]* }* */
function tableGroup({ selector, selectorState: state, pgpaths }: PriorityGroup): string {
  const head = `${selector.name} ${selector.status(state, null, 'table')}`;
  let line = `${head}${pgpaths.length} ${selector.tableArgs} `;
  for (const p of pgpaths) line += `${p.dev.name} ${selector.status(state, p, 'table')}`;
  return line;
}

/** Status lines as the kernel measures them; path selectors add nothing. */
export function measure({ state: { priorityGroups } }: DmTarget<Multipath, MpathIo>): string {
  return [`nr_priority_groups=${priorityGroups.length}`, ...priorityGroups.map(measureGroup)].join(
    ',',
  );
}

const measureGroup = (pg: PriorityGroup, i: number): string =>
  [
    `pg_state_${i}=${letter(pg)},nr_pgpaths_${i}=${pg.pgpaths.length},path_selector_name_${i}=${pg.selector.name}`,
    ...pg.pgpaths.map(
      (p, j) =>
        `path_name_${i}_${j}=${p.dev.name},is_active_${i}_${j}=${p.active ? 'A' : 'F'},` +
        `fail_count_${i}_${j}=${p.failCount},path_selector_status_${i}_${j}=`,
    ),
  ].join(',');
