// foreign-commands.ts — The commands of QEMU 7.2 that are not simulated and are refused by name, and those that the storage daemon has.
import { words } from './qapi.ts';

export const FOREIGN_COMMANDS: ReadonlySet<string> = new Set(
  words(`
  add-fd add_client announce-self balloon calc-dirty-rate
  cancel-vcpu-dirty-limit change-vnc-password chardev-add chardev-change chardev-remove
  chardev-send-break client_migrate_info closefd device-list-properties display-reload
  display-update dump-guest-memory dumpdtb expire_password getfd inject-nmi input-send-event
  memsave migrate migrate-continue migrate-incoming migrate-pause migrate-set-capabilities
  migrate-set-parameters migrate-start-postcopy migrate_cancel netdev_add netdev_del pmemsave
  query-command-line-options query-cpu-definitions
  query-cpu-model-expansion query-dirty-rate
  query-dump-guest-memory-capability query-machines query-migrate-capabilities
  query-migrate-parameters query-rocker query-rocker-of-dpa-flows query-rocker-of-dpa-groups
  query-rocker-ports query-sev query-sev-attestation-report query-sev-capabilities
  query-sev-launch-measure query-sgx-capabilities query-stats query-tpm-models query-tpm-types
  query-vcpu-dirty-limit query-vnc-servers query-yank remove-fd replay-break replay-delete-break
  replay-seek ringbuf-read ringbuf-write rtc-reset-reinjection screendump send-key
  set-numa-node set-vcpu-dirty-limit set_link set_password sev-inject-launch-secret
  snapshot-delete snapshot-load snapshot-save trace-event-get-state trace-event-set-state
  x-colo-lost-heartbeat x-debug-block-dirty-bitmap-sha256
  x-exit-preconfig x-query-irq x-query-jit x-query-numa x-query-opcount
  x-query-profile x-query-ramblock x-query-rdma x-query-roms x-query-usb x-query-virtio
  x-query-virtio-queue-element x-query-virtio-queue-status x-query-virtio-status
  x-query-virtio-vhost-queue-status xen-colo-do-checkpoint xen-load-devices-state
  xen-save-devices-state xen-set-global-dirty-log xen-set-replication yank
`),
);

/** All commands of qemu-storage-daemon, in the order of its query-commands. */
export const DAEMON_COMMANDS: readonly string[] = words(`
  transaction object-del object-add qom-list-properties qom-list-types qom-set qom-get qom-list
  query-qmp-schema quit query-commands query-version qmp_capabilities chardev-send-break
  chardev-remove chardev-change chardev-add ringbuf-read ringbuf-write query-chardev-backends
  query-chardev query-block-exports block-export-del block-export-add nbd-server-stop
  nbd-server-remove nbd-server-add nbd-server-start query-jobs job-finalize job-dismiss
  job-complete job-cancel job-resume job-pause blockdev-snapshot-delete-internal-sync
  blockdev-snapshot-internal-sync x-blockdev-set-iothread x-blockdev-change
  block-set-write-threshold x-blockdev-amend blockdev-create blockdev-del blockdev-reopen
  blockdev-add block-job-finalize block-job-dismiss block-job-complete block-job-resume
  block-job-pause block-job-cancel block-job-set-speed block-stream blockdev-mirror
  x-debug-block-dirty-bitmap-sha256 block-dirty-bitmap-merge block-dirty-bitmap-disable
  block-dirty-bitmap-enable block-dirty-bitmap-clear block-dirty-bitmap-remove
  block-dirty-bitmap-add drive-mirror x-debug-query-block-graph query-named-block-nodes
  blockdev-backup drive-backup block-commit change-backing-file blockdev-snapshot
  blockdev-snapshot-sync block_resize query-block-jobs query-blockstats query-block
`);
