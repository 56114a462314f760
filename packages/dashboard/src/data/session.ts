import { signal } from '@preact/signals';

/** The one place where a token may be: this tab, until it is closed. Never a URL, a cookie or the disk. */
const key = 'reroot.token';

/** Undefined: none was given. */
export const token = signal<string | undefined>(undefined);

/** Whether mgmt wants to be shown something, and why what was shown is not enough. */
export const demand = signal<{ readonly why: string; readonly remedy: string } | undefined>(undefined);

/** Takes up what this tab had before it was loaded again. */
export function resumeSession(storage: Storage): void {
  token.value = storage.getItem(key) ?? undefined;
}

/** Keeps a token for this tab. */
export function enterToken(text: string, storage: Storage): void {
  storage.setItem(key, text);
  token.value = text;
  demand.value = undefined;
}

/** Forgets it. */
export function leaveSession(storage: Storage): void {
  storage.removeItem(key);
  token.value = undefined;
}
