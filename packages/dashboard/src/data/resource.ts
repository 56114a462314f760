import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask, Refusal } from './ask.ts';

/** Something of mgmt that is fetched: the last that came, and how the last try went. */
export interface Resource<T> {
  readonly value: T | undefined;
  readonly refusal: Refusal | undefined;
  readonly state: 'fetching' | 'settled';
}

const known = new Map<string, ReturnType<typeof signal<Resource<unknown>>>>();

function slot<T>(path: string): ReadonlySignal<Resource<T>> & { value: Resource<T> } {
  const found = known.get(path) ?? signal<Resource<unknown>>({ value: undefined, refusal: undefined, state: 'fetching' });
  known.set(path, found);
  return found as unknown as ReadonlySignal<Resource<T>> & { value: Resource<T> };
}

/**
 * Fetches a path of the API, and again whenever `stamp` changes. What was known stays visible meanwhile.
 * @param path undefined: nothing is fetched
 * @param fetchIt how, where it is more than one request
 */
export function useResource<T>(path: string | undefined, stamp: string, fetchIt: Fetch<T> = askFor): Resource<T> {
  const held = slot<T>(path ?? '');
  useEffect(() => {
    if (path === undefined) return undefined;
    const ending = new AbortController();
    void fetchInto(fetchIt(path, ending.signal), held, ending.signal);
    return () => ending.abort();
  }, [path, stamp]);
  return held.value;
}

type Fetch<T> = (path: string, signal: AbortSignal) => Promise<T>;

function askFor<T>(path: string, signal: AbortSignal): Promise<T> {
  return ask<T>(path, { signal });
}

async function fetchInto<T>(
  fetching: Promise<T>,
  held: { value: Resource<T>; peek(): Resource<T> },
  signal: AbortSignal,
): Promise<void> {
  held.value = { ...held.peek(), state: 'fetching' };
  try {
    const value = await fetching;
    held.value = { value, refusal: undefined, state: 'settled' };
  } catch (error) {
    if (signal.aborted) return;
    held.value = { ...held.peek(), refusal: error instanceof Refusal ? error : undefined, state: 'settled' };
  }
}

/** What was fetched for somebody is nothing for the next one. */
export function forgetResources(): void {
  known.clear();
}
