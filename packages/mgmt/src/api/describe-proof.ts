import type { CheckStatus, ProofStatus, VerificationStatus } from '@reroot/shared/api';
import { findingFor, type RotationRecord, type VerificationFacts } from '../rotation/index.ts';
import type { CheckSummary, Evidence, Proof, ProofSummary } from '../store/index.ts';
import type { RunningProof } from '../verification/index.ts';
import { timestamp } from './describe-cluster.ts';

/** What the API says of a proof, with what it rests on where that is given. Pure. */
export function describeProof(proof: Proof | ProofSummary): ProofStatus {
  const { startedAtMs, atMs, outcome, message, checks } = proof;
  return { ...describeHeading(proof), outcome, message, ...times(startedAtMs, atMs), checks: checks.map(describeCheck) };
}

/** The same of one that is being made. */
export function describeRunning({ heading, message, checks }: RunningProof): ProofStatus {
  return {
    ...describeHeading(heading),
    outcome: 'running',
    message,
    ...times(heading.startedAtMs),
    checks: checks.map(describeCheck),
  };
}

/** How far the automatic verification of the step is that a mesh is in; undefined where none is under way. Pure. */
export function describeVerification(
  record: RotationRecord,
  facts: VerificationFacts | undefined,
): VerificationStatus | undefined {
  const finding = findingFor(record, facts);
  if (finding === undefined || facts === undefined) return undefined;
  const { kind, message } = finding;
  const proof = kind === 'running' ? {} : { proof: finding.proof };
  return { finding: kind, message, startedAt: timestamp(facts.startedAtMs), ...proof };
}

type Heading = RunningProof['heading'];

function describeHeading({
  id,
  cause,
  by,
  rotationId,
  state,
  step,
  generation,
}: Heading): Pick<ProofStatus, 'id' | 'cause' | 'by' | 'rotationId' | 'state' | 'step' | 'generation'> {
  return { id, cause, by, ...(rotationId === undefined ? {} : { rotationId }), state, step, generation };
}

function times(startedAtMs: number, atMs?: number): Pick<ProofStatus, 'startedAt' | 'finishedAt'> {
  return { startedAt: timestamp(startedAtMs), ...(atMs === undefined ? {} : { finishedAt: timestamp(atMs) }) };
}

function describeCheck(check: CheckSummary & { readonly evidence?: Evidence }): CheckStatus {
  const { name, outcome, message, laggards, evidence } = check;
  return { name, outcome, message, laggards, ...(evidence === undefined ? {} : { evidence }) };
}
