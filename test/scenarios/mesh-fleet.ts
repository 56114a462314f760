import type { MeshStatus, StartRotationRequest, VerificationAnswer } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { type Fleet, meshDocument, type TrafficCount } from '@reroot/simulator/fleet-launcher';

/** The mesh of every fleet that is launched for a test. */
export const meshName = 'test';

const lookIntervalMs = 50;

/** What depends on how a fleet was launched. */
export interface FleetMeans {
  /** How long anything may take at the longest. */
  readonly patienceMs: number;
  /** Deletes a cluster's cacerts Secret, past its agent. */
  readonly deleteCaSecret: (cluster: string) => Promise<void>;
}

/** A fleet whose mesh is whole: every cluster holds the first root, and traffic flows. */
export interface MeshFleet extends Fleet, FleetMeans {
  /** The mesh as mgmt describes it now. */
  status(): Promise<MeshStatus>;
  /** Looks until the mesh is as it should be; fails at once when a process has died by itself. */
  until(what: string, check: (status: MeshStatus) => boolean): Promise<MeshStatus>;
  /** Looks until there is something to be seen, and gives it. */
  look<T>(what: string, find: () => Promise<T | undefined>): Promise<T>;
  rotate(request?: Partial<StartRotationRequest>): Promise<MeshStatus>;
  answer(status: MeshStatus, action: VerificationAnswer['action'], differing?: Partial<VerificationAnswer>): Promise<MeshStatus>;
  /** Gives the mesh another policy on rotations. */
  setPolicy(policy: Readonly<Record<string, unknown>>): Promise<void>;
  /** Says where the mesh's roots and intermediates come from, in the words of a VirtualMesh; the policy too, where it is another. */
  setAuthorities(authorities: Readonly<Record<string, unknown>>, policy?: Readonly<Record<string, unknown>>): Promise<void>;
  /** New handshakes so far. */
  traffic(): Promise<TrafficCount>;
  /** Looks until this many handshakes were made since then, or from now on. */
  untilHandshakes(count: number, since?: TrafficCount): Promise<void>;
}

/**
 * Makes the mesh of a fleet that was launched, and stops the fleet if that fails. ECDSA keys, for the tests are about the
 * rotation.
 */
export async function makeMesh(fleet: Fleet, means: FleetMeans): Promise<MeshFleet> {
  const made = withoutMesh(fleet, means);
  try {
    await made.setPolicy({});
    await made.until('every cluster to hold the first root', ({ verdict }) => verdict.passed);
    await made.untilHandshakes(50);
    return made;
  } catch (thrown) {
    await fleet.stop();
    throw thrown;
  }
}

/** The same of a fleet whose mesh is still to be made. */
export function withoutMesh(fleet: Fleet, means: FleetMeans): MeshFleet {
  return { ...fleet, ...means, ...createSteps(fleet, means) };
}

function createSteps(fleet: Fleet, { patienceMs }: FleetMeans): Omit<MeshFleet, keyof Fleet | keyof FleetMeans> {
  const { api, control, broken } = fleet;
  const traffic = (): Promise<TrafficCount> => control.traffic(broken);
  const apply = async (change: Partial<Parameters<typeof meshDocument>[0]>): Promise<void> => {
    const plan = { name: meshName, clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
    await api.applyMesh(meshName, meshDocument({ ...plan, ...change }), broken);
  };
  return {
    traffic,
    status: () => api.readMesh(meshName, broken),
    until: async (what, check) => {
      let last: MeshStatus | undefined;
      const describe = (): string => `${what}; the mesh is in ${last?.state ?? 'no state'}: ${last?.verdict.message ?? ''}`;
      return lookUntil(broken, patienceMs, describe, async () => {
        last = (await readUnlessAway(fleet)) ?? last;
        return last !== undefined && check(last) ? last : undefined;
      });
    },
    look: (what, find) => lookUntil(broken, patienceMs, () => what, find),
    rotate: (request = {}) => api.startRotation(meshName, { by: 'test', ...request }, broken),
    answer: ({ rotation, step, generation }, action, differing = {}) => {
      const answer = { rotationId: rotation?.id ?? '', step, generation, action, by: 'test', why: 'to see what happens' };
      return api.answerVerification(meshName, { ...answer, ...differing }, broken);
    },
    setPolicy: (policy) => apply({ policy }),
    setAuthorities: (authorities, policy = {}) => apply({ authorities, policy }),
    untilHandshakes: async (count, since) => {
      const before = since ?? (await traffic());
      const describe = (): string => `${count} handshakes`;
      await lookUntil(broken, patienceMs, describe, async () => {
        const { ok, failed } = trafficSince(before, await traffic());
        return ok + failed >= count ? true : undefined;
      });
    },
  };
}

/** New handshakes between two looks. */
function trafficSince(before: TrafficCount, after: TrafficCount): Pick<TrafficCount, 'ok' | 'failed'> {
  return { ok: after.ok - before.ok, failed: after.failed - before.failed };
}

async function lookUntil<T>(
  broken: AbortSignal,
  patienceMs: number,
  describe: () => string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadlineMs = systemClock.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (systemClock.now() > deadlineMs) throw new Error(`waited ${patienceMs} ms for ${describe()}`);
    await systemClock.sleep(lookIntervalMs, broken);
  }
}

/** mgmt may be down on purpose, and whoever shares a name with two hundred others may be told to ask later. */
async function readUnlessAway({ api, broken }: Fleet): Promise<MeshStatus | undefined> {
  try {
    return await api.readMesh(meshName, broken);
  } catch (thrown) {
    broken.throwIfAborted();
    if (![429, 503].includes(toRerootError(thrown).entry.status)) throw thrown;
    return undefined;
  }
}
