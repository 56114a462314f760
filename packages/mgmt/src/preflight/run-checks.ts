import { type PreflightCheck, type PreflightFinding, type PreflightReport, preflightPage } from '@reroot/shared/api';
import { type Check, type Found, listNames } from './check.ts';
import { checkGroups } from './checks/index.ts';
import type { PreflightFacts } from './facts.ts';

/** How many findings of a check are listed; all are counted. */
export const maxListedFindings = 20;

/** Makes every check, in order. Pure. */
export function runChecks(facts: PreflightFacts): PreflightReport {
  const checks = checkGroups.flatMap(({ category, checks: ofGroup }) => ofGroup.map((check) => runCheck(check, category, facts)));
  return {
    mesh: facts.spec.mesh,
    start: facts.adoption === undefined ? 'rotation' : 'adoption',
    takenAt: new Date(facts.nowMs).toISOString(),
    outcome: worstOf(checks),
    checks,
  };
}

/** The checks that keep a rotation from starting. */
export function fatalChecks({ checks }: Pick<PreflightReport, 'checks'>): readonly PreflightCheck[] {
  return checks.filter(({ outcome }) => outcome === 'fatal');
}

function runCheck(check: Check, category: string, facts: PreflightFacts): PreflightCheck {
  const found = check.find(facts);
  const told = found.filter((each) => each.kind !== 'unseen' && each.kind !== 'nobody');
  const wrong = told.filter(({ kind }) => kind === 'failing');
  const findings = [...wrong, ...told.filter(({ kind }) => kind === 'unknown')];
  const unseen = [...new Set(found.flatMap((each) => (each.kind === 'unseen' ? [each.cluster] : [])))];
  const outcome = outcomeOf(check, wrong.length, found.length);
  const { id } = check;
  return {
    id,
    category,
    outcome,
    message: messageOf(check, outcome, found, findings.length) + unseenText(unseen),
    findings: findings.slice(0, maxListedFindings),
    findingCount: findings.length,
    clusterCount: countClusters(findings),
    // Why a cluster was not seen, and what to do, says the check whose matter it is.
    ...(findings.length === 0 ? {} : { hint: `${check.hint} (${preflightPage}#${id})` }),
  };
}

function outcomeOf({ severity }: Check, wrong: number, all: number): PreflightCheck['outcome'] {
  if (wrong > 0) return severity;
  return all > 0 ? 'unknown' : 'passed';
}

function messageOf(
  { passed, failed }: Check,
  outcome: PreflightCheck['outcome'],
  found: readonly Found[],
  findings: number,
): string {
  if (outcome === 'unknown' && found.some(({ kind }) => kind === 'nobody'))
    return `not known: whether ${passed}; no cluster takes part`;
  if (outcome === 'passed' || (outcome === 'unknown' && findings === 0)) return passed;
  return outcome === 'unknown' ? `not known: whether ${passed}` : failed;
}

function unseenText(clusters: readonly string[]): string {
  return clusters.length === 0 ? '' : `; not seen: ${listNames(clusters)}`;
}

function countClusters(findings: readonly PreflightFinding[]): number {
  return new Set(findings.flatMap(({ cluster }) => cluster ?? [])).size;
}

function worstOf(checks: readonly PreflightCheck[]): PreflightReport['outcome'] {
  if (checks.some(({ outcome }) => outcome === 'fatal')) return 'fatal';
  return checks.every(({ outcome }) => outcome === 'passed') ? 'passed' : 'warnings';
}
