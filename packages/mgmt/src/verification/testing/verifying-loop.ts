import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { evidenceOf, samplePolicy, snapshotOf } from '../../rotation/evidence-sample.ts';
import {
  type AutomaticPolicy,
  type ClusterEvidence,
  decide,
  defaultAutomaticPolicy,
  type Policy,
  type RotationRecord,
  type VerificationFinding,
} from '../../rotation/index.ts';
import { createVerifier } from '../verifier.ts';
import { createDemoStore } from './demo-store.ts';
import { sampleSubject, startedAtMs, verifyingRecord } from './sample-subject.ts';
import { createScriptedConductor, type ScriptedConductor } from './scripted-conductor.ts';

/** A mgmt that decides about a step by what its verifier finds, and whose clock the test sets. */
export interface VerifyingLoop {
  readonly conductor: ScriptedConductor;
  /** Shows 0 when the step is entered. */
  readonly steadyClock: FakeClock;
  /** By how much the other clock was set ahead since; less than 0 where it was set back. */
  aheadMs: number;
  /** How clusters differ from holding what they are told. */
  except: Readonly<Record<string, Partial<ClusterEvidence>>>;
  /** Whether clusters have just reported, or at no time since the clock was set. */
  reports: 'come' | 'have-come';
  record(): RotationRecord;
  finding(): VerificationFinding | undefined;
  /** Decides until nothing is to be changed, and shows that to the verifier. @returns the state, or the reason while it is VERIFYING */
  turn(): string;
  /** Takes turns while time goes on, until the step is VERIFYING no more. @returns the state */
  leave(stepMs: number): Promise<string>;
  stop(): Promise<void>;
}

/** Stands in VERIFYING, and has not looked yet. */
export async function createVerifyingLoop(asked: Partial<AutomaticPolicy>): Promise<VerifyingLoop> {
  const automatic = { ...defaultAutomaticPolicy, ...asked };
  const policy: Policy = { ...samplePolicy, verification: 'automatic', automatic };
  const { store, term } = await createDemoStore();
  const steadyClock = createFakeClock(0);
  const clock = { ...steadyClock, now: () => startedAtMs + steadyClock.now() + loop.aheadMs };
  const conductor = createScriptedConductor();
  let nextId = 0;
  const verifier = createVerifier({
    tools: { conductor, ask: async () => ({ verdict: 'pass' }) },
    ...{ store, term, clock, steadyClock, log: silentLog, newId: () => `p${(nextId += 1)}`, wake: () => undefined },
  });
  const entered = verifyingRecord();
  // No root expires, however far the clock is set ahead.
  let record: RotationRecord = { ...entered, roots: entered.roots.map((root) => ({ ...root, notAfterMs: 1e12 })) };
  const heard = (): Record<string, ClusterEvidence> => {
    const receivedAtMs = loop.reports === 'come' ? clock.now() : startedAtMs + steadyClock.now();
    return Object.fromEntries(
      ['east', 'west'].map((name) => [name, evidenceOf(record, { receivedAtMs, ...loop.except[name] }, name)]),
    );
  };
  const loop: VerifyingLoop = {
    ...{ conductor, steadyClock, aheadMs: 0, except: {}, reports: 'come' },
    record: () => record,
    finding: () => verifier.facts(record)?.finding,
    turn: () => {
      for (;;) {
        const snapshot = { ...snapshotOf(record, heard()), verification: verifier.facts(record) };
        const decision = decide(record, snapshot, policy, clock.now());
        if (decision.kind !== 'transition') {
          const { verdict } = decision;
          verifier.look({ ...sampleSubject(asked, { record }), snapshot, verdict, silentAfterMs: policy.silentAfterMs });
          return verdict.reason;
        }
        ({ record } = decision.transition);
        if (record.state !== 'VERIFYING') return record.state;
      }
    },
    leave: async (stepMs) => {
      await waitFor(
        () => {
          loop.turn();
          if (record.state === 'VERIFYING') steadyClock.advance(stepMs);
          return record.state !== 'VERIFYING';
        },
        { timeoutMs: 10_000, what: 'the end of VERIFYING' },
      );
      return record.state;
    },
    stop: () => verifier.stop(),
  };
  return loop;
}
