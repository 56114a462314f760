import { signal } from '@preact/signals';

/** The one place where a token may be: this tab, until it is closed. Never a URL, a cookie or the disk. */
const key = 'reroot.token';

/** Undefined: none was given. */
export const token = signal<string | undefined>(undefined);

/** What is missing, in the words of mgmt. */
interface Demand {
  readonly why: string;
  readonly remedy: string;
  readonly lacks: 'a token' | 'a right';
}

/** Whether mgmt wants to be shown something, and why what was shown is not enough. */
export const demand = signal<Demand | undefined>(undefined);

/** What the rights of the reader may reach: all meshes, or only the one that the URL names. */
export const reach = signal<'all' | 'one'>('all');

/** Takes up what this tab had before it was loaded again. */
export function resumeSession(storage: Storage): void {
  token.value = storage.getItem(key) ?? undefined;
}

/** Keeps a token for this tab. */
export function enterToken(text: string, storage: Storage): void {
  storage.setItem(key, text);
  reach.value = 'all';
  token.value = text;
  demand.value = undefined;
}

/** Forgets it. */
export function leaveSession(storage: Storage): void {
  storage.removeItem(key);
  reach.value = 'all';
  token.value = undefined;
}
