import type { Step } from '@reroot/shared/protocol';
import {
  baseRowOf,
  bridge,
  isAdopted,
  isMember,
  isReleased,
  placeOf,
  type RotationRecord,
  rowOf,
  type TrustRow,
} from '../rotation/index.ts';
import type { Timeline } from './timeline.ts';
import type { WrittenTrust } from './written-changes.ts';

/** What a cluster holds from a moment on. */
export interface HeldFrom {
  readonly fromMs: number;
  readonly step: Step;
  readonly trust: Pick<TrustRow, 'roots' | 'signer'>;
}

/**
 * The row that a step of the rotation under way asks for.
 * @param cluster one that is adopted keeps its own signer for a while; without it, the row of all others
 */
export function rowAt(record: RotationRecord, step: Step, cluster?: string): TrustRow {
  if (step === record.step) return rowOf(record, cluster);
  return rowOf({ ...record, step, enteredFrom: 'below', provenAtMs: undefined }, cluster);
}

/** What a member is told in the course of a plan, first to last. */
export function pathOfMember(record: RotationRecord, { steps }: Timeline, cluster: string, startMs: number): readonly HeldFrom[] {
  const place = placeOf(cluster, record.rotation?.canaries ?? []);
  const present = isReleased(record, cluster) ? rowOf(record, cluster) : baseRowOf(record, cluster);
  const path: HeldFrom[] = [{ fromMs: startMs, step: present.step, trust: present }];
  for (const { step, waves } of steps) {
    const told = waves.find(({ through }) => place <= through);
    if (told === undefined || told.progress === 'told' || !Number.isFinite(told.releasedMs)) continue;
    path.push({ fromMs: told.releasedMs, step, trust: rowAt(record, step, cluster) });
  }
  return path;
}

/** How one that stays behind comes back. */
export interface Return {
  /** `Infinity` for never. */
  readonly atMs: number;
  /** How long it takes to prove a row of its way. */
  readonly hopMs: (step: Step) => number;
}

/**
 * What a cluster holds that is left behind: the same until it comes back; then it is told to hold what it holds, and is led to
 * the others one compatible row after the other, as `decideDeviations` does.
 */
export function pathOfAbsent(
  held: Required<WrittenTrust>,
  others: readonly HeldFrom[],
  startMs: number,
  { atMs, hopMs }: Return,
): readonly HeldFrom[] {
  const first = others[0]?.step ?? 'PREVIOUS_CA';
  const path: HeldFrom[] = [{ fromMs: startMs, step: first, trust: held }];
  if (!Number.isFinite(atMs)) return path;
  let timeMs = atMs + hopMs(first);
  let trust: Pick<TrustRow, 'roots' | 'signer'> = held;
  // Each row of the way and each step of the others is one round; there is no way with more.
  for (let round = 0; round < 16; round += 1) {
    const goal = others.findLast(({ fromMs }) => fromMs <= timeMs) ?? others[0];
    if (goal === undefined) break;
    const next = bridge(trust, { ...goal.trust, step: goal.step, nudge: 'laggards' });
    if (next === undefined) {
      const following = others.find(({ fromMs }) => fromMs > timeMs);
      if (following === undefined) break;
      timeMs = following.fromMs;
      continue;
    }
    timeMs += hopMs(next.step);
    trust = next;
    path.push({ fromMs: timeMs, step: next.step, trust });
  }
  return path;
}

/** Members with the same path: those of the same wave in each step; an adopted one goes alone, from a row of its own. */
export function groupMembers(
  record: RotationRecord,
  timeline: Timeline,
  clusters: readonly string[],
): readonly (readonly string[])[] {
  const keys = new Map<string, string[]>();
  for (const [index, { waves }] of timeline.steps.entries()) {
    for (const wave of waves) for (const cluster of wave.clusters) put(keys, cluster, `${index}/${wave.index}`);
  }
  const members = clusters.filter((cluster) => isMember(record, cluster));
  const pathKey = (cluster: string): string => [isAdopted(record, cluster) ? cluster : '', ...(keys.get(cluster) ?? [])].join();
  return [...Map.groupBy(members, pathKey).values()];
}

function put(keys: Map<string, string[]>, cluster: string, key: string): void {
  const known = keys.get(cluster);
  if (known === undefined) keys.set(cluster, [key]);
  else known.push(key);
}
