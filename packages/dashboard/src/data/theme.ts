import { computed, effect, signal } from '@preact/signals';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'reroot.theme';

export const theme = signal<Theme>('auto');

const machine = signal<'light' | 'dark'>('light');

/** What the theme comes to: what is drawn on a canvas is drawn anew when it changes. */
export const shade = computed(() => (theme.value === 'auto' ? machine.value : theme.value));

/** Takes up the reader's choice and keeps it; `auto` goes by the machine's. */
export function startTheme(storage: Storage): void {
  theme.value = themes.find((each) => each === storage.getItem(key)) ?? 'auto';
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const read = (): void => {
    machine.value = dark.matches ? 'dark' : 'light';
  };
  read();
  dark.addEventListener('change', read);
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    storage.setItem(key, theme.value);
  });
}

/** The next one in turn. */
export function turnTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto';
}
