import type { ProveRequest } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { errorFields, type Log } from '@reroot/shared/log';
import type { RotationRecord, VerificationFacts } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import { type CheckTools, chooseChecks, listChecks } from './checks/list-checks.ts';
import { headingOf, type ProofHeading } from './make-proof.ts';
import { proveNow, type RunningProof } from './prove-now.ts';
import { type Clocks, toSteady, toWall } from './steady-time.ts';
import { isOfBefore, newRun, type StepRun } from './step-run.ts';
import { automaticPolicyOf, type Subject } from './subject.ts';
import { type Found, giveUp, renewProof, type StepVerification, verifyStep } from './verify-step.ts';

/** Verifies the steps of meshes, and whatever else people ask to have proven. */
export interface Verifier {
  /** What it has found on the very moment that the record of a mesh is in; undefined where it is at another one. */
  facts(record: RotationRecord): VerificationFacts | undefined;
  /** Told how a mesh is after each decision: begins with a step, goes on with it, or leaves off. */
  look(subject: Subject): void;
  /**
   * Has a mesh proven now. It changes nothing, and goes on by itself.
   * @throws RR_PROOF_RUNNING when that is being done already; RR_PROOF_CHECK_UNKNOWN
   */
  prove(subject: Subject, request: ProveRequest): RunningProof;
  /** The proof that somebody has asked for, while it is being made. */
  proving(mesh: string): RunningProof | undefined;
  /** Leaves off; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** What a verifier works with. */
export interface VerifierOptions extends Clocks {
  readonly tools: CheckTools;
  readonly store: Pick<Store, 'keepProof' | 'listProofs'>;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly newId: () => string;
  readonly log: Log;
  /** Has a mesh looked at, for something new was found. */
  readonly wake: (mesh: string) => void;
}

interface MeshState {
  subject: Subject;
  /** The moment that is to be verified, if any. */
  key: string | undefined;
  run: StepRun | undefined;
  /** The run before, where it broke off and the mesh is as it found it: what it has stored counts. */
  broken: StepRun | undefined;
  found: Found | undefined;
  /** Since when the time of that moment counts, by the steady clock. */
  beganAtMs: number;
  /** The same of a step that was verified already, and is so anew; undefined where none is. */
  anewAtMs: number | undefined;
  proving: RunningProof | undefined;
  /** Whether anything was found since mgmt started: only the first step may have been begun before. */
  fresh: 'yes' | 'no';
}

/** Reasons of a mesh whose clusters are all proven, and that waits for a verdict alone. */
const waitingForVerdict: ReadonlySet<string> = new Set(['VerificationRunning', 'VerificationSoaking']);

/** What a store refuses may pass; until then the step is verified again, and not more often than this. */
const againAfterMs = 5_000;

/** Starts with nothing under way. */
export function createVerifier(options: VerifierOptions): Verifier {
  const { clock, steadyClock, log, wake, tools } = options;
  const stopping = new AbortController();
  const meshes = new Map<string, MeshState>();
  const underWay = new Set<Promise<void>>();
  const track = (work: Promise<void>): void => {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  const countsFrom = ({ beganAtMs, anewAtMs = beganAtMs }: MeshState): number => anewAtMs;
  /** Clusters that lag behind let no check begin: the time passes all the same, and the verdict is then that it is over. */
  const isOverdue = (state: MeshState): boolean => {
    const { timeoutMs } = automaticPolicyOf(state.subject);
    return state.subject.record.state === 'VERIFYING' && steadyClock.now() >= countsFrom(state) + timeoutMs;
  };

  const begin = (mesh: string, state: MeshState, kind: StepRun['kind']): void => {
    const off = new AbortController();
    const signal = AbortSignal.any([off.signal, stopping.signal]);
    const run = newRun(state.subject, { kind, leaveOff: () => off.abort(new Error('the mesh has moved on')) });
    const resumes = state.fresh === 'yes' || goesOn(state) ? 'yes' : 'no';
    const countsFromMs = countsFrom(state);
    state.run = run;
    state.broken = undefined;
    const report = (found: Found): void => {
      if (state.run !== run) return;
      // One that has broken off before it found anything leaves what was stored before mgmt started to the next.
      state.fresh = 'no';
      state.found = found;
      wake(mesh);
    };
    const checks = state.subject.record.state === 'VERIFIED' ? renewProof : verifyStep;
    const verify: (of: StepVerification) => Promise<void> = kind === 'over' ? giveUp : checks;
    track(
      verify({ ...options, countsFromMs, subject: () => state.subject, signal, report, resumes }).catch(
        async (error: unknown) => {
          if (signal.aborted) return;
          log.error({ mesh, ...errorFields(error) }, 'the verification of a step has come to no verdict; it begins anew');
          await clock.sleep(againAfterMs, signal).catch(() => undefined);
          if (state.run === run) [state.run, state.broken] = [undefined, run];
          wake(mesh);
        },
      ),
    );
  };

  const leaveOff = (state: MeshState): void => {
    state.run?.leaveOff();
    state.run = undefined;
    state.broken = undefined;
    state.found = undefined;
    state.anewAtMs = undefined;
  };

  /** The same step is to be verified once more. One that was verified already has the whole time for it again. */
  const beginAnew = (state: MeshState): void => {
    const { found, anewAtMs, subject } = state;
    leaveOff(state);
    state.anewAtMs = found?.finding.kind === 'passed' ? steadyClock.now() : anewAtMs;
    if (found === undefined || state.anewAtMs === undefined) return;
    const why = 'a cluster lagged behind or has come to count, or the clock was set back';
    const message = `${subject.record.step} was verified, and is so anew: ${why}`;
    state.found = { ...found, countsFromMs: state.anewAtMs, finding: { kind: 'running', message, laggards: [] } };
  };

  const stateOf = (subject: Subject): MeshState => {
    const { mesh } = subject.spec;
    const state = meshes.get(mesh) ?? newState(subject);
    state.subject = subject;
    meshes.set(mesh, state);
    return state;
  };

  return {
    facts: (record) => {
      const state = meshes.get(record.mesh);
      if (state?.key === undefined || state.key !== keyOf(record)) return undefined;
      const { rotation, step, generation, enteredAtMs } = record;
      const { startedAtMs = enteredAtMs, countsFromMs = countsFrom(state), finding } = state.found ?? {};
      // How long is waited already is measured by the steady clock, and told by the other one as it is set now.
      const told = { startedAtMs, countsFromMs: toWall(options, countsFromMs), finding };
      return { rotationId: rotation?.id ?? '', step, generation, ...told };
    },
    look: (subject) => {
      if (stopping.signal.aborted) return;
      const state = stateOf(subject);
      const key = keyOf(subject.record);
      if (state.key !== key) {
        leaveOff(state);
        // Counted anew by an mgmt that has just started: what it was not there for nobody could verify.
        state.beganAtMs = toSteady(options, Math.max(subject.record.enteredAtMs, subject.snapshot.heardSinceMs));
      }
      state.key = key;
      if (key === undefined) return;
      // What was found is of a mesh that is not so any more: a cluster lags behind again, or counts that nobody has asked.
      const isWaiting = waitingForVerdict.has(subject.verdict.reason);
      const last = state.run ?? state.broken;
      const isOver = last !== undefined && isOfBefore(last, state.found, subject);
      if (subject.record.state === 'VERIFIED') {
        if (isOver || (isWaiting && isStale(state))) leaveOff(state);
      } else if (isOver || (!isWaiting && state.run?.kind !== 'over')) beginAnew(state);
      if (state.run !== undefined) return;
      if (isWaiting) begin(subject.spec.mesh, state, 'checks');
      else if (!subject.verdict.passed && isOverdue(state)) begin(subject.spec.mesh, state, 'over');
    },
    prove: (subject, { by, checks: names = [] }) => {
      const { mesh } = subject.spec;
      const state = stateOf(subject);
      if (state.proving !== undefined) {
        throw new RerootError('RR_PROOF_RUNNING', `proof ${state.proving.heading.id} of mesh ${mesh} is being made`);
      }
      const checks = chooseChecks(listChecks(subject, tools), names);
      const heading: ProofHeading = headingOf(subject, { id: options.newId(), cause: 'operator', by, nowMs: clock.now() });
      const running: RunningProof = { heading, message: 'it begins', checks: [] };
      state.proving = running;
      const signal = stopping.signal;
      const asked = names.length === 0 ? 'all' : 'by-name';
      const made = proveNow({ ...options, subject: () => state.subject, checks, asked, signal, running });
      track(
        made
          .catch((error: unknown) => {
            if (!signal.aborted) log.error({ mesh, proof: heading.id, ...errorFields(error) }, 'a proof is lost');
          })
          .finally(() => {
            state.proving = undefined;
          }),
      );
      return running;
    },
    proving: (mesh) => meshes.get(mesh)?.proving,
    stop: async () => {
      stopping.abort(new Error('mgmt stops'));
      await Promise.all(underWay);
    },
  };
}

function newState(subject: Subject): MeshState {
  const nothing = {
    key: undefined,
    run: undefined,
    broken: undefined,
    found: undefined,
    anewAtMs: undefined,
    proving: undefined,
  };
  return { subject, ...nothing, beganAtMs: 0, fresh: 'yes' };
}

/**
 * Whether a run that broke off had begun with a soak. Without it a step whose soak is over, and which the store
 * refuses to say so, would be verified from the beginning, for which there is no time left, and fail.
 */
function goesOn({ broken, found }: MeshState): boolean {
  return broken !== undefined && found?.finding.kind === 'passed';
}

/** Whether a renewal is asked for although one was made: that one is old by now, and not merely newer than the verdict. */
function isStale({ found, subject }: MeshState): boolean {
  return found?.finding.kind === 'passed' && subject.snapshot.verification?.finding === found.finding;
}

/** The moment that is to be verified, or of which the proof may have to be renewed; undefined where none is. */
function keyOf({ state, rotation, step, generation, enteredAtMs }: RotationRecord): string | undefined {
  if ((state !== 'VERIFYING' && state !== 'VERIFIED') || rotation?.verification !== 'automatic') return undefined;
  return [rotation.id, state, step, generation, enteredAtMs].join('/');
}
