// blockdev-options.ts — The options of a block node: BlockdevOptions of QEMU's schema, for the simulated drivers. Mirrors qapi/block-core.json.
import { DRIVERS } from '../block/driver-names.ts';
import type { Member, QapiAlternate, QapiType, QapiUnion } from './qapi.ts';
import { foreign, optional, required, words } from './qapi.ts';

export const BLKDEBUG_EVENTS: readonly string[] = words(`
  l1_update l1_grow_alloc_table l1_grow_write_table l1_grow_activate_table l2_load l2_update
  l2_update_compressed l2_alloc_cow_read l2_alloc_write read_aio read_backing_aio
  read_compressed write_aio write_compressed vmstate_load vmstate_save cow_read cow_write
  reftable_load reftable_grow reftable_update refblock_load refblock_update
  refblock_update_part refblock_alloc refblock_alloc_hookup refblock_alloc_write
  refblock_alloc_write_blocks refblock_alloc_write_table refblock_alloc_switch_table
  cluster_alloc cluster_alloc_bytes cluster_free flush_to_os flush_to_disk pwritev_rmw_head
  pwritev_rmw_after_head pwritev_rmw_tail pwritev_rmw_after_tail pwritev pwritev_zero
  pwritev_done empty_image_prepare l1_shrink_write_table l1_shrink_free_l2_clusters
  cor_write cluster_alloc_space none
`);

const IO_TYPES: readonly string[] = words(`
  read write write-zeroes discard flush block-status
`);

export const REF: QapiAlternate = {
  kind: 'alternate',
  name: 'BlockdevRef',
  of: () => [blockdevOptions, 'string'],
};

const REF_OR_NULL: QapiAlternate = {
  kind: 'alternate',
  name: 'BlockdevRefOrNull',
  of: () => [blockdevOptions, 'string', 'null'],
};

const FILE: readonly Member[] = [
  required('filename', 'string'),
  optional('pr-manager', 'string'),
  optional('locking', ['auto', 'on', 'off']),
  optional('aio', ['threads', 'native', 'io_uring']),
  optional('aio-max-batch', 'integer'),
  optional('drop-cache', 'boolean'),
  optional('x-check-cache-dropped', 'boolean'),
];

const NULL: readonly Member[] = [
  optional('size', 'integer'),
  optional('latency-ns', 'uint64'),
  optional('read-zeroes', 'boolean'),
];

const INJECT_ERROR: QapiType = {
  kind: 'struct',
  members: [
    required('event', BLKDEBUG_EVENTS),
    optional('state', 'integer'),
    optional('iotype', IO_TYPES),
    optional('errno', 'integer'),
    optional('sector', 'integer'),
    optional('once', 'boolean'),
    optional('immediately', 'boolean'),
  ],
};

const SET_STATE: QapiType = {
  kind: 'struct',
  members: [
    required('event', BLKDEBUG_EVENTS),
    optional('state', 'integer'),
    required('new_state', 'integer'),
  ],
};

const BLOCK_PERMISSION: readonly string[] = words('consistent-read write write-unchanged resize');

const CACHE: QapiType = {
  kind: 'struct',
  members: [optional('direct', 'boolean'), optional('no-flush', 'boolean')],
};

const OVERLAP_TEMPLATES: readonly string[] = ['none', 'constant', 'cached', 'all'];

/** The parts of an image that QEMU can be told not to write over. It changes nothing here. */
const OVERLAPS: QapiAlternate = {
  kind: 'alternate',
  name: 'Qcow2OverlapChecks',
  of: () => [
    OVERLAP_TEMPLATES,
    {
      kind: 'struct',
      members: [
        optional('template', OVERLAP_TEMPLATES),
        ...words(`
          main-header active-l1 active-l2 refcount-table refcount-block snapshot-table
          inactive-l1 inactive-l2 bitmap-directory
        `).map((name) => optional(name, 'boolean')),
      ],
    },
  ],
};

export const blockdevOptions: QapiUnion = {
  kind: 'union',
  tag: 'driver',
  members: [
    required('driver', DRIVERS),
    optional('node-name', 'string'),
    optional('discard', ['ignore', 'unmap']),
    optional('cache', CACHE),
    optional('read-only', 'boolean'),
    optional('auto-read-only', 'boolean'),
    optional('force-share', 'boolean'),
    optional('detect-zeroes', ['off', 'on', 'unmap']),
  ],
  branches: {
    blkdebug: [
      required('image', REF),
      optional('config', 'string'),
      ...foreign('align', 'max-transfer', 'opt-write-zero', 'max-write-zero'),
      ...foreign('opt-discard', 'max-discard'),
      optional('inject-error', { kind: 'list', of: INJECT_ERROR }),
      optional('set-state', { kind: 'list', of: SET_STATE }),
      optional('take-child-perms', { kind: 'list', of: BLOCK_PERMISSION }),
      optional('unshare-child-perms', { kind: 'list', of: BLOCK_PERMISSION }),
    ],
    file: FILE,
    host_device: FILE,
    'null-aio': NULL,
    'null-co': NULL,
    qcow2: [
      required('file', REF),
      optional('backing', REF_OR_NULL),
      optional('lazy-refcounts', 'boolean'),
      optional('pass-discard-request', 'boolean'),
      optional('pass-discard-snapshot', 'boolean'),
      optional('pass-discard-other', 'boolean'),
      optional('overlap-check', OVERLAPS),
      optional('cache-size', 'integer'),
      optional('l2-cache-size', 'integer'),
      optional('l2-cache-entry-size', 'integer'),
      optional('refcount-cache-size', 'integer'),
      optional('cache-clean-interval', 'integer'),
      ...foreign('encrypt', 'data-file'),
    ],
    raw: [required('file', REF), optional('offset', 'integer'), optional('size', 'integer')],
    'copy-before-write': [
      required('file', REF),
      required('target', REF),
      optional('bitmap', {
        kind: 'struct',
        members: [required('node', 'string'), required('name', 'string')],
      }),
      optional('on-cbw-error', ['break-guest-write', 'break-snapshot']),
      optional('cbw-timeout', 'uint32'),
    ],
    'snapshot-access': [required('file', REF)],
    'copy-on-read': [required('file', REF), optional('bottom', 'string')],
    throttle: [required('throttle-group', 'string'), required('file', REF)],
  },
};
