// view.ts — The part of the page that is open.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

export const TABS = ['events', 'space-time', 'terminal', 'state', 'strategies', 'log'] as const;
export type Tab = (typeof TABS)[number];

export interface View {
  readonly tab: Tab;
}

export const EMPTY_VIEW: View = { tab: 'events' };

export const view: Signal<View> = signal(EMPTY_VIEW);

/** Whether the view below the picture takes most of the room. */
export const large: Signal<boolean> = signal(false);
