// theme.ts — The theme, light or dark: the system's, until the user chooses one.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

/** The user's choice; null for the system's theme. */
export const theme: Signal<Theme | null> = signal(null);

export function switchTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  theme.value = (theme.value ?? system) === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme.value;
}
