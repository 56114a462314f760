import type { VerificationFinding } from '../rotation/index.ts';
import type { Proof, ProofSummary, Store } from '../store/index.ts';
import { type CheckTools, listChecks, listExternalChecks } from './checks/list-checks.ts';
import { headingOf, makeProof } from './make-proof.ts';
import { runChecks } from './run-checks.ts';
import type { Clocks } from './steady-time.ts';
import { automaticPolicyOf, type Subject } from './subject.ts';

/** What was found of the moment that a mesh is in. */
export interface Found {
  /** When the first check began. */
  readonly startedAtMs: number;
  /** Since when the time for a verdict counts, by the steady clock. */
  readonly countsFromMs: number;
  readonly finding: VerificationFinding;
}

/** What the verification of one step works with. */
export interface StepVerification extends Clocks {
  /** The mesh as it is now. */
  readonly subject: () => Subject;
  readonly tools: CheckTools;
  readonly store: Pick<Store, 'keepProof' | 'listProofs'>;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly newId: () => string;
  readonly signal: AbortSignal;
  /** The time that the checks may take counts from here, by the steady clock. */
  readonly countsFromMs: number;
  /** Told of what is found, each time that it changes. */
  readonly report: (found: Found) => void;
  /** Whether verdicts of before a restart are to be gone by. */
  readonly resumes: 'yes' | 'no';
}

/** While a step soaks, other systems are asked so often. */
const soakLookMs = 30_000;

/**
 * Verifies the step that a mesh is in: all checks, the soak, and all checks again after it. Each verdict is stored before it is
 * reported, so that what follows from it can be looked up.
 * @returns when there is a verdict that nothing more is to be added to
 * @throws RR_STORE_*; the signal's reason
 */
export async function verifyStep(options: StepVerification): Promise<void> {
  const { subject, signal, countsFromMs } = options;
  const { soakMs, timeoutMs } = automaticPolicyOf(subject());
  const earlier = options.resumes === 'yes' ? await findEarlier(options) : undefined;
  const startedAtMs = earlier?.startedAtMs ?? startOf(options);
  const tell = (finding: VerificationFinding, sinceMs = countsFromMs): void =>
    options.report({ startedAtMs, countsFromMs: sinceMs, finding });
  if (earlier !== undefined && earlier.outcome !== 'passed') {
    tell(findingOf(earlier, earlier.atMs));
    return;
  }
  // Without a soak there is nothing to go on with: what was found before a restart is found again.
  let passed: ProofSummary | undefined = soakMs > 0 ? earlier : undefined;
  if (passed === undefined) {
    const proof = await proveAll(options, countsFromMs + timeoutMs, tell);
    tell(findingOf(proof, proof.atMs));
    // The policy counts at once: a soak may have been asked for meanwhile.
    if (proof.outcome !== 'passed' || automaticPolicyOf(subject()).soakMs === 0) return;
    passed = proof;
  }
  await soak(options, passed, tell);
  signal.throwIfAborted();
}

/**
 * Looks at everything once more before a step that was verified is left, for its proof is old by then. Nothing soaks again: what is
 * not in order any more is verified from the beginning.
 * @returns when there is a verdict
 * @throws RR_STORE_*; the signal's reason
 */
export async function renewProof(options: StepVerification): Promise<void> {
  const { subject, steadyClock } = options;
  const [startedAtMs, countsFromMs] = [startOf(options), steadyClock.now()];
  const tell = (finding: VerificationFinding): void => options.report({ startedAtMs, countsFromMs, finding });
  const { timeoutMs } = automaticPolicyOf(subject());
  const proof = await proveAll(options, countsFromMs + timeoutMs, tell);
  // What was asked first was asked then, however long the rest took.
  tell(findingOf(proof, proof.startedAtMs));
}

/**
 * Keeps that the time was over before the clusters stood so that anything could be checked, and who lagged behind.
 * @throws RR_STORE_*; the signal's reason
 */
export async function giveUp(options: StepVerification): Promise<void> {
  const { subject, clock, newId, countsFromMs } = options;
  const { message, laggards } = subject().verdict;
  const nowMs = clock.now();
  const heading = headingOf(subject(), { id: newId(), cause: 'rotation', by: 'reroot', nowMs });
  const proof = makeProof(heading, [{ name: 'evidence', outcome: 'unavailable', message, laggards, evidence: {} }], nowMs);
  await keep(options, proof);
  options.report({ startedAtMs: startOf(options), countsFromMs, finding: findingOf(proof, nowMs) });
}

/** Looks at what may change while a step soaks, and at everything again in the end. Returns once it has told what came of it. */
async function soak(
  options: StepVerification,
  passed: ProofSummary,
  tell: (finding: VerificationFinding, countsFromMs: number) => void,
): Promise<void> {
  const { subject, clock, steadyClock, signal } = options;
  let sinceMs = passed.atMs;
  for (;;) {
    // Where the clock was set back since, nothing is waited for until that moment comes again.
    sinceMs = Math.min(sinceMs, clock.now());
    const { soakMs, timeoutMs } = automaticPolicyOf(subject());
    const leftMs = sinceMs + soakMs - clock.now();
    const pauseMs = Math.min(leftMs, soakLookMs);
    // No verdict is due before the next look.
    tell(findingOf(passed, sinceMs, sinceMs), steadyClock.now() + Math.max(0, pauseMs));
    if (leftMs <= 0) {
      // The step stays in its soak meanwhile: how far these checks are is not told.
      const again = await proveAll(options, steadyClock.now() + timeoutMs, () => undefined);
      // What is asked counts for when it was asked: checks that take long make no soak longer.
      if (again.outcome === 'passed' && again.startedAtMs - sinceMs < automaticPolicyOf(subject()).soakMs) continue;
      tell(findingOf(again, sinceMs, again.startedAtMs), steadyClock.now());
      return;
    }
    await steadyClock.sleep(pauseMs, signal);
    const failed = await lookAtOthers(options, steadyClock.now() + timeoutMs);
    if (failed === undefined) continue;
    tell(findingOf(failed, sinceMs), steadyClock.now());
    return;
  }
}

/** Asks other systems while a step soaks; a proof is kept where one of them does not pass. */
async function lookAtOthers(options: StepVerification, deadlineMs: number): Promise<Proof | undefined> {
  const { subject, tools, clock, steadyClock, newId, signal } = options;
  const checks = listExternalChecks(subject(), tools);
  if (checks.length === 0) return undefined;
  const heading = headingOf(subject(), { id: newId(), cause: 'rotation', by: 'reroot', nowMs: clock.now() });
  const results = await runChecks(checks, {
    ...{ subject, proofId: heading.id, clock, steadyClock, signal, deadlineMs, onFailure: 'stop', onProgress: () => undefined },
  });
  const proof = makeProof(heading, results, clock.now());
  if (proof.outcome === 'passed') return undefined;
  await keep(options, proof);
  return proof;
}

async function proveAll(
  options: StepVerification,
  deadlineMs: number,
  tell: (finding: Extract<VerificationFinding, { kind: 'running' }>) => void,
): Promise<Proof> {
  const { subject, tools, clock, steadyClock, newId, signal } = options;
  const heading = headingOf(subject(), { id: newId(), cause: 'rotation', by: 'reroot', nowMs: clock.now() });
  const results = await runChecks(listChecks(subject(), tools), {
    ...{ subject, proofId: heading.id, clock, steadyClock, signal, deadlineMs, onFailure: 'stop' },
    onProgress: (message, laggards) => tell({ kind: 'running', message, laggards }),
  });
  const proof = makeProof(heading, results, clock.now());
  await keep(options, proof);
  return proof;
}

async function keep(options: StepVerification, proof: Proof): Promise<void> {
  const { store, subject, term, signal, steadyClock } = options;
  signal.throwIfAborted();
  try {
    await store.keepProof(subject().spec.mesh, proof, term);
  } catch (error) {
    // What did not pass is not forgotten where it cannot be stored: no soak goes on from before it.
    if (proof.outcome !== 'passed') {
      const message = `${proof.message}; the store has refused to keep that, and it is verified anew`;
      options.report({
        startedAtMs: startOf(options),
        countsFromMs: steadyClock.now(),
        finding: { kind: 'running', message, laggards: [] },
      });
    }
    throw error;
  }
}

/**
 * The last verdict on the very moment that the mesh is in, of after the last time that a cluster lagged behind. One of a moment that is
 * still to come is none: its soak would last until that is over.
 */
async function findEarlier({ store, subject, clock }: StepVerification): Promise<ProofSummary | undefined> {
  const { mesh, rotation, step, generation, enteredAtMs, wave } = subject().record;
  const sinceMs = Math.max(enteredAtMs, wave.provenAtMs ?? Number.POSITIVE_INFINITY);
  return (await store.listProofs(mesh)).find(
    (proof) =>
      proof.cause === 'rotation' &&
      proof.rotationId === rotation?.id &&
      proof.step === step &&
      proof.generation === generation &&
      proof.startedAtMs >= sinceMs &&
      proof.atMs <= clock.now(),
  );
}

/** What begins now does so after the moment that it is of, though the clock was set back since: else it would count for nothing. */
function startOf({ subject, clock }: StepVerification): number {
  return Math.max(clock.now(), subject().record.enteredAtMs);
}

/** What is not proven in time lets no step pass either. */
function findingOf(proof: ProofSummary, sinceMs: number, atMs = proof.atMs): VerificationFinding {
  const { id, outcome, message, checks } = proof;
  if (outcome === 'passed') return { kind: 'passed', message, proof: id, sinceMs, atMs };
  const laggards = checks.flatMap((check) => (check.outcome === 'passed' ? [] : check.laggards));
  const why = outcome === 'unproven' ? `not proven in time: ${message}` : message;
  return { kind: 'failed', message: why, proof: id, laggards };
}
