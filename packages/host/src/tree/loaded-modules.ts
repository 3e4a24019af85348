// loaded-modules.ts — The loaded modules: their sizes, and which of them use which.
/** The size of each module in bytes, and the modules that it needs. */
const MODULES: Readonly<Record<string, readonly [size: number, ...needs: string[]]>> = {
  brd: [12_288],
  configfs: [69_632],
  crc32c_generic: [12_288],
  dm_delay: [12_288, 'dm_mod'],
  dm_flakey: [20_480, 'dm_mod'],
  dm_log: [24_576, 'dm_mod'],
  dm_mod: [212_992],
  dm_multipath: [45_056, 'dm_mod', 'scsi_mod'],
  dm_queue_length: [12_288, 'dm_multipath'],
  dm_round_robin: [12_288, 'dm_multipath'],
  dm_service_time: [12_288, 'dm_multipath'],
  dm_zero: [12_288, 'dm_mod'],
  loop: [40_960],
  null_blk: [81_920],
  scsi_common: [16_384],
  scsi_debug: [147_456, 'scsi_mod', 'scsi_common'],
  scsi_dh_alua: [24_576, 'scsi_mod'],
  scsi_mod: [319_488, 'scsi_common'],
  sd_mod: [81_920, 'scsi_mod', 'scsi_common'],
  sg: [45_056, 'scsi_mod', 'scsi_common'],
  virtio_blk: [32_768],
};

/** The modules that use `name`, newest first. */
export const usersOf = (loaded: Iterable<string>, name: string): string[] =>
  [...loaded].filter((other) => MODULES[other]?.includes(name) === true).toReversed();

/** Its size in bytes. */
export const sizeOf = (name: string): number => MODULES[name]?.[0] ?? 16_384;

export interface ListedModule {
  readonly name: string;
  readonly size: number;
  readonly users: readonly string[];
}

/** The modules, newest first; the users of each are also listed newest first. */
export const listModules = (loaded: Iterable<string>): ListedModule[] => {
  const names = [...loaded];
  return names.toReversed().map((name) => ({
    name,
    size: sizeOf(name),
    users: usersOf(names, name),
  }));
};
