import type { CaSecret, Replica } from '../cluster/cluster.ts';
import { makeProblem } from '../problem.ts';
import type { InstallPlan } from './plan.ts';

/** What this process has seen of a `ca-crl.pem`; `gone`: it was there, and at `sinceMs` it was not any more. */
export type CrlTrace =
  | { readonly kind: 'none' }
  | { readonly kind: 'there' }
  | { readonly kind: 'gone'; readonly sinceMs: number };

export const noCrlTrace: CrlTrace = { kind: 'none' };

/** Follows the file from one reading of the Secret to the next. Pure. */
export function traceCrl(before: CrlTrace, secret: CaSecret | undefined, nowMs: number): CrlTrace {
  if (secret?.crl !== undefined) return { kind: 'there' };
  return before.kind === 'there' ? { kind: 'gone', sinceMs: nowMs } : before;
}

/**
 * Holds back a write while a replica runs that was started when the lists were still there. It keeps them and hands them out
 * until it is restarted (`setAllFromPem` in security/pkg/pki/util/keycertbundle.go), and proxies would refuse a new
 * intermediate, which is in none of them. Pure.
 */
export function awaitRestarts(plan: InstallPlan, trace: CrlTrace, replicas: readonly Replica[]): InstallPlan {
  if (plan.kind !== 'write' || trace.kind !== 'gone') return plan;
  const old = replicas.filter(({ startedAtMs }) => startedAtMs <= trace.sinceMs).map(({ name }) => name);
  if (old.length === 0) return plan;
  const gone = `ca-crl.pem was taken out of the cacerts Secret, seen at ${new Date(trace.sinceMs).toISOString()}`;
  const message = `${gone}, and ${old.join(', ')} still run since before that and hand it out`;
  return { kind: 'refuse', problem: makeProblem('RR_SECRET_CRL_INCOMPLETE', message) };
}
