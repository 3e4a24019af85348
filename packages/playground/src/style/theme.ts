// theme.ts — Light or dark: as the system has it, until someone says otherwise.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

/** Null: as the system has it. */
export const theme: Signal<Theme | null> = signal(null);

export function switchTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  theme.value = (theme.value ?? system) === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme.value;
}
