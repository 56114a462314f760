import type { CaAnnotations, CaSecret } from '../cluster/cluster.ts';
import { acceptedOf } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { momentOfProof } from './moment.ts';
import type { InstallPlan } from './plan.ts';

/**
 * The annotations of one object may hold 256 KiB together, and a write with more is refused altogether. A bundle of a
 * rotation holds two roots, a few kilobytes.
 */
const maxFormerBytes = 64 * 2 ** 10;

/** A plan that changes the Secret. */
export type WritingPlan = Extract<InstallPlan, { kind: 'write' | 'nudge' | 'mark' }>;

/** The annotations that the Secret gets together with what the plan writes. Pure. */
export function annotate(plan: WritingPlan, before: CaSecret | undefined, desired: Desired, nowMs: number): CaAnnotations {
  const former = before === undefined ? undefined : formerRootCertOf(plan, before);
  const provenAtMs = provenAtOf(plan, before);
  const pluggedInAtMs = before?.source === 'istio-ca-secret' ? nowMs : before?.annotations?.pluggedInAtMs;
  return {
    accepted: acceptedOf(desired),
    filesWrittenAtMs: changesFiles(plan, before) ? nowMs : (before?.annotations?.filesWrittenAtMs ?? nowMs),
    replicaRestart: desired.replicaRestart,
    ...(former === undefined ? {} : { formerRootCert: former }),
    ...(provenAtMs === undefined ? {} : { provenAtMs }),
    ...(pluggedInAtMs === undefined ? {} : { pluggedInAtMs }),
  };
}

/** What is too large is left out: then a step that is taken back may need a restart of late replicas of Istio up to 1.29. */
function formerRootCertOf({ bundle }: WritingPlan, { rootCert, annotations }: CaSecret): string | undefined {
  const former = bundle === rootCert ? annotations?.formerRootCert : rootCert;
  return former !== undefined && Buffer.byteLength(former) <= maxFormerBytes ? former : undefined;
}

/** A nudge moves bytes of the bundle and no certificate in it. */
function changesFiles(plan: WritingPlan, before: CaSecret | undefined): boolean {
  if (plan.kind !== 'write') return false;
  return plan.needIntermediate || plan.restored !== undefined || plan.bundle !== before?.rootCert || before.source !== 'cacerts';
}

/** What was proven of files that are changed now, or that somebody else has changed, is not proven of the new ones. */
function provenAtOf(plan: WritingPlan, before: CaSecret | undefined): number | undefined {
  if (plan.kind === 'mark') return plan.provenAtMs;
  return before === undefined || changesFiles(plan, before) ? undefined : momentOfProof(before);
}
