import type { PreflightOverride, PreflightReport } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { checkGroups } from './checks/index.ts';
import { fatalChecks } from './run-checks.ts';

/** @throws RR_PREFLIGHT_CHECK_UNKNOWN for an override of a check that does not exist: whoever mistypes it must learn so */
export function requireKnownChecks(overrides: readonly PreflightOverride[]): void {
  const ids = checkGroups.flatMap(({ checks }) => checks.map(({ id }) => id));
  const unknown = overrides.find(({ check }) => !ids.includes(check));
  if (unknown !== undefined) throw new RerootError('RR_PREFLIGHT_CHECK_UNKNOWN', `there is no check ${unknown.check}`);
}

/**
 * Lets a rotation start when nothing is fatal, or all that is has been overridden.
 * @returns the overrides that were needed
 * @throws RR_PREFLIGHT_FAILED naming the checks that fail and were not overridden
 */
export function requirePassed(
  report: PreflightReport,
  overrides: readonly PreflightOverride[] = [],
): readonly PreflightOverride[] {
  const fatal = fatalChecks(report);
  const open = fatal.filter(({ id }) => overrides.every(({ check }) => check !== id));
  if (open.length > 0) {
    const told = open.map(({ id, message, findings }) => `${id}: ${message}${firstOf(findings)}`).join('; ');
    throw new RerootError('RR_PREFLIGHT_FAILED', told, { place: report.mesh });
  }
  return overrides.filter(({ check }) => fatal.some(({ id }) => id === check));
}

function firstOf(findings: PreflightReport['checks'][number]['findings']): string {
  const [first] = findings;
  if (first === undefined) return '';
  return ` (${first.cluster === undefined ? '' : `${first.cluster}: `}${first.message})`;
}
