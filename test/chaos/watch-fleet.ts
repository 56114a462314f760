import { setTimeout as delay } from 'node:timers/promises';
import type { MeshStatus } from '@reroot/shared/api';
import type { AskedMgmt, ChaosFleet } from './chaos-fleet.ts';
import { clusterNames } from './fault.ts';
import { judgeMark, type Mark, type Violation } from './invariants.ts';
import { meshName } from './mesh.ts';

/** What is looked at all the time. */
export interface Watch {
  /** As mgmt last said it; undefined before it has answered. */
  status(): MeshStatus | undefined;
  /** A status of the same rotation whose generation is over, where there was one. */
  former(): MeshStatus | undefined;
  readonly violations: readonly Violation[];
  /** Each state that was seen, in order: for the story. */
  readonly states: readonly string[];
  /** Resolves when nobody looks any more. */
  stop(): Promise<void>;
}

const lookMs = 100;
const answerMs = 2_000;

/**
 * Looks at each mgmt, and at what each agent has accepted, until it is stopped.
 * @param since the generation of the rotation that is watched: one that stands by is a little behind, and may still show the one before
 */
export function watchFleet(fleet: ChaosFleet, since: number, signal: AbortSignal): Watch {
  const stopped = new AbortController();
  const until = AbortSignal.any([signal, stopped.signal]);
  const violations: Violation[] = [];
  const states: string[] = [];
  const marks = new Map<string, Mark>();
  const toldBy = new Map<string, string>();
  const statuses: MeshStatus[] = [];
  const note = (who: string, now: Mark): void => {
    violations.push(...judgeMark(who, marks.get(who), now));
    marks.set(who, now);
  };
  const lookAtMgmt = async ({ name, api }: AskedMgmt): Promise<void> => {
    const status = await api.readMesh(meshName, AbortSignal.any([until, AbortSignal.timeout(answerMs)]));
    note(name, status);
    const last = statuses.at(-1);
    // Of several one is the newest, and what another says is older.
    if (status.generation < Math.max(since, last?.generation ?? 0)) return;
    const told = `${status.state}${status.state === status.step ? '' : ` ${status.step}`} ${status.generation}`;
    // Two that do not say the same are told once each.
    if (told !== toldBy.get(name) && told !== states.at(-1)) states.push(told);
    toldBy.set(name, told);
    if (last?.generation !== status.generation || last.state !== status.state) statuses.push(status);
    else statuses[statuses.length - 1] = status;
  };
  const lookAtAgent = async (cluster: (typeof clusterNames)[number]): Promise<void> => {
    const secret = await fleet.ports.get(cluster)?.readCaSecret(AbortSignal.any([until, AbortSignal.timeout(answerMs)]));
    const accepted = secret?.annotations?.accepted;
    if (accepted !== undefined) note(`the agent of ${cluster}`, accepted);
  };
  const looks = [
    ...fleet.mgmts.map((mgmt) => () => lookAtMgmt(mgmt)),
    ...clusterNames.map((cluster) => () => lookAtAgent(cluster)),
  ].map((look) => repeat(look, until));
  return {
    status: () => statuses.at(-1),
    former: () => {
      const now = statuses.at(-1);
      return statuses.findLast(({ rotation, generation }) => {
        return rotation !== undefined && rotation.id === now?.rotation?.id && generation < now.generation;
      });
    },
    ...{ violations, states },
    stop: async () => {
      stopped.abort();
      await Promise.all(looks);
    },
  };
}

/** Whoever is looked at may be away, or stand still, on purpose. */
async function repeat(look: () => Promise<void>, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await look().catch(() => undefined);
    await delay(lookMs, undefined, { signal: until }).catch(() => undefined);
  }
}
