// keywords.ts — Every keyword of multipath.conf: its sections, its kind of value, its default. Mirrors libmultipath/dict.c: init_keywords.
import type { Value } from './settings.ts';
import type { ValueType } from './value-type.ts';
import {
  absolutePath,
  beginsWith,
  counted,
  integer,
  interval,
  lossTime,
  marginalGroups,
  mode,
  offZeroOrInteger,
  oneOf,
  openFiles,
  owner,
  reservationKey,
  silentAtZero,
  text,
  uidRecords,
  unsetAt,
  unsigned,
  withoutSlash,
  wordOrInteger,
  yesNo,
} from './value-type.ts';

export const PATH_GROUPING_POLICIES = [
  'failover',
  'multibus',
  'group_by_serial',
  'group_by_prio',
  'group_by_node_name',
] as const;

const PROTOCOLS = [
  'undef',
  'ccw',
  'cciss',
  ...'fcp spi ssa sbp srp iscsi sas adt ata usb unspec'.split(' ').map((name) => `scsi:${name}`),
  ...'pcie rdma fc tcp loop apple-nvme unspec'.split(' ').map((name) => `nvme:${name}`),
];

const offOrInteger = wordOrInteger({ no: 'no', '0': 'no' });
const seconds = integer();

/** The kind of value that each keyword takes, in every section. */
const TYPES: Readonly<Record<string, ValueType>> = {
  verbosity: integer(0, 4),
  polling_interval: interval,
  max_polling_interval: unsigned,
  reassign_maps: yesNo,
  path_selector: counted(1),
  path_grouping_policy: beginsWith(PATH_GROUPING_POLICIES),
  uid_attrs: uidRecords,
  uid_attribute: text,
  prio: text,
  prio_args: text,
  features: counted(0),
  path_checker: text,
  checker: text,
  alias_prefix: withoutSlash,
  failback: unsetAt(
    0,
    wordOrInteger(
      { manual: 'manual', immediate: 'immediate', followover: 'followover' },
      { min: 0 },
    ),
  ),
  rr_min_io: unsetAt(0, integer()),
  rr_min_io_rq: unsetAt(0, integer()),
  max_fds: silentAtZero(openFiles),
  rr_weight: oneOf(['uniform', 'priorities']),
  no_path_retry: wordOrInteger({ fail: 'fail', '0': 'fail', queue: 'queue' }),
  queue_without_daemon: yesNo,
  checker_timeout: silentAtZero(integer()),
  allow_usb_devices: yesNo,
  flush_on_last_del: yesNo,
  user_friendly_names: yesNo,
  mode,
  uid: owner,
  gid: owner,
  fast_io_fail_tmo: offZeroOrInteger,
  dev_loss_tmo: lossTime,
  eh_deadline: offZeroOrInteger,
  bindings_file: absolutePath,
  wwids_file: absolutePath,
  prkeys_file: absolutePath,
  log_checker_err: oneOf(['once', 'always']),
  reservation_key: reservationKey,
  all_tg_pt: yesNo,
  retain_attached_hw_handler: yesNo,
  detect_prio: yesNo,
  detect_checker: yesNo,
  force_sync: yesNo,
  strict_timing: yesNo,
  deferred_remove: yesNo,
  partition_delimiter: withoutSlash,
  delay_watch_checks: offOrInteger,
  delay_wait_checks: offOrInteger,
  san_path_err_threshold: offOrInteger,
  san_path_err_forget_rate: offOrInteger,
  san_path_err_recovery_time: offOrInteger,
  marginal_path_err_sample_time: offOrInteger,
  marginal_path_err_rate_threshold: offOrInteger,
  marginal_path_err_recheck_gap_time: offOrInteger,
  marginal_path_double_failed_time: offOrInteger,
  find_multipaths: oneOf(['off', 'on', 'strict', 'greedy', 'smart'], {
    no: 'off',
    '0': 'off',
    yes: 'on',
    '1': 'on',
  }),
  // Milliseconds; no client waits for less.
  uxsock_timeout: integer(4000),
  retrigger_tries: seconds,
  retrigger_delay: seconds,
  missing_uev_wait_timeout: seconds,
  skip_kpartx: yesNo,
  // Ignored, whatever its value.
  disable_changed_wwids: { ...text, parse: () => ({ kind: 'value', value: 'ignored' }) },
  remove_retries: seconds,
  max_sectors_kb: unsetAt(0, integer()),
  ghost_delay: offOrInteger,
  find_multipaths_timeout: unsetAt(0, integer(-(2 ** 31))),
  enable_foreign: text,
  marginal_pathgroups: marginalGroups,
  recheck_wwid: yesNo,
  vendor: text,
  product: text,
  revision: text,
  product_blacklist: text,
  hardware_handler: counted(0),
  vpd_vendor: unsetAt('undef', oneOf(['hp3par', 'undef'])),
  wwid: text,
  alias: withoutSlash,
  type: oneOf(PROTOCOLS),
};

/** Accepted, said to be deprecated, and without effect. */
export const DEPRECATED: ReadonlySet<string> = new Set([
  'multipath_dir',
  'getuid_callout',
  'pg_timeout',
  'config_dir',
]);

export const typeOf = (keyword: string): ValueType => TYPES[keyword] ?? text;

/** The defaults. */
export const DEFAULTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['verbosity', 2],
  ['reassign_maps', 'no'],
  ['path_selector', 'service-time 0'],
  ['path_grouping_policy', 'failover'],
  ['uid_attribute', 'ID_SERIAL'],
  ['prio', 'const'],
  ['prio_args', ''],
  ['features', '0'],
  ['path_checker', 'tur'],
  ['alias_prefix', 'mpath'],
  ['failback', 'manual'],
  ['rr_min_io', 1000],
  ['rr_min_io_rq', 1],
  ['max_fds', 'max'],
  ['rr_weight', 'uniform'],
  ['queue_without_daemon', 'no'],
  ['allow_usb_devices', 'no'],
  ['flush_on_last_del', 'no'],
  ['user_friendly_names', 'no'],
  ['fast_io_fail_tmo', 5],
  ['bindings_file', '/etc/multipath/bindings'],
  ['wwids_file', '/etc/multipath/wwids'],
  ['prkeys_file', '/etc/multipath/prkeys'],
  ['log_checker_err', 'always'],
  ['all_tg_pt', 'no'],
  ['retain_attached_hw_handler', 'yes'],
  ['detect_prio', 'yes'],
  ['detect_checker', 'yes'],
  ['force_sync', 'no'],
  ['strict_timing', 'no'],
  ['deferred_remove', 'no'],
  ['delay_watch_checks', 'no'],
  ['delay_wait_checks', 'no'],
  ['san_path_err_threshold', 'no'],
  ['san_path_err_forget_rate', 'no'],
  ['san_path_err_recovery_time', 'no'],
  ['marginal_path_err_sample_time', 'no'],
  ['marginal_path_err_rate_threshold', 'no'],
  ['marginal_path_err_recheck_gap_time', 'no'],
  ['marginal_path_double_failed_time', 'no'],
  ['find_multipaths', 'strict'],
  ['uxsock_timeout', 4000],
  ['retrigger_tries', 3],
  ['retrigger_delay', 10],
  ['missing_uev_wait_timeout', 30],
  ['skip_kpartx', 'no'],
  ['disable_changed_wwids', 'ignored'],
  ['remove_retries', 0],
  ['ghost_delay', 'no'],
  ['find_multipaths_timeout', -10],
  ['enable_foreign', 'NONE'],
  ['marginal_pathgroups', 'off'],
  ['recheck_wwid', 'no'],
]);

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

const SHAKY_PATH_KEYWORDS = `delay_watch_checks delay_wait_checks san_path_err_threshold san_path_err_forget_rate
  san_path_err_recovery_time marginal_path_err_sample_time marginal_path_err_rate_threshold
  marginal_path_err_recheck_gap_time marginal_path_double_failed_time`;

/** Keywords of the sections, in the order in which they are printed. */
export const SECTION_KEYWORDS: Readonly<
  Record<'defaults' | 'device' | 'overrides' | 'protocol' | 'multipath', readonly string[]>
> = {
  defaults:
    words(`verbosity polling_interval max_polling_interval reassign_maps multipath_dir path_selector
    path_grouping_policy uid_attrs uid_attribute getuid_callout prio prio_args features path_checker checker
    alias_prefix failback rr_min_io rr_min_io_rq max_fds rr_weight no_path_retry queue_without_daemon checker_timeout
    allow_usb_devices pg_timeout flush_on_last_del user_friendly_names mode uid gid fast_io_fail_tmo dev_loss_tmo
    eh_deadline bindings_file wwids_file prkeys_file log_checker_err reservation_key all_tg_pt
    retain_attached_hw_handler detect_prio detect_checker force_sync strict_timing deferred_remove
    partition_delimiter config_dir ${SHAKY_PATH_KEYWORDS} find_multipaths uxsock_timeout retrigger_tries
    retrigger_delay missing_uev_wait_timeout skip_kpartx disable_changed_wwids remove_retries max_sectors_kb
    ghost_delay find_multipaths_timeout enable_foreign marginal_pathgroups recheck_wwid`),
  device:
    words(`vendor product revision product_blacklist path_grouping_policy uid_attribute getuid_callout
    path_selector path_checker checker alias_prefix features hardware_handler prio prio_args failback rr_weight
    no_path_retry rr_min_io rr_min_io_rq pg_timeout flush_on_last_del fast_io_fail_tmo dev_loss_tmo eh_deadline
    user_friendly_names retain_attached_hw_handler detect_prio detect_checker deferred_remove
    ${SHAKY_PATH_KEYWORDS} skip_kpartx max_sectors_kb ghost_delay all_tg_pt vpd_vendor recheck_wwid`),
  overrides:
    words(`path_grouping_policy uid_attribute getuid_callout path_selector path_checker checker alias_prefix
    features prio prio_args failback rr_weight no_path_retry rr_min_io rr_min_io_rq flush_on_last_del
    fast_io_fail_tmo dev_loss_tmo eh_deadline user_friendly_names retain_attached_hw_handler detect_prio
    detect_checker deferred_remove ${SHAKY_PATH_KEYWORDS} skip_kpartx max_sectors_kb ghost_delay all_tg_pt
    recheck_wwid`),
  protocol: words('type fast_io_fail_tmo dev_loss_tmo eh_deadline'),
  multipath:
    words(`wwid alias path_grouping_policy path_selector prio prio_args failback rr_weight no_path_retry
    rr_min_io rr_min_io_rq pg_timeout flush_on_last_del features mode uid gid reservation_key user_friendly_names
    deferred_remove ${SHAKY_PATH_KEYWORDS} skip_kpartx max_sectors_kb ghost_delay`),
};
