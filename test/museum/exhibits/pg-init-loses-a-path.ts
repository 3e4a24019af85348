// pg-init-loses-a-path.ts — A path that failed before its activation is not counted off.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a path that failed before its activation is not counted off',
  source: 'dm-mpath.c: activate_or_offline_path answers for it',
  story: [
    'pg_init counts the paths it has asked. One that fails before its turn must be counted off like one that',
    'answered, or the group is being initialised for ever and its I/O waits for that.',
  ],
  file: 'multipath/src/pg-init.ts',
  replace: 'if (!pgpath.active || bdev.dying) pgInitDone(pgpath, SCSI_DH.DEV_OFFLINED);',
  by: 'if (!pgpath.active || bdev.dying) return;',
  breaks: 'every bio completes exactly once',
};
