import type { MeshStatus, StartRotationRequest, VerificationAnswer } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { type Fleet, launchFleet, meshDocument, type TrafficCount } from '@reroot/simulator/fleet-launcher';

const mesh = 'test';
const lookIntervalMs = 50;

/** Everything waits for the machine at the longest. */
const stepTimeoutMs = 60_000;

/** A fleet whose mesh is whole: every cluster holds the first root, and traffic flows. */
export interface MeshFleet extends Fleet {
  /** The mesh as mgmt describes it now. */
  status(): Promise<MeshStatus>;
  /** Looks until the mesh is as it should be; fails at once when a process has died by itself. */
  until(what: string, check: (status: MeshStatus) => boolean): Promise<MeshStatus>;
  rotate(request?: Partial<StartRotationRequest>): Promise<MeshStatus>;
  answer(status: MeshStatus, action: VerificationAnswer['action'], differing?: Partial<VerificationAnswer>): Promise<MeshStatus>;
  /** New handshakes so far. */
  traffic(): Promise<TrafficCount>;
  /** Looks until this many handshakes were made since then, or from now on. */
  untilHandshakes(count: number, since?: TrafficCount): Promise<void>;
}

/** Launches a fleet and makes its mesh. ECDSA keys, for the tests are about the rotation. */
export async function launchMeshFleet(options: {
  readonly clusters: number;
  readonly ratePerSecond: number;
}): Promise<MeshFleet> {
  const signal = AbortSignal.timeout(10 * stepTimeoutMs);
  const fleet = await launchFleet({ ...options, mesh, seed: 1, signal });
  const withMesh = { ...fleet, ...createSteps(fleet) };
  try {
    await fleet.api.applyMesh(
      mesh,
      meshDocument({ name: mesh, clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' }),
      signal,
    );
    await withMesh.until('every cluster to hold the first root', ({ verdict }) => verdict.passed);
    await withMesh.untilHandshakes(50);
    return withMesh;
  } catch (thrown) {
    await fleet.stop();
    throw thrown;
  }
}

function createSteps(fleet: Fleet): Omit<MeshFleet, keyof Fleet> {
  const { api, control, broken } = fleet;
  const traffic = (): Promise<TrafficCount> => control.traffic(broken);
  return {
    traffic,
    status: () => api.readMesh(mesh, broken),
    until: async (what, check) => {
      let last: MeshStatus | undefined;
      const describe = (): string => `${what}; the mesh is in ${last?.state ?? 'no state'}: ${last?.verdict.message ?? ''}`;
      return lookUntil(broken, describe, async () => {
        last = (await readUnlessAway(fleet)) ?? last;
        return last !== undefined && check(last) ? last : undefined;
      });
    },
    rotate: (request = {}) => api.startRotation(mesh, { by: 'test', ...request }, broken),
    answer: ({ rotation, step, generation }, action, differing = {}) => {
      const answer = { rotationId: rotation?.id ?? '', step, generation, action, by: 'test', why: 'to see what happens' };
      return api.answerVerification(mesh, { ...answer, ...differing }, broken);
    },
    untilHandshakes: async (count, since) => {
      const before = since ?? (await traffic());
      await lookUntil(
        broken,
        () => `${count} handshakes`,
        async () => {
          const { ok, failed } = trafficSince(before, await traffic());
          return ok + failed >= count ? true : undefined;
        },
      );
    },
  };
}

/** New handshakes between two looks. */
function trafficSince(before: TrafficCount, after: TrafficCount): Pick<TrafficCount, 'ok' | 'failed'> {
  return { ok: after.ok - before.ok, failed: after.failed - before.failed };
}

async function lookUntil<T>(broken: AbortSignal, describe: () => string, look: () => Promise<T | undefined>): Promise<T> {
  const deadlineMs = systemClock.now() + stepTimeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (systemClock.now() > deadlineMs) throw new Error(`waited ${stepTimeoutMs} ms for ${describe()}`);
    await systemClock.sleep(lookIntervalMs, broken);
  }
}

/** mgmt may be down on purpose. */
async function readUnlessAway({ api, broken }: Fleet): Promise<MeshStatus | undefined> {
  try {
    return await api.readMesh(mesh, broken);
  } catch (thrown) {
    broken.throwIfAborted();
    if (toRerootError(thrown).entry.status !== 503) throw thrown;
    return undefined;
  }
}
