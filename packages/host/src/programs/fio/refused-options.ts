// refused-options.ts — The options that fio 3.33 has and this fio refuses by name.

export const REFUSED_OPTIONS: ReadonlySet<string> = new Set(
  `wait_for directory filename_format unique_filename opendir rw_sequencer io_submit_mode fill_device fill_fs
  filesize file_append offset_align offset_increment number_ios random_generator percentage_random allrandrepeat nrfiles
  openfiles file_service_type fadvise_hint fdatasync write_barrier sync_file_range atomic overwrite verify_only
  clocksource mem iomem iomem_align write_iolog read_iolog merge_blktrace_file merge_blktrace_scalars
  merge_blktrace_iters exec_prerun exec_postrun ioscheduler zonemode zonesize zonecapacity zonerange zoneskip
  read_beyond_wp max_open_zones job_max_open_zones ignore_zone_limits zone_reset_threshold zone_reset_frequency lockmem
  nice prio prioclass thinktime_spin thinktime_blocks_type thinktime_iotime rate_min rate_iops_min rate_cycle
  rate_ignore_thinktime max_latency latency_target latency_window latency_percentile latency_run sync write_hint
  create_only pre_read cpumask cpus_allowed cpus_allowed_policy numa_cpu_nodes numa_mem_policy unlink
  unlink_each_loop exitall exit_what exitall_on_error per_job_logs log_entries log_hist_msec log_hist_coarseness
  write_hist_log log_max_value log_offset log_prio log_compression log_store_compressed log_unix_epoch
  log_alternate_epoch block_error_percentiles stats buffer_pattern buffer_compress_percentage buffer_compress_chunk
  dedupe_percentage dedupe_mode dedupe_global significant_figures percentile_precision gtod_cpu unified_rw_reporting
  error_dump ignore_error profile cgroup cgroup_weight cgroup_nodelete uid gid kb_base unit_base flow flow_id
  flow_watermark flow_sleep steadystate steadystate_duration steadystate_ramp_time iodepth_batch
  iodepth_batch_submit iodepth_batch_complete iodepth_batch_complete_min iodepth_batch_complete_max iodepth_low
  serialize_overlap blockalign ba bs_unaligned bs_is_seq_rand verifysort verify_offset verify_interval verify_pattern
  verify_backlog verify_backlog_batch verify_async verify_async_cpus verify_state_load verify_state_save
  experimental_verify trim_percentage trim_verify_zero trim_backlog trim_backlog_batch replay_no_stall
  replay_redirect replay_scale replay_align replay_skip read_iolog_chunked bwavgtime iopsavgtime hipri fixedbufs
  registerfiles sqthread_poll sqthread_poll_cpu nonvectored uncached nowait force_async cmdprio cmdprio_class
  cmdprio_percentage cmdprio_bssplit gtod_reduce disable_lat disable_clat disable_slat disable_bw_measurement rwmixcycle
  allow_mounted_write create_serialize create_fsync create_on_open allow_file_create fsync_on_close lockfile
  random_distribution_zoned fileoffset blocksize_unaligned
  percentage_sequential nr_files mem_align verifysort_nr replay_time_scale ratemin ratecycle log_compression_cpus
  log_alternate_epoch_clock_id dedupe_working_set_percentage disable_bw hugepage-size ss ss_dur ss_ramp block numruns dir
  threads device-names load test-duration threads-per-queue read-req-num-512-blocks large-block-op-kbytes prep job_name use_os_rand softrandommap refill_buffers`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Options that are accepted without effect: what they tune does not exist here, and the results are the same. */
export const IGNORED_OPTIONS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'invalidate',
  'fallocate',
  'scramble_buffers',
  'disk_util',
  'randrepeat',
  'group',
]);
