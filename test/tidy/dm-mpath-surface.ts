// dm-mpath-surface.ts — All that dm-mpath of Linux 6.12 shows to those above, below and beside it, and where it is here.

/** `in`: a file below packages/, and the words of it that say it is there. Else: why it is not simulated. */
export type Place =
  | { readonly in: string; readonly as: string }
  | { readonly notSimulated: string };

export interface SurfaceGroup {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, place: Place])[];
}

const at = (file: string, as: string): Place => ({ in: file, as });
const not = (notSimulated: string): Place => ({ notSimulated });

const target = (as: string): Place => at('multipath/src/target.ts', as);
const feature = (word: string): Place => at('multipath/src/parse-features.ts', `'${word}'`);
const message = (word: string): Place => at('multipath/src/message.ts', `'${word}'`);
const flag = (field: string): Place => at('multipath/src/multipath.ts', `  ${field}: `);
const status = (as: string): Place => at('multipath/src/status.ts', as);
const verdict = (word: string): Place => at('dm/src/target-type.ts', `\`${word}\``);
const selector = (file: string): Place =>
  at(`multipath/src/selectors/${file}.ts`, `name: '${file}'`);
const handler = (file: string, name: string): Place =>
  at(`multipath/src/handlers/${file}.ts`, `name: '${name}'`);

const NO_METADATA = 'no device here has integrity metadata';

export const SURFACE: readonly SurfaceGroup[] = [
  {
    title: 'Target flags and hooks',
    rows: [
      ['DM_TARGET_SINGLETON', target('singleton: true')],
      ['DM_TARGET_IMMUTABLE', target('immutable: true')],
      ['DM_TARGET_PASSES_INTEGRITY', not(NO_METADATA)],
      ['ctr', target('ctr(')],
      ['dtr', target('dtr')],
      ['map', target('map:')],
      ['end_io', target('endIo:')],
      ['clone_and_map_rq', target('cloneAndMapRq')],
      ['release_clone_rq', target('releaseCloneRq')],
      ['rq_end_io', target('rqEndIo')],
      ['presuspend', target('presuspend')],
      ['postsuspend', target('postsuspend')],
      ['resume', target('resume')],
      ['status', target('status')],
      ['message', target('message')],
      ['prepare_ioctl', target('prepareIoctl')],
      ['iterate_devices', target('iterateDevices')],
      ['busy', target('busy')],
    ],
  },
  {
    title: 'Feature words of a table line',
    rows: [
      ['queue_if_no_path', feature('queue_if_no_path')],
      ['retain_attached_hw_handler', feature('retain_attached_hw_handler')],
      ['pg_init_retries N', feature('pg_init_retries')],
      ['pg_init_delay_msecs N', feature('pg_init_delay_msecs')],
      ['queue_mode bio', feature('bio')],
      ['queue_mode rq', feature('rq')],
      ['queue_mode mq', feature('mq')],
    ],
  },
  {
    title: 'Messages',
    rows: [
      ['queue_if_no_path', message('queue_if_no_path')],
      ['fail_if_no_path', message('fail_if_no_path')],
      ['disable_group N', message('disable_group')],
      ['enable_group N', message('enable_group')],
      ['switch_group N', message('switch_group')],
      ['fail_path DEVICE', message('fail_path')],
      ['reinstate_path DEVICE', message('reinstate_path')],
    ],
  },
  {
    title: 'Tokens of the status line',
    rows: [
      ['2 <queue_io> <pg_init_count>', status('2 <queue_io> <pg_init_count> 0')],
      ['<#handler status words>, always 0', status('2 <queue_io> <pg_init_count> 0')],
      ['<#groups> <next or current group>', status('shownPgNum(m)')],
      ['A, E or D of a group', status("'A' | 'D' | 'E'")],
      ['<#selector status words> [word]*', status("status(state, null, 'info')")],
      ['<#paths> <#selector words per path>', status('selector.infoArgs')],
      ['<device> A|F <fail count>', status("p.active ? 'A' : 'F'")],
      ['[selector word]*', status("status(state, p, 'info')")],
      ['STATUSTYPE_IMA', not('integrity measurement of the host is not simulated')],
    ],
  },
  {
    title: 'Tokens of the table line',
    rows: [
      ['<#feature words> [feature]*', status('tableHead')],
      ['0|{1 <handler>}', status('`1 ${m.hwHandlerName}`')],
      ['<#groups> <next or current group>', status('shownPgNum(m)')],
      ['<selector> <#words> [word]*', status("status(state, null, 'table')")],
      ['<#paths> <#selector words per path>', status('selector.tableArgs')],
      ['<device> [selector word]*', status("status(state, p, 'table')")],
    ],
  },
  {
    title: 'Flags of the target',
    rows: [
      ['MPATHF_QUEUE_IO', flag('queueIo')],
      ['MPATHF_QUEUE_IF_NO_PATH', flag('queueIfNoPath')],
      ['MPATHF_SAVED_QUEUE_IF_NO_PATH', flag('savedQueueIfNoPath')],
      ['MPATHF_RETAIN_ATTACHED_HW_HANDLER', flag('retainAttachedHwHandler')],
      ['MPATHF_PG_INIT_DISABLED', flag('pgInitDisabled')],
      ['MPATHF_PG_INIT_REQUIRED', flag('pgInitRequired')],
      ['MPATHF_PG_INIT_DELAY_RETRY', flag('pgInitDelayRetry')],
    ],
  },
  {
    title: 'Answers of map and end_io',
    rows: [
      ['DM_MAPIO_SUBMITTED', verdict('submitted')],
      ['DM_MAPIO_REMAPPED', verdict('remapped')],
      ['DM_MAPIO_REQUEUE', verdict('requeue')],
      ['DM_MAPIO_DELAY_REQUEUE', verdict('delay-requeue')],
      ['DM_MAPIO_KILL', verdict('kill')],
      ['DM_ENDIO_DONE', verdict('done')],
      ['DM_ENDIO_INCOMPLETE', verdict('incomplete')],
      ['DM_ENDIO_REQUEUE', verdict('requeue')],
      ['DM_ENDIO_DELAY_REQUEUE', verdict('delay-requeue')],
    ],
  },
  {
    title: 'Answers of a hardware handler',
    rows: [
      ['SCSI_DH_OK', at('multipath/src/pg-init.ts', 'SCSI_DH.OK')],
      ['SCSI_DH_NOSYS', at('multipath/src/pg-init.ts', 'SCSI_DH.NOSYS')],
      ['SCSI_DH_DEV_TEMP_BUSY', at('multipath/src/pg-init.ts', 'SCSI_DH.DEV_TEMP_BUSY')],
      ['SCSI_DH_RETRY', at('multipath/src/pg-init.ts', 'SCSI_DH.RETRY')],
      ['SCSI_DH_IMM_RETRY', at('multipath/src/pg-init.ts', 'SCSI_DH.IMM_RETRY')],
      ['SCSI_DH_RES_TEMP_UNAVAIL', at('multipath/src/pg-init.ts', 'SCSI_DH.RES_TEMP_UNAVAIL')],
      ['SCSI_DH_DEV_OFFLINED', at('multipath/src/pg-init.ts', 'SCSI_DH.DEV_OFFLINED')],
    ],
  },
  {
    title: 'Path selectors',
    rows: [
      ['round-robin', selector('round-robin')],
      ['queue-length', selector('queue-length')],
      ['service-time', selector('service-time')],
      ['historical-service-time', selector('historical-service-time')],
      ['io-affinity', selector('io-affinity')],
    ],
  },
  {
    title: 'Hardware handlers',
    rows: [
      ['alua', handler('alua', 'alua')],
      ['emc', handler('emc', 'emc')],
      ['hp_sw', handler('hp-sw', 'hp_sw')],
      ['rdac', handler('rdac', 'rdac')],
    ],
  },
  {
    title: 'Module parameters',
    rows: [
      [
        'dm_multipath.queue_if_no_path_timeout_secs',
        at('host/src/modules.ts', 'queue_if_no_path_timeout_secs'),
      ],
      ['dm_mod.use_blk_mq', not('Linux ignores it too')],
      ['dm_mod.major', not('always 254, as Debian gives it')],
      ['dm_mod.dm_numa_node', not('memory has no nodes')],
      ['dm_mod.dm_mq_nr_hw_queues', not('a queue is one queue, of one CPU')],
      ['dm_mod.dm_mq_queue_depth', not('always the default, 2048')],
      ['dm_mod.reserved_bio_based_ios', not('memory never runs out')],
      ['dm_mod.reserved_rq_based_ios', not('memory never runs out')],
      ['dm_mod.swap_bios', not('there is no swap')],
    ],
  },
  {
    title: 'Uevents',
    rows: [
      ['PATH_FAILED', at('multipath/src/path-state.ts', "'PATH_FAILED'")],
      ['PATH_REINSTATED', at('multipath/src/path-state.ts', "'PATH_REINSTATED'")],
    ],
  },
  {
    title: 'Ways in besides reads and writes',
    rows: [
      ['flush', at('multipath/src/ctr.ts', 'numFlushBios')],
      ['discard', at('multipath/src/ctr.ts', 'numDiscardBios')],
      ['write zeroes', at('multipath/src/ctr.ts', 'numWriteZeroesBios')],
      ['ioctl', at('multipath/src/ioctl.ts', 'prepareIoctl')],
      ['persistent reservations (dm_pr_ops)', not('no program here makes reservations')],
      [
        'statistics (@stats_*)',
        not('messages to the core, not to multipath; no program here asks'),
      ],
      ['zoned devices', not('no device here has zones; multipath passes none of their reports')],
      ['DAX', not('multipath has no direct access')],
    ],
  },
];
