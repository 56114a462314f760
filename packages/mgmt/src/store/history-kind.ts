import type { RotationCondition } from '../rotation/index.ts';

/**
 * What an entry of the history is of. `evidence`: a wave or a step became proven, or ceased to be. `drift`: what clusters hold at rest.
 * `act`: all else: starts, waves, answers, approvals, changes of members.
 */
export type HistoryKind = 'act' | 'evidence' | 'drift';

/** How many entries of each kind a mesh keeps; a rotation makes some dozens. Evidence and drift may come and go for ever, and push no act out. */
export const historyLimits: Readonly<Record<HistoryKind, number>> = { act: 1_000, evidence: 500, drift: 200 };

/** The kind of an entry. */
export function historyKindOf({ act, drift }: Pick<RotationCondition, 'act' | 'drift'>): HistoryKind {
  if (drift !== undefined) return 'drift';
  return act?.move === 'prove' || act?.move === 'doubt' ? 'evidence' : 'act';
}

/** The same of a row in SQL, by its column `condition`; the contract of the store holds the two together. */
export const historyKindSql = `CASE
  WHEN condition -> '$.drift' IS NOT NULL THEN 'drift'
  WHEN condition ->> '$.act.move' IN ('prove', 'doubt') THEN 'evidence'
  ELSE 'act' END`;
