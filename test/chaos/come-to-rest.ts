import { setTimeout as delay } from 'node:timers/promises';
import type { MeshStatus } from '@reroot/shared/api';
import type { ChaosFleet } from './chaos-fleet.ts';
import { judgeTraffic, type TrafficAllowance, type Violation } from './invariants.ts';
import { type Rest, readRest } from './look-at-rest.ts';
import type { Person } from './person.ts';
import type { Plan } from './plan.ts';

/** Once no fault is left, all must have come to rest by then. */
export const settleMs = 90_000;
const lookMs = 50;
const handshakesAtRest = 40;

/** Waits for rest; a person answers what is asked meanwhile. @returns the mesh as it is then, or what holds it up */
export async function comeToRest(fleet: ChaosFleet, person: Person, signal: AbortSignal): Promise<MeshStatus | Violation> {
  const deadlineMs = performance.now() + settleMs;
  let last: Rest | undefined;
  while (performance.now() < deadlineMs) {
    last = await readRest(fleet, signal).catch(() => last);
    signal.throwIfAborted();
    if (last?.kind === 'rest') return last.status;
    if (last !== undefined) await person.include(last.status);
    if (last !== undefined && person.isAsked(last.status)) await person.decide(last.status);
    await delay(lookMs, undefined, { signal });
  }
  const where = last?.kind === 'unrest' ? `${last.status.state} ${last.status.step}: ${last.why}` : 'no state';
  const message = `nothing came to rest within ${settleMs / 1_000} s of the last fault; the mesh is in ${where}`;
  return { invariant: 'terminal-state', message };
}

/** From now on no cluster is excluded, and all of them count: nobody may be refused for having been. */
export async function judgeHandshakesAtRest(
  { control }: ChaosFleet,
  plan: Plan,
  machine: () => TrafficAllowance['machine'],
  signal: AbortSignal,
): Promise<readonly Violation[]> {
  const before = await control.traffic(signal);
  const deadlineMs = performance.now() + settleMs;
  for (;;) {
    const now = await control.traffic(signal);
    const more = now.ok + now.failed - before.ok - before.failed;
    if (more >= handshakesAtRest) return judgeTraffic(before, now, plan, { machine: machine(), excluded: new Set() });
    if (performance.now() > deadlineMs)
      return [{ invariant: 'handshakes', message: `only ${more} handshakes were made at rest` }];
    await delay(lookMs, undefined, { signal });
  }
}
