// flag-forgotten-at-resume.ts — The saved queue_if_no_path is forgotten at resume.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the saved queue_if_no_path is forgotten at resume',
  source: 'the noflush patches of 2006: saved_queue_if_no_path',
  story: [
    'Presuspend turns queueing off so that the suspend can end. Resume must turn it on again: a table that said',
    'queue_if_no_path would queue until the first suspend, and never after it.',
  ],
  file: 'multipath/src/suspend.ts',
  replace: 'm.queueIfNoPath = true;',
  by: 'm.queueIfNoPath = false;',
  breaks: 'queueing is neither lost nor gained',
};
