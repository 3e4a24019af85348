// device-properties.ts — The properties of QEMU 7.2's devices, and how a wrong value is refused. Mirrors hw/core/qdev-properties.c.
import { words } from '../qmp/qapi.ts';

type PropertyType = 'str' | 'bool' | 'auto' | 'int' | 'size' | 'policy' | 'iothread' | 'other';

type Properties = ReadonlyMap<string, PropertyType>;

/** Builds a table of properties from lists of names by type, as device-list-properties reports them. */
function properties(lists: Readonly<Partial<Record<PropertyType, string>>>): Properties {
  return new Map(
    Object.entries(lists).flatMap(([type, names]) =>
      words(names).map((name) => [name, type as PropertyType] as const),
    ),
  );
}

const virtioBlkPci = properties({
  str: `
  drive failover_pair_id romfile serial
`,
  bool: `
  aer any_layout ats config-wce disable-modern discard event_idx indirect_desc ioeventfd
  iommu_platform migrate-extra modern-pio-notify multifunction notify_on_empty packed
  page-per-vq queue_reset report-discard-granularity request-merging scsi seg-max-adjust
  share-rw use-disabled-flag use-started virtio-pci-bus-master-bug-migration write-zeroes
  x-ats-page-aligned x-disable-legacy-check x-disable-pcie x-enable-wce-if-config-wce
  x-ignore-backend-features x-pcie-deverr-init x-pcie-extcap-init x-pcie-flr-init
  x-pcie-lnkctl-init x-pcie-lnksta-dllla x-pcie-pm-init
`,
  auto: `
  account-failed account-invalid backend_defaults disable-legacy write-cache
`,
  int: `
  acpi-index addr bootindex class cyls heads lcyls lheads lsecs max-discard-sectors
  max-write-zeroes-sectors num-queues queue-size rombar romsize secs vectors
`,
  size: `
  discard_granularity logical_block_size min_io_size opt_io_size physical_block_size
`,
  policy: `
  rerror werror
`,
  iothread: `
  iothread
`,
  other: `
  virtio-backend
`,
});

const scsiHd = properties({
  str: `
  device_id drive product serial vendor ver
`,
  bool: `
  dpofua quirk_mode_page_vendor_specific_apple removable share-rw
`,
  auto: `
  account-failed account-invalid backend_defaults write-cache
`,
  int: `
  bootindex channel cyls heads lcyls lheads lsecs lun max_io_size max_unmap_size
  port_index port_wwn rotation_rate scsi-id scsi_version secs wwn
`,
  size: `
  discard_granularity logical_block_size min_io_size opt_io_size physical_block_size
`,
  policy: `
  rerror werror
`,
});

const ideHd = properties({
  str: `
  drive model serial ver
`,
  bool: `
  share-rw
`,
  auto: `
  account-failed account-invalid backend_defaults write-cache
`,
  int: `
  bootindex cyls heads lcyls lheads lsecs rotation_rate secs unit wwn
`,
  size: `
  discard_granularity logical_block_size min_io_size opt_io_size physical_block_size
`,
  policy: `
  rerror werror
`,
  other: `
  bios-chs-trans
`,
});

const virtioScsiPci = properties({
  str: `
  failover_pair_id romfile
`,
  bool: `
  aer any_layout ats disable-modern event_idx hotplug indirect_desc ioeventfd
  iommu_platform migrate-extra modern-pio-notify multifunction notify_on_empty packed
  page-per-vq param_change queue_reset seg_max_adjust use-disabled-flag use-started
  virtio-pci-bus-master-bug-migration x-ats-page-aligned x-disable-legacy-check
  x-disable-pcie x-ignore-backend-features x-pcie-deverr-init x-pcie-extcap-init
  x-pcie-flr-init x-pcie-lnkctl-init x-pcie-lnksta-dllla x-pcie-pm-init
`,
  auto: `
  disable-legacy
`,
  int: `
  acpi-index addr cmd_per_lun max_sectors num_queues rombar romsize vectors virtqueue_size
`,
  iothread: `
  iothread
`,
  other: `
  virtio-backend
`,
});

const usbStorage = properties({
  str: `
  drive pcap port serial
`,
  bool: `
  attached commandlog msos-desc removable share-rw
`,
  auto: `
  account-failed account-invalid backend_defaults write-cache
`,
  int: `
  bootindex
`,
  size: `
  discard_granularity logical_block_size min_io_size opt_io_size physical_block_size
`,
  policy: `
  rerror werror
`,
});

const scsiCd = properties({
  str: `
  device_id drive product serial vendor ver
`,
  bool: `
  quirk_mode_page_apple_vendor quirk_mode_page_truncated
  quirk_mode_page_vendor_specific_apple quirk_mode_sense_rom_use_dbd share-rw
`,
  auto: `
  account-failed account-invalid backend_defaults write-cache
`,
  int: `
  bootindex channel lun max_io_size port_index port_wwn scsi-id scsi_version wwn
`,
  size: `
  discard_granularity logical_block_size min_io_size opt_io_size physical_block_size
`,
  policy: `
  rerror werror
`,
});

const qemuXhci = properties({
  str: `
  failover_pair_id romfile
`,
  bool: `
  multifunction streams x-pcie-extcap-init x-pcie-lnksta-dllla
`,
  int: `
  acpi-index addr p2 p3 rombar romsize
`,
  other: `
  host xhci-core
`,
});

const pcieRootPort = properties({
  str: `
  failover_pair_id romfile
`,
  bool: `
  disable-acs hotplug multifunction power_controller_present x-migrate-msix
  x-native-hotplug x-pcie-extcap-init x-pcie-lnksta-dllla
`,
  int: `
  acpi-index addr aer_log_max bus-reserve chassis port rombar romsize slot
`,
  size: `
  io-reserve mem-reserve pref32-reserve pref64-reserve
`,
  other: `
  x-speed x-width
`,
});

/** Properties by device. Properties of other devices are not checked. */
const PROPERTIES: ReadonlyMap<string, Properties> = new Map([
  ['virtio-blk-pci', virtioBlkPci],
  ['scsi-hd', scsiHd],
  ['ide-hd', ideHd],
  ['ide-cd', ideHd],
  ['virtio-scsi-pci', virtioScsiPci],
  ['usb-storage', usbStorage],
  ['scsi-cd', scsiCd],
  ['qemu-xhci', qemuXhci],
  ['pcie-root-port', pcieRootPort],
]);

/** Properties that would change how the disk behaves; they are not simulated. */
const FOREIGN: ReadonlySet<string> = new Set(
  words(`
  logical_block_size discard_granularity request-merging write-cache scsi backend_defaults account-failed
  account-invalid removable
`),
);

export interface PropertyCheck {
  readonly driver: string;
  readonly name: string;
  readonly value: string;
  /** True if `werror=retry`, `retry_interval` and `retry_timeout` exist. */
  readonly hasRetry: boolean;
  readonly hasIothread: (id: string) => boolean;
}

/** Why the device refuses the value, or null. */
export function refuseProperty(check: PropertyCheck): string | null {
  const { driver, name, value, hasRetry } = check;
  const known = PROPERTIES.get(driver);
  if (known === undefined) return null;
  const isRetry = hasRetry && (name === 'retry_interval' || name === 'retry_timeout');
  const type = isRetry ? 'int' : known.get(name);
  if (type === undefined) return `Property '${driver}.${name}' not found`;
  if (FOREIGN.has(name)) return `${driver} ${name}=${value}: not simulated`;
  return refuseValue(type, check);
}

const VALUES: Readonly<Partial<Record<PropertyType, RegExp>>> = {
  bool: /^(?:on|off|yes|no|true|false|y|n)$/u,
  auto: /^(?:on|off|auto)$/u,
  int: /^[+-]?(?:\d+|0x[0-9a-f]+)$/iu,
  size: /^\d+[bkmgt]?$/iu,
  policy: /^(?:report|ignore|stop|enospc|auto)$/u,
};

/** The parts of a SCSI address. */
const UNSIGNED: ReadonlySet<string> = new Set(['channel', 'lun', 'scsi-id']);

const EXPECTED: Readonly<Partial<Record<PropertyType, string>>> = {
  bool: "'on' or 'off'",
  int: 'integer',
  size: 'size',
};

function refuseValue(type: PropertyType, check: PropertyCheck): string | null {
  const { name, value, hasRetry, hasIothread } = check;
  if (type === 'iothread') return hasIothread(value) ? null : `Device '${value}' not found`;
  if (UNSIGNED.has(name) && /^-\d+$/u.test(value)) return `Parameter '${name}' expects uint32_t`;
  if (VALUES[type]?.test(value) !== false) return null;
  if (type === 'policy' && hasRetry && value === 'retry') return null;
  const expected = EXPECTED[type];
  return expected === undefined
    ? `Parameter '${name}' does not accept value '${value}'`
    : `Parameter '${name}' expects ${expected}`;
}
