import type { PlannedStep, PlannedTime, PlannedWave, RotationPlan } from '../api/index.ts';
import { oldRoot } from './mesh-status.ts';

/** When `rotationPlan` begins. */
export const planFrom = '2027-01-04T12:00:00.000Z';

/** What mgmt says that a rotation of two clusters would do in its first step, with differences. */
export function rotationPlan(differing: Partial<RotationPlan> = {}): RotationPlan {
  return {
    mesh: 'demo',
    madeAt: planFrom,
    of: 'start',
    from: planFrom,
    direction: 'forward',
    strategy: 'MULTI_ROOT',
    verification: 'none',
    oldRoot: { fingerprint: oldRoot, origin: 'known', subject: 'O=reroot\nCN=one', notAfter: '2036-01-01T00:00:00.000Z' },
    newRoot: { fingerprint: 'new', origin: 'unmade', notAfter: '2028-01-04T12:00:00.000Z' },
    members: 2,
    steps: [plannedStep()],
    ends: plannedTime(13, 20, 160),
    basis: ['nothing was measured yet'],
    notices: [],
    expiries: [],
    bystanders: [],
    breaks: [],
    ...differing,
  };
}

/** Its one step, with differences. */
export function plannedStep(differing: Partial<PlannedStep> = {}): PlannedStep {
  return {
    step: 'ADDING_NEW_ROOT',
    progress: 'to-come',
    row: { roots: [oldRoot, 'new'], signer: oldRoot },
    nudge: 'laggards',
    begins: plannedTime(0, 0, 0),
    proven: plannedTime(13, 20, 160),
    ends: plannedTime(13, 20, 160),
    changes: [
      {
        clusters: ['east', 'west'],
        before: { roots: [oldRoot], signer: oldRoot },
        ...{ kept: [oldRoot], added: ['new'], removed: [], signer: oldRoot, intermediate: 'kept' },
      },
    ],
    waves: [plannedWave()],
    resigns: 1,
    intermediates: { count: 0, by: 'mgmt', atOnce: 0, seconds: 0 },
    restarts: { replicas: 0, replicasWhy: 'never', workloads: 0, blocked: [], unknown: [] },
    ...differing,
  };
}

/** Its one wave, with differences. */
export function plannedWave(differing: Partial<PlannedWave> = {}): PlannedWave {
  return {
    index: 1,
    kind: 'others',
    progress: 'to-come',
    clusters: ['east', 'west'],
    released: plannedTime(0, 0, 0),
    proven: plannedTime(13, 20, 160),
    soakMs: 0,
    pushed: 6,
    renewed: 0,
    burst: { cluster: 'east', requests: 3, replicas: 2, perSecond: 9_000, seconds: 0 },
    ...differing,
  };
}

/** So many seconds after the beginning. */
export function plannedTime(soonest: number, likely: number, latest?: number, ...unbounded: readonly string[]): PlannedTime {
  const at = (seconds: number): string => new Date(Date.parse(planFrom) + seconds * 1_000).toISOString();
  return { soonest: at(soonest), likely: at(likely), ...(latest === undefined ? {} : { latest: at(latest) }), unbounded };
}
