// foreign-commands.ts — The commands of QEMU 7.2 that are not simulated and are refused by name.
import { words } from './qapi.ts';

export const FOREIGN_COMMANDS: ReadonlySet<string> = new Set(
  words(`
  add-fd add_client announce-self balloon block-latency-histogram-set calc-dirty-rate
  cancel-vcpu-dirty-limit change-vnc-password chardev-add chardev-change chardev-remove
  chardev-send-break client_migrate_info closefd device-list-properties display-reload
  display-update dump-guest-memory dumpdtb expire_password getfd inject-nmi input-send-event
  memsave migrate migrate-continue migrate-incoming migrate-pause migrate-set-capabilities
  migrate-set-parameters migrate-start-postcopy migrate_cancel netdev_add netdev_del pmemsave
  query-chardev query-chardev-backends query-command-line-options query-cpu-definitions
  query-cpu-model-expansion query-dirty-rate query-display-options
  query-dump-guest-memory-capability query-machines query-memdev query-migrate-capabilities
  query-migrate-parameters query-rocker query-rocker-of-dpa-flows query-rocker-of-dpa-groups
  query-rocker-ports query-sev query-sev-attestation-report query-sev-capabilities
  query-sev-launch-measure query-sgx-capabilities query-stats query-tpm-models query-tpm-types
  query-vcpu-dirty-limit query-vnc-servers query-yank remove-fd replay-break replay-delete-break
  replay-seek ringbuf-read ringbuf-write rtc-reset-reinjection screendump send-key set-action
  set-numa-node set-vcpu-dirty-limit set_link set_password sev-inject-launch-secret
  snapshot-delete snapshot-load snapshot-save trace-event-get-state trace-event-set-state
  watchdog-set-action x-blockdev-amend x-colo-lost-heartbeat x-debug-block-dirty-bitmap-sha256
  x-exit-preconfig x-query-irq x-query-jit x-query-numa x-query-opcount
  x-query-profile x-query-ramblock x-query-rdma x-query-roms x-query-usb x-query-virtio
  x-query-virtio-queue-element x-query-virtio-queue-status x-query-virtio-status
  x-query-virtio-vhost-queue-status xen-colo-do-checkpoint xen-load-devices-state
  xen-save-devices-state xen-set-global-dirty-log xen-set-replication yank
`),
);
