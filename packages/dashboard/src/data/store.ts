import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AccessStatus, MeshStatus } from '@reroot/shared/api';
import { type LiveClientOptions, openLiveClient } from '@reroot/shared/api-browser';
import { parseRoute, type Route } from '../model/route.ts';
import { apiUrl, ask, Refusal } from './ask.ts';
import { demand, reach, token } from './session.ts';

/** Everything that the page shows comes from here. */

/** Whether what is shown is the present. */
export type Connection =
  | { readonly kind: 'opening' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly why: string };

/** Ticks once a second. */
export const nowMs = signal(0);
export const route = signal<Route>({ at: 'meshes' });
export const connection = signal<Connection>({ kind: 'opening' });
/** Absent before the first state. */
export const fleet = signal<{ readonly atMs: number; readonly meshes: readonly MeshStatus[] } | undefined>(undefined);
/** Who reads, and what that one may do to the mesh that is shown. */
export const access = signal<AccessStatus | undefined>(undefined);

/** The mesh that the URL names; undefined where it names none that there is. */
export const mesh: ReadonlySignal<MeshStatus | undefined> = computed(() => {
  const here = route.value;
  return here.at === 'meshes' ? undefined : fleet.value?.meshes.find((each) => each.mesh === here.mesh);
});

export const meshName: ReadonlySignal<string | undefined> = computed(() =>
  route.value.at === 'meshes' ? undefined : route.value.mesh,
);

/** What is fetched besides is fetched anew when this changes. */
export const meshStamp: ReadonlySignal<string> = computed(() => {
  const now = mesh.value;
  if (now === undefined) return '';
  const { state, generation, wave, matrix, verification, rotation, enteredAt } = now;
  return JSON.stringify([
    state,
    generation,
    wave,
    matrix,
    verification,
    rotation?.id,
    enteredAt,
    connection.value.kind,
    eventCount.value,
  ]);
});

/** What the shell hands in. */
export interface Surroundings {
  readonly clock: LiveClientOptions['clock'];
  readonly random: () => number;
}

/** The mesh that is followed alone. */
const followed = computed(() => (reach.value === 'one' ? meshName.value : undefined));

/** Grows when somebody does not want to wait for the next attempt. */
const attempt = signal(0);
/** Grows with what has happened: what is fetched besides is fetched anew. */
const eventCount = signal(0);

/** Starts everything that goes on by itself; the page ends it by being closed. */
export function startStore({ clock, random }: Surroundings): void {
  const tick = (): void => {
    nowMs.value = clock.now();
  };
  tick();
  window.setInterval(tick, 1_000);
  const readHash = (): void => {
    route.value = parseRoute(location.hash);
  };
  readHash();
  window.addEventListener('hashchange', readHash);
  window.addEventListener('online', retryNow);
  // Another attempt is another client: what it follows is the same.
  // Nor is anybody asked again who has refused a token.
  effect(() =>
    attempt.value >= 0 && demand.value?.lacks !== 'a token' ? follow(token.value, followed.value, { clock, random }) : undefined,
  );
  effect(() => readAccess(meshName.value, token.value, connection.value.kind));
}

function follow(shown: string | undefined, one: string | undefined, { clock, random }: Surroundings): () => void {
  const client = openLiveClient({
    server: apiUrl(''),
    ...(shown === undefined ? {} : { token: shown }),
    ...(one === undefined ? {} : { mesh: one }),
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    clock,
    random,
    onState: ({ at, meshes }) => {
      fleet.value = { atMs: Date.parse(at), meshes };
    },
    onEvents: ({ length }) => {
      eventCount.value += length;
    },
    onConnection: (next) => {
      if (next.kind === 'live') {
        connection.value = { kind: 'live' };
        demand.value = undefined;
      } else if (next.why !== undefined) {
        connection.value = { kind: 'lost', sinceMs: next.sinceMs, why: next.why };
        void findCause(shown, one);
      }
    },
  });
  return () => client.stop();
}

/** A browser does not tell why a WebSocket was refused, and mgmt answers a request for the same with the reason. */
async function findCause(shown: string | undefined, one: string | undefined): Promise<void> {
  try {
    await ask(one === undefined ? 'v1/meshes' : `v1/meshes/${encodeURIComponent(one)}`);
  } catch (error) {
    if (!(error instanceof Refusal) || (error.status !== 401 && error.status !== 403) || token.peek() !== shown) return;
    const lacks = error.status === 401 ? 'a token' : 'a right';
    if (lacks === 'a right') reach.value = 'one';
    // The one mesh of the URL may be another matter than all of them.
    if (lacks === 'a right' && one === undefined && followed.peek() !== undefined) return;
    demand.value = { why: `${error.code}: ${error.message}`, remedy: error.remedy, lacks };
  }
}

function readAccess(name: string | undefined, shown: string | undefined, kind: Connection['kind']): (() => void) | undefined {
  if (name === undefined || kind !== 'live') return undefined;
  const ending = new AbortController();
  void ask<AccessStatus>(`v1/meshes/${encodeURIComponent(name)}/access`, { signal: ending.signal }).then(
    (found) => {
      if (!ending.signal.aborted && token.peek() === shown) access.value = found;
    },
    () => undefined,
  );
  return () => ending.abort();
}

/** Tries to connect now. */
export function retryNow(): void {
  if (connection.peek().kind !== 'live') attempt.value += 1;
}
