// second-presuspend.ts — A second presuspend saves the flag that the first one cleared.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a second presuspend saves the flag that the first one cleared',
  source: 'Linux d50a6450104c (2016)',
  story: [
    'A suspend saves queue_if_no_path and clears it. One that was interrupted is not undone, so the next',
    'one found it cleared and saved that. The resume then restored "off": the next loss of all paths',
    'reached the applications as EIO, though the administrator had never asked for that.',
  ],
  file: 'multipath/src/queue-if-no-path.ts',
  replace: 'if (m.queueIfNoPath || !m.savedQueueIfNoPath) {',
  by: 'if (m !== null) {',
  breaks: 'queueing is neither lost nor gained',
};
