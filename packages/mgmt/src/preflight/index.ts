/**
 * What can be known before a rotation of whether it will get through: pure, named checks over facts that were gathered.
 *
 *   const report = runChecks(facts);
 *   requirePassed(report, overrides);
 */
export { checkGroups } from './checks/index.ts';
export { type AdoptionFacts, type HostFacts, membersOf, type PreflightFacts, type RootKeyState } from './facts.ts';
export { requireKnownChecks, requirePassed } from './require-passed.ts';
export { runChecks } from './run-checks.ts';
