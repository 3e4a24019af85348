export { openWhenFree } from './block-file.ts';
export { flushDevice } from './direct-io.ts';
export { discardRange, zeroRange } from './discard.ts';
export { createFlusherSettings } from './flusher.ts';
export { invalidate } from './page-cache.ts';
export { spanOf } from './page-span.ts';
export { writeAndWait, writeBack } from './write-back.ts';
export { advise, asyncWindow, createReadahead, shrinkOnError, syncWindow } from './readahead.ts';
export { dropPages, keepScannedPages, losePagesOf, pageCacheOf, syncDisks } from './page-caches.ts';
export { setBlockSize } from './set-block-size.ts';
export { submitAndWait } from './submit-and-wait.ts';
export { dropClean, truncatePages, truncateRange } from './truncate.ts';

export type { FlusherSettings } from './flusher.ts';
export type { PageCache } from './page-cache.ts';
export type { PageCaches } from './page-caches.ts';
export type { Readahead, Window } from './readahead.ts';
