import { signal } from '@preact/signals';

/** What a screen reader says next. */
export const announcement = signal('');

/** Has it said, politely. */
export function announce(text: string): void {
  announcement.value = text;
}
