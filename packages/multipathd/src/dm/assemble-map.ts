// assemble-map.ts — The table line of a map. Mirrors libmultipath/dmparser.c: assemble_map.
import { addFeature } from '../config/reconcile-features.ts';
import type { Multipath } from '../multipath.ts';

/** Queueing is among the features whenever `no_path_retry` wants it at all; they are what the map has from now on. */
export function assembleMap(map: Multipath): string {
  if (map.noPathRetry !== 'undef' && map.noPathRetry !== 'fail') {
    map.features = addFeature(map.features, 'queue_if_no_path');
  }
  const first = map.groups.length === 0 ? 0 : map.bestGroup;
  const groups = map.groups.map(({ paths }) => {
    const listed = paths.map(({ devT, priority }) => {
      const weighted = map.rrWeight === 'priorities' && priority > 0;
      return ` ${devT} ${weighted ? map.minio * priority : map.minio}`;
    });
    return ` ${map.selector} ${paths.length} 1${listed.join('')}`;
  });
  return `${map.features} ${map.hardwareHandler} ${map.groups.length} ${first}${groups.join('')}`;
}
