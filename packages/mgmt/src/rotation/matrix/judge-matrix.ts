import type { Verdict } from '@reroot/shared/api';
import type { Findings } from '../findings.ts';
import type { RotationRecord } from '../record.ts';
import { failing } from '../verdict.ts';
import { areApart, groupsOf } from './apart.ts';
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

/** Judges the matrix as it is, and as it will be while the next row is put in force. */
export function judgeMatrix(record: RotationRecord, looking: Looking): MatrixJudgement {
  if (!areApart(record)) return judgeAmong(record, looking);
  const judged = groupsOf(record, looking).map((group) => judgeAmong(record, group));
  return {
    refusals: judged.map(({ refusals }) => refusals).find((found) => found !== undefined),
    losses: judged.map(({ losses }) => losses).find((found) => found !== undefined),
  };
}

/** Of clusters that are told the same. */
function judgeAmong(record: RotationRecord, looking: Looking): MatrixJudgement {
  const refusals = matrixGates(record) ? findRefusals(looking) : undefined;
  const row = comingRowOf(record, looking.members[0]);
  const losses = row === undefined || refusals !== undefined ? undefined : findLosses(row, looking);
  return { refusals: verdictOf(refusals), losses: verdictOf(losses) };
}

function verdictOf(findings: Findings | undefined): Verdict | undefined {
  return findings === undefined ? undefined : failing(findings);
}
