// help-state.ts — Whether the help is open.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

export const helpIsOpen: Signal<boolean> = signal(false);
