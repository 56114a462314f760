import type { Verdict } from '@reroot/shared/api';
import type { Findings } from '../findings.ts';
import type { RotationRecord } from '../record.ts';
import { failing } from '../verdict.ts';
import { groupsOf } from './apart.ts';
import { comingRowOf, matrixGates } from './coming-row.ts';
import { findLosses, type Looking } from './find-losses.ts';
import { findRefusals } from './find-refusals.ts';

/** What the matrix says once every cluster is proven by itself. */
export interface MatrixJudgement {
  /** Undefined where the matrix is green, or does not count. */
  readonly refusals: Verdict | undefined;
  /** What the row to come would break; undefined where nothing, or no row is to come. */
  readonly losses: Verdict | undefined;
}

/**
 * Judges the matrix as it is, and as it will be while the next row is put in force. Clusters that are told different rows are each
 * asked about by those that are to verify them.
 */
export function judgeMatrix(record: RotationRecord, looking: Looking): MatrixJudgement {
  const { groups, pairs } = groupsOf(record, looking);
  const refusals = matrixGates(record) ? findRefusals({ ...looking, pairs }) : undefined;
  if (refusals !== undefined) return { refusals: verdictOf(refusals), losses: undefined };
  for (const { members, near } of groups) {
    const row = comingRowOf(record, members[0]);
    const losses = row === undefined ? undefined : findLosses(row, { ...looking, members: near });
    if (losses !== undefined) return { refusals: undefined, losses: verdictOf(losses) };
  }
  return { refusals: undefined, losses: undefined };
}

function verdictOf(findings: Findings | undefined): Verdict | undefined {
  return findings === undefined ? undefined : failing(findings);
}
