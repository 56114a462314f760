import {
  bytesRelated,
  composeBundle,
  countNudges,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  nudgeBundle,
  rootsOf,
  signerFromKey,
} from '@reroot/shared/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedTrust, CaSecret } from '../cluster/cluster.ts';
import { asSecret, type Ca, createCa, dayMs, hourMs, makeIntermediate, type Validity } from '../testing/ca.ts';
import { acceptedOf } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { annotate, type WritingPlan } from './annotate.ts';
import { noHistory } from './history.ts';
import type { InstallFacts, InstallPlan } from './plan.ts';
import { planInstall } from './plan-install.ts';
import type { Proof } from './proof.ts';
import { findRestartsDue } from './restart-due.ts';

const nowMs = Date.UTC(2026, 0, 1);
const timings = { renudgeAfterMs: 10_000, refusedAfterMs: 120_000 };

type Name = 'A' | 'B' | 'C';
const names: readonly Name[] = ['A', 'B', 'C'];
const cas = {} as Record<Name, Ca>;
const intermediates = {} as Record<Name, Awaited<ReturnType<typeof makeIntermediate>>>;

beforeAll(async () => {
  for (const name of names) {
    cas[name] = await createCa(`root ${name}`, nowMs);
    intermediates[name] = await makeIntermediate(cas[name]);
  }
});

const rootOf = (name: Name) => cas[name].certificate;
const rootsNamed = (roots: readonly Name[]) => roots.map(rootOf);

interface Row {
  readonly roots: readonly Name[];
  readonly signer: Name;
}

function secretOf(
  { roots, signer }: Row,
  pair: AcceptedTrust = { term: 1, generation: 1 },
  replicaRestart: Desired['replicaRestart'] = 'never',
): CaSecret {
  const row = { roots: rootsNamed(roots), signerRoot: rootOf(signer) };
  const annotations = { accepted: acceptedOf({ ...pair, ...row }), filesWrittenAtMs: nowMs, replicaRestart };
  return asSecret({ ...intermediates[signer], rootCert: composeBundle(undefined, row.roots), annotations });
}

function desiredOf({ roots, signer }: Row, changes: Partial<Desired> = {}): Desired {
  return {
    term: 1,
    generation: 2,
    roots: rootsNamed(roots),
    signerRoot: rootOf(signer),
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    nudge: 'laggards',
    replicaRestart: 'never',
    workloadRestart: 'never',
    passage: 'gradual',
    trustDomain: 'cluster.local',
    intermediateSource: { kind: 'mgmt' },
    rotationId: '',
    ...changes,
  };
}

function plan(secret: CaSecret | undefined, desired: Desired, changes: Partial<InstallFacts> = {}): InstallPlan {
  return planInstall({ secret, desired, proof: undefined, history: noHistory, nowMs, timings, adoption: 'never', ...changes });
}

/** The Secret after the write, with any fitting intermediate. */
function apply(secret: CaSecret | undefined, desired: Desired, done: InstallPlan): CaSecret {
  if (done.kind !== 'write' && done.kind !== 'nudge') throw new Error(`${done.kind} writes nothing`);
  const signer = names.find((name) => rootOf(name).fingerprint === desired.signerRoot.fingerprint)!;
  const fresh = done.kind === 'write' && done.needIntermediate ? intermediates[signer] : (secret ?? intermediates[signer]);
  const { caCert, caKey, certChain } = fresh;
  const annotations = annotate(done, secret, desired, nowMs);
  return asSecret({ caCert, caKey, certChain, rootCert: done.bundle, annotations });
}

const nameRow = ({ roots, signer }: Row) => `${roots.toSorted().join('+')} | ${signer}`;

const codeOf = (done: InstallPlan) => (done.kind === 'refuse' ? done.problem.code : done.kind);

const rows = {
  previous: { roots: ['A'], signer: 'A' },
  adding: { roots: ['A', 'B'], signer: 'A' },
  propagating: { roots: ['A', 'B'], signer: 'B' },
  deleting: { roots: ['B'], signer: 'B' },
} as const satisfies Record<string, Row>;

const loaded = (workloads: Proof['workloads'], count = 2): Proof => ({
  replicas: Array.from({ length: count }, (_, index) => ({ name: `istiod-${index}`, startedAtMs: nowMs, state: 'loaded' })),
  workloads,
  moment: 'not-needed',
});

describe('what is written', () => {
  it('is the whole of the desired trust where there is no Secret', () => {
    const bundle = composeBundle(undefined, rootsNamed(['A', 'B']));
    expect(plan(undefined, desiredOf(rows.adding))).toEqual({ kind: 'write', bundle, needIntermediate: true });
  });

  it('is the new root after the exact old bytes', () => {
    const secret = secretOf(rows.previous);
    const done = plan(secret, desiredOf(rows.adding));
    expect(done).toEqual({ kind: 'write', bundle: secret.rootCert + rootOf('B').pem, needIntermediate: false });
  });

  it('is a new intermediate beside unchanged bytes when the signer changes', () => {
    const secret = secretOf(rows.adding);
    expect(plan(secret, desiredOf(rows.propagating))).toEqual({ kind: 'write', bundle: secret.rootCert, needIntermediate: true });
  });

  it('is an unbroken part of the bytes when a root goes, nudges and all', () => {
    const before = secretOf(rows.propagating);
    const secret = { ...before, rootCert: nudgeBundle(before.rootCert, 1) };
    const done = plan(secret, desiredOf(rows.deleting));
    expect(done.kind === 'write' && secret.rootCert.includes(done.bundle) && !done.needIntermediate).toBe(true);
  });

  it('is what late replicas still hold, byte for byte, when a root comes back before they have loaded that it went', () => {
    const before = secretOf(rows.propagating);
    const held = { ...before, rootCert: nudgeBundle(before.rootCert, 1) };
    const deleting = desiredOf(rows.deleting);
    const deleted = apply(held, deleting, plan(held, deleting));
    expect(deleted.rootCert).not.toBe(held.rootCert);
    const done = plan(deleted, desiredOf(rows.propagating, { generation: 3 }));
    expect(done).toEqual({ kind: 'write', bundle: held.rootCert, needIntermediate: false });
  });

  it('is nothing once the Secret holds roots, signer and pair', () => {
    const secret = secretOf(rows.adding, { term: 1, generation: 2 });
    expect(plan(secret, desiredOf(rows.adding))).toEqual({ kind: 'none' });
  });

  it('is only the pair when nothing else changes, and that once', () => {
    const secret = secretOf(rows.adding);
    const desired = desiredOf(rows.adding, { term: 9, generation: 1 });
    const done = plan(secret, desired);
    expect(done).toEqual({ kind: 'write', bundle: secret.rootCert, needIntermediate: false });
    expect(plan(apply(secret, desired, done), desired)).toEqual({ kind: 'none' });
  });

  it('remembers the bundle from before its last change, however often the same is desired under new pairs', () => {
    const before = secretOf(rows.previous);
    const adding = desiredOf(rows.adding);
    expect(before.annotations).not.toHaveProperty('formerRootCert');
    let secret = apply(before, adding, plan(before, adding));
    for (let term = 2; term < 4; term += 1) {
      const again = desiredOf(rows.adding, { term });
      secret = apply(secret, again, plan(secret, again));
      expect(secret.annotations?.formerRootCert).toBe(before.rootCert);
    }
    const again = desiredOf(rows.adding, { term: 3 });
    const nudge = plan(secret, again, { proof: loaded('lagging'), history: { ...noHistory, provenSinceMs: 0 } });
    expect(apply(secret, again, nudge).annotations?.formerRootCert).toBe(secret.rootCert);
  });

  it('remembers no bundle that is too large for an annotation, nor an older one in its place', () => {
    const before = secretOf(rows.previous);
    const comment = `# ${'x'.repeat(64 * 2 ** 10)}\n`;
    const annotations = { ...before.annotations!, formerRootCert: rootOf('C').pem };
    const secret = { ...before, rootCert: before.rootCert + comment, annotations };
    const adding = desiredOf(rows.adding);
    expect(apply(secret, adding, plan(secret, adding)).annotations).not.toHaveProperty('formerRootCert');
  });

  const aged = async (validity: Validity) => ({
    ...secretOf(rows.previous, { term: 1, generation: 2 }),
    ...(await makeIntermediate(cas.A, validity)),
  });

  it('is a new intermediate when a fifth of its lifetime is left, or a little more', async () => {
    const desired = desiredOf(rows.previous);
    expect(plan(await aged({ fromMs: -7 * dayMs, untilMs: 2 * dayMs }), desired)).toEqual({ kind: 'none' });
    const due = await aged({ fromMs: -8 * dayMs, untilMs: 2 * dayMs - hourMs });
    expect(plan(due, desired)).toEqual({ kind: 'write', bundle: due.rootCert, needIntermediate: true });
    const over = await aged({ fromMs: -8 * dayMs, untilMs: -hourMs });
    expect(plan(over, desired)).toEqual({ kind: 'write', bundle: over.rootCert, needIntermediate: true });
  });

  it('is a new intermediate earlier or later where mgmt names another ratio', async () => {
    const { intermediate } = desiredOf(rows.previous);
    const wanting = (graceRatio: number) => desiredOf(rows.previous, { intermediate: { ...intermediate, graceRatio } });
    const half = await aged({ fromMs: -5 * dayMs - hourMs, untilMs: 5 * dayMs });
    expect(plan(half, wanting(0.4))).toEqual({ kind: 'none' });
    expect(plan(half, wanting(0.5))).toEqual({ kind: 'write', bundle: half.rootCert, needIntermediate: true });
    const nearlyOver = await aged({ fromMs: -8 * dayMs, untilMs: dayMs });
    expect(plan(nearlyOver, wanting(0.1))).toEqual({ kind: 'none' });
  });

  it('is only the policy when nothing but that of restarts changes, and that once', () => {
    const secret = secretOf(rows.adding, { term: 1, generation: 2 });
    const desired = desiredOf(rows.adding, { replicaRestart: 'always' });
    const done = plan(secret, desired);
    expect(done).toEqual({ kind: 'write', bundle: secret.rootCert, needIntermediate: false });
    const after = apply(secret, desired, done);
    expect(plan(after, desired)).toEqual({ kind: 'none' });
    expect(after.annotations?.filesWrittenAtMs).toBe(secret.annotations?.filesWrittenAtMs);
  });

  it('is a new intermediate when the key in the Secret is not that of the signer', () => {
    const secret = { ...secretOf(rows.previous, { term: 1, generation: 2 }), caKey: intermediates.B.caKey };
    expect(plan(secret, desiredOf(rows.previous))).toMatchObject({ kind: 'write', needIntermediate: true });
    expect(plan({ ...secret, caKey: 'no key' }, desiredOf(rows.previous))).toMatchObject({
      kind: 'write',
      needIntermediate: true,
    });
  });
});

describe('what is refused', () => {
  it('is trust of an older term, or of an older generation of the same term', () => {
    const secret = secretOf(rows.previous, { term: 5, generation: 5 });
    expect(codeOf(plan(secret, desiredOf(rows.adding, { term: 4, generation: 9 })))).toBe('RR_TRUST_STALE');
    expect(codeOf(plan(secret, desiredOf(rows.adding, { term: 5, generation: 4 })))).toBe('RR_TRUST_STALE');
    expect(codeOf(plan(secret, desiredOf(rows.adding, { term: 6, generation: 1 })))).toBe('write');
  });

  it('is another row under the pair that was accepted, adjacent or not, abrupt or not', () => {
    const pair = { term: 5, generation: 5 };
    for (const passage of ['gradual', 'abrupt'] as const) {
      for (const row of [rows.adding, rows.deleting]) {
        const done = plan(secretOf(rows.previous, pair), desiredOf(row, { ...pair, passage }));
        expect(codeOf(done)).toBe('RR_TRUST_CONTRADICTORY');
      }
    }
    expect(codeOf(plan(secretOf(rows.previous, pair), desiredOf(rows.previous, pair)))).toBe('none');
  });

  it('is not to mend under the accepted pair what somebody has changed by hand', () => {
    const pair = { term: 5, generation: 5 };
    const secret = { ...secretOf(rows.adding, pair), rootCert: rootOf('A').pem };
    expect(plan(secret, desiredOf(rows.adding, pair))).toMatchObject({ kind: 'write', needIntermediate: false });
  });

  it('is to overwrite what somebody else wrote, however abrupt the passage may be', () => {
    const secret: CaSecret = { ...secretOf(rows.previous), owner: 'other', annotations: undefined };
    expect(codeOf(plan(secret, desiredOf(rows.adding, { passage: 'abrupt' })))).toBe('RR_SECRET_NOT_OURS');
  });

  it('is a row two apart whatever the policy of restarts: that alone makes no passage abrupt', () => {
    for (const replicaRestart of ['never', 'when-refused', 'always'] as const) {
      expect(codeOf(plan(secretOf(rows.previous), desiredOf(rows.deleting, { replicaRestart })))).toBe('RR_TRUST_NOT_ADJACENT');
    }
  });

  it('is a row two apart, in both directions, whatever way the table is crossed', () => {
    const apart: [Row, Row][] = [
      [rows.previous, rows.propagating],
      [rows.adding, rows.deleting],
      [rows.previous, rows.deleting],
    ];
    for (const [one, other] of apart) {
      expect(codeOf(plan(secretOf(one), desiredOf(other)))).toBe('RR_TRUST_NOT_ADJACENT');
      expect(codeOf(plan(secretOf(other), desiredOf(one)))).toBe('RR_TRUST_NOT_ADJACENT');
    }
  });

  it('is to swap one root for another beside the signer, for no istiod would load that', () => {
    const done = plan(secretOf({ roots: ['A', 'B'], signer: 'B' }), desiredOf({ roots: ['B', 'C'], signer: 'B' }));
    expect(codeOf(done)).toBe('RR_BUNDLE_NOT_RELATED');
  });

  it('is to write over what cannot be read', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
    for (const file of ['rootCert', 'caCert', 'certChain'] as const) {
      expect(codeOf(plan({ ...secretOf(rows.previous), [file]: broken }, desiredOf(rows.adding)))).toBe('RR_SECRET_UNREADABLE');
    }
    const foreignSigner = { ...secretOf(rows.previous), ...intermediates.C };
    expect(codeOf(plan(foreignSigner, desiredOf(rows.adding)))).toBe('RR_SECRET_UNREADABLE');
  });

  it('is none of these where the passage is abrupt: the bundle is then made anew', () => {
    const desired = desiredOf(rows.deleting, { passage: 'abrupt' });
    const anew = { kind: 'write', bundle: rootOf('B').pem, needIntermediate: true };
    expect(plan(secretOf(rows.previous), desired)).toEqual(anew);
    expect(plan({ ...secretOf(rows.previous), rootCert: '' }, desired)).toEqual(anew);
  });
});

describe('an abrupt passage', () => {
  it('keeps to the exact bytes where the roots allow it, however far apart the rows are', () => {
    const before = secretOf(rows.adding);
    const secret = { ...before, rootCert: `${before.rootCert}# by ops\n` };
    const done = plan(secret, desiredOf(rows.deleting, { passage: 'abrupt' }));
    expect(done).toEqual({ kind: 'write', bundle: `${rootOf('B').pem}# by ops\n`, needIntermediate: true });
  });
});

describe('the nudge', () => {
  const pair = { term: 1, generation: 2 };
  const secret = () => secretOf(rows.propagating, pair);
  const desired = (nudge: Desired['nudge']) => desiredOf(rows.propagating, { nudge });
  const proven = { ...noHistory, provenSinceMs: nowMs };

  it('comes as soon as every replica is proven, where the step asks for it', () => {
    const done = plan(secret(), desired('when-loaded'), { proof: loaded('reached'), history: proven });
    expect(done).toEqual({ kind: 'nudge', bundle: nudgeBundle(secret().rootCert, 2) });
  });

  it('waits for every replica, for one that is late would sign with the old intermediate once more', () => {
    for (const state of ['differs', 'unproven'] as const) {
      const proof: Proof = {
        replicas: [
          { name: 'istiod-0', startedAtMs: nowMs, state: 'loaded' },
          { name: 'istiod-1', startedAtMs: nowMs, state },
        ],
        workloads: 'lagging',
        moment: 'not-needed',
      };
      expect(plan(secret(), desired('when-loaded'), { proof, nowMs: nowMs + dayMs }).kind).toBe('none');
    }
    expect(plan(secret(), desired('when-loaded'), { proof: loaded('lagging', 0), nowMs: nowMs + dayMs }).kind).toBe('none');
  });

  it('is not given twice where no workload lags behind', () => {
    const nudged = { ...secret(), rootCert: nudgeBundle(secret().rootCert, 2) };
    const facts = { proof: loaded('reached'), history: proven, nowMs: nowMs + dayMs };
    expect(plan(nudged, desired('when-loaded'), facts)).toEqual({ kind: 'none' });
    expect(plan(secret(), desired('laggards'), facts)).toEqual({ kind: 'none' });
  });

  it('is given again when a workload still lags renudgeAfterMs after every replica was proven', () => {
    const nudged = { ...secret(), rootCert: nudgeBundle(secret().rootCert, 2) };
    const facts = { proof: loaded('lagging'), history: proven };
    const dueMs = nowMs + timings.renudgeAfterMs;
    for (const [held, nudge] of [
      [nudged, 'when-loaded'],
      [secret(), 'laggards'],
    ] as const) {
      expect(plan(held, desired(nudge), { ...facts, nowMs: dueMs - 1 })).toEqual({ kind: 'none', againAtMs: dueMs });
      expect(plan(held, desired(nudge), { ...facts, nowMs: dueMs })).toEqual({
        kind: 'nudge',
        bundle: nudgeBundle(held.rootCert, 2),
      });
    }
  });

  it('is given less and less often to a workload that never follows, for every other proxy is re-signed each time', () => {
    let held = { ...secret(), rootCert: nudgeBundle(secret().rootCert, 2) };
    for (const waitMs of [1, 2, 4, 8].map((times) => times * timings.renudgeAfterMs)) {
      const facts = { proof: loaded('lagging'), history: proven };
      const waiting = plan(held, desired('when-loaded'), { ...facts, nowMs: nowMs + waitMs - 1 });
      expect(waiting).toEqual({ kind: 'none', againAtMs: nowMs + waitMs });
      held = { ...held, rootCert: nudgeBundle(held.rootCert, 2) };
    }
  });

  it('is counted under its generation in the end, however many nudges of others the bundle carries', () => {
    let held = secret();
    for (let count = 0; count < 8; count += 1) held = { ...held, rootCert: nudgeBundle(held.rootCert, 1) };
    for (let count = 0; count < 2 && countNudges(held.rootCert, 2) === 0; count += 1) {
      held = apply(
        held,
        desired('when-loaded'),
        plan(held, desired('when-loaded'), { proof: loaded('reached'), history: proven }),
      );
    }
    expect(countNudges(held.rootCert, 2)).toBe(1);
  });
});

describe('a restart', () => {
  const secret = (replicaRestart: Desired['replicaRestart'] = 'when-refused') =>
    secretOf(rows.deleting, { term: 1, generation: 2 }, replicaRestart);
  const late: Proof = {
    replicas: [
      { name: 'istiod-0', startedAtMs: nowMs, state: 'unproven' },
      { name: 'istiod-1', startedAtMs: nowMs, state: 'differs' },
      { name: 'istiod-2', startedAtMs: nowMs, state: 'differs' },
    ],
    workloads: 'lagging',
    moment: 'not-needed',
  };
  const refused = () => desiredOf(rows.deleting, { replicaRestart: 'when-refused' });
  const written = { ...noHistory, writtenSinceMs: nowMs };
  const dueMs = nowMs + timings.refusedAfterMs;

  it('is given to a replica that has had refusedAfterMs and proves to hold something else', () => {
    expect(plan(secret(), refused(), { proof: late, history: written, nowMs: dueMs - 1 })).toEqual({ kind: 'refresh' });
    expect(plan(secret(), refused(), { proof: late, history: written, nowMs: dueMs })).toEqual({
      kind: 'restart',
      replica: 'istiod-1',
    });
  });

  it('is given to nobody where the policy is never', () => {
    const facts = { proof: late, history: written, nowMs: dueMs };
    expect(plan(secret('never'), desiredOf(rows.deleting), facts)).toEqual({ kind: 'none' });
  });

  it('waits until the one before has helped or has had its time, and goes to the next replica then', () => {
    const restart = { replica: 'istiod-1', atMs: dueMs, replicasBefore: 3, loadedBefore: 0 };
    const facts = { history: { ...written, restart }, nowMs: dueMs + 1 };
    const again = dueMs + timings.refusedAfterMs;
    expect(plan(secret(), refused(), { ...facts, proof: late })).toEqual({ kind: 'none', againAtMs: again });
    expect(plan(secret(), refused(), { ...facts, proof: late, nowMs: again })).toEqual({ kind: 'restart', replica: 'istiod-2' });
    const helped: Proof = {
      ...late,
      replicas: late.replicas.map((each) => (each.name === 'istiod-1' ? { ...each, state: 'loaded' } : each)),
    };
    expect(plan(secret(), refused(), { ...facts, proof: helped })).toEqual({ kind: 'restart', replica: 'istiod-2' });
  });
});

describe('the CA of somebody else', () => {
  const foreign = (row: Row): CaSecret => ({ ...secretOf(row), owner: 'other', annotations: undefined });
  /** As istiod makes it: the root signs by itself, and nothing stands above it. */
  const selfMade = async (): Promise<CaSecret> => {
    const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
    const validity = { notBeforeMs: nowMs - hourMs, notAfterMs: nowMs + 365 * dayMs };
    const root = await createRootCertificate({
      key: signerFromKey(key),
      commonName: 'istiod',
      organization: 'cluster.local',
      ...validity,
    });
    const files = { caCert: root.pem, caKey: exportPrivateKey(key), certChain: '', rootCert: root.pem };
    return { ...foreign(rows.previous), ...files, source: 'istio-ca-secret' };
  };
  const refusal = (code: string, message: RegExp) => ({
    kind: 'refuse',
    problem: expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as unknown,
  });

  it('is left alone without adoption, and what is said tells one kind from the other', async () => {
    expect(plan(foreign(rows.previous), desiredOf(rows.previous))).toEqual(
      refusal('RR_SECRET_NOT_OURS', /^the cacerts Secret was not written by reroot/),
    );
    expect(plan(await selfMade(), desiredOf(rows.previous, { passage: 'abrupt' }))).toEqual(
      refusal('RR_SECRET_NOT_OURS', /istio-ca-secret/),
    );
  });

  it('is taken over where that is allowed, with the intermediate that it has, and once', () => {
    const secret = foreign(rows.previous);
    const desired = desiredOf(rows.previous);
    const done = plan(secret, desired, { adoption: 'allowed' });
    expect(done).toEqual({ kind: 'write', bundle: secret.rootCert, needIntermediate: false });
    expect(plan(apply(secret, desired, done), desired, { adoption: 'allowed' })).toEqual({ kind: 'none' });
    const noted = { ...secretOf(rows.previous, { term: 1, generation: 2 }), owner: 'other' as const };
    expect(plan(noted, desired, { adoption: 'allowed' }).kind).toBe('write');
  });

  it('is left alone all the same when the step is not adjacent, unless the passage is abrupt', async () => {
    const other = desiredOf({ roots: ['B'], signer: 'B' });
    for (const secret of [foreign(rows.previous), await selfMade()]) {
      expect(plan(secret, other, { adoption: 'allowed' })).toEqual(refusal('RR_TRUST_NOT_ADJACENT', /^cannot go from/));
      const abrupt = { ...other, passage: 'abrupt' } as const;
      expect(plan(secret, abrupt, { adoption: 'allowed' })).toMatchObject({ kind: 'write', needIntermediate: true });
    }
  });

  it('is followed by an intermediate where a root signs by itself, whose key does not stay', async () => {
    const secret = await selfMade();
    const [root] = rootsOf(secret.rootCert);
    const desired = { ...desiredOf(rows.previous), roots: [root!, rootOf('B')], signerRoot: root! };
    const done = plan(secret, desired, { adoption: 'allowed' });
    expect(done).toEqual({ kind: 'write', bundle: secret.rootCert + rootOf('B').pem, needIntermediate: true });
    expect(annotate(done as WritingPlan, secret, desired, nowMs)).toMatchObject({ formerRootCert: secret.rootCert });
    const again = { kind: 'write', bundle: secret.rootCert, needIntermediate: false } as const;
    expect(annotate(again, secret, desired, nowMs + 1).filesWrittenAtMs).toBe(nowMs + 1);
  });
});

describe('a Secret of reroot that somebody else has touched', () => {
  const held = () => secretOf(rows.adding, { term: 1, generation: 2 });

  it('is written again where a copy of it differs, though all else is right', () => {
    const secret = { ...held(), staleCopies: ['istio-canary'] };
    const desired = desiredOf(rows.adding);
    const done = plan(secret, desired);
    expect(done).toEqual({ kind: 'write', bundle: secret.rootCert, needIntermediate: false });
    expect(plan(apply(secret, desired, done), desired)).toEqual({ kind: 'none' });
  });

  it('is gone on from, by the rules of adjacency', () => {
    const edited = { ...held(), editedBy: ['kubectl-edit'] };
    expect(plan(edited, desiredOf(rows.adding))).toEqual({ kind: 'none' });
    expect(plan(edited, desiredOf(rows.propagating, { generation: 3 }))).toMatchObject({ kind: 'write', needIntermediate: true });
    expect(plan(edited, desiredOf({ roots: ['C'], signer: 'C' }, { generation: 3 })).kind).toBe('refuse');
  });
});

describe('every plan', () => {
  const rowArb = fc
    .record({ roots: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), pick: fc.nat(2) })
    .map(({ roots, pick }): Row => ({ roots, signer: roots[pick % roots.length]! }));
  const pairArb = fc.record({ term: fc.nat(3), generation: fc.nat(3) });
  const proofArb: fc.Arbitrary<Proof> = fc.record({
    replicas: fc.array(
      fc.record({
        name: fc.constantFrom('istiod-0', 'istiod-1'),
        startedAtMs: fc.constantFrom(nowMs, nowMs - 1),
        state: fc.constantFrom('loaded' as const, 'loaded' as const, 'differs' as const, 'unproven' as const),
      }),
      { maxLength: 3 },
    ),
    workloads: fc.constantFrom('reached' as const, 'lagging' as const),
    moment: fc.constant('not-needed' as const),
  });
  const caseArb = fc.record({
    held: rowArb,
    heldPair: pairArb,
    owner: fc.constantFrom('reroot' as const, 'reroot' as const, 'reroot' as const, 'other' as const),
    nudges: fc.nat(9),
    wanted: rowArb,
    wantedPair: pairArb,
    nudge: fc.constantFrom('laggards' as const, 'when-loaded' as const),
    replicaRestart: fc.constantFrom('never' as const, 'never' as const, 'when-refused' as const, 'always' as const),
    passage: fc.constantFrom('gradual' as const, 'gradual' as const, 'abrupt' as const),
    proof: fc.option(proofArb, { nil: undefined }),
    sinceMs: fc.constantFrom(0, 5_000, 10_000, 200_000),
  });

  const build = (each: typeof caseArb extends fc.Arbitrary<infer T> ? T : never) => {
    const bare = secretOf(each.held, each.heldPair, each.replicaRestart);
    const rootCert = Array.from({ length: each.nudges }).reduce<string>(
      (bundle) => nudgeBundle(bundle, each.heldPair.generation),
      bare.rootCert,
    );
    const secret: CaSecret = { ...bare, rootCert, owner: each.owner };
    const { nudge, replicaRestart, passage, wantedPair } = each;
    const desired = desiredOf(each.wanted, { nudge, replicaRestart, passage, ...wantedPair });
    const history = { ...noHistory, writtenSinceMs: nowMs - each.sinceMs, provenSinceMs: nowMs - each.sinceMs };
    const done = plan(secret, desired, { proof: each.proof, history });
    return { secret, desired, done };
  };
  const check = (holds: (each: typeof caseArb extends fc.Arbitrary<infer T> ? T : never) => void) => {
    fc.assert(fc.property(caseArb, holds), { numRuns: 400 });
  };

  it('leaves the Secrets of others, stale pairs and contradictions alone', () => {
    check((each) => {
      const { done } = build(each);
      const { heldPair, wantedPair } = each;
      const same = wantedPair.term === heldPair.term;
      const stale = wantedPair.term < heldPair.term || (same && wantedPair.generation < heldPair.generation);
      const otherRow = nameRow(each.wanted) !== nameRow(each.held);
      const contradictory = same && wantedPair.generation === heldPair.generation && otherRow;
      if (each.owner === 'other' || stale || contradictory) expect(done.kind).toBe('refuse');
    });
  });

  it('writes only what is adjacent to what is held, unless the passage is abrupt', () => {
    check((each) => {
      const { secret, done } = build(each);
      if (done.kind !== 'write' || each.passage === 'abrupt') return;
      expect(each.wanted.roots).toContain(each.held.signer);
      expect(each.held.roots).toContain(each.wanted.signer);
      const [before, after] = [rootsOf(secret.rootCert), rootsOf(done.bundle)].map(
        (roots) => new Set(roots.map(({ fingerprint }) => fingerprint)),
      );
      const common = [...before!].filter((fingerprint) => after!.has(fingerprint)).length;
      expect(common).toBe(Math.min(before!.size, after!.size));
    });
  });

  it('leads to no further write: what it wrote is what is desired', () => {
    check((each) => {
      const { secret, desired, done } = build(each);
      if (done.kind !== 'write') return;
      const after = apply(secret, desired, done);
      expect(plan(after, desired).kind).toBe('none');
      expect(new Set(rootsOf(after.rootCert).map(({ fingerprint }) => fingerprint))).toEqual(
        new Set(desired.roots.map(({ fingerprint }) => fingerprint)),
      );
    });
  });

  it('nudges only a right Secret that every replica has loaded, and never changes a root by it', () => {
    check((each) => {
      const { secret, desired, done } = build(each);
      if (done.kind !== 'nudge') return;
      expect(plan(secret, desired).kind).toBe('none');
      expect(each.proof!.replicas.length).toBeGreaterThan(0);
      expect(each.proof!.replicas.every(({ state }) => state === 'loaded')).toBe(true);
      const first = each.nudge === 'when-loaded' && countNudges(secret.rootCert, desired.generation) === 0;
      expect(first || (each.proof!.workloads === 'lagging' && each.sinceMs >= timings.renudgeAfterMs)).toBe(true);
      expect(rootsOf(done.bundle).map(({ fingerprint }) => fingerprint)).toEqual(
        rootsOf(secret.rootCert).map(({ fingerprint }) => fingerprint),
      );
      expect(done.bundle).not.toBe(secret.rootCert);
      expect(bytesRelated(done.bundle, secret.rootCert)).toBe(true);
    });
  });

  it('restarts only a replica that is due, or one that differs and has had its time, and may be restarted', () => {
    check((each) => {
      const { secret, done } = build(each);
      if (done.kind !== 'restart') return;
      expect(each.replicaRestart).not.toBe('never');
      const asked = each.proof!.replicas.filter(({ name }) => name === done.replica);
      if (findRestartsDue(secret, asked).length > 0) return;
      expect(each.sinceMs).toBeGreaterThanOrEqual(timings.refusedAfterMs);
      expect(asked.some(({ state }) => state === 'differs')).toBe(true);
    });
  });

  it('is the same for equal facts', () => {
    check((each) => {
      expect(build(structuredClone(each)).done).toEqual(build(each).done);
    });
  });

  it('carries a rotation forward and back over the table, with mgmt restarted on the way, in related bytes', () => {
    const table: readonly Row[] = [rows.previous, rows.adding, rows.propagating, rows.deleting];
    const stepArb = fc.constantFrom('forward' as const, 'back' as const, 'restarted' as const, 'nudged' as const);
    fc.assert(
      fc.property(fc.array(stepArb, { maxLength: 30 }), (steps) => {
        let at = 0;
        let pair = { term: 1, generation: 1 };
        let secret = secretOf(rows.previous);
        for (const step of steps) {
          if (step === 'forward') at = Math.min(at + 1, 3);
          if (step === 'back') at = Math.max(at - 1, 0);
          pair = step === 'restarted' ? { ...pair, term: pair.term + 1 } : { ...pair, generation: pair.generation + 1 };
          const desired = desiredOf(table[at]!, { ...pair, nudge: step === 'nudged' ? 'when-loaded' : 'laggards' });
          const writes: CaSecret[] = [];
          for (let done = plan(secret, desired); done.kind !== 'none'; ) {
            const next = apply(secret, desired, done);
            expect(bytesRelated(secret.rootCert, next.rootCert)).toBe(true);
            secret = next;
            writes.push(next);
            if (writes.length > 3) throw new Error('it goes on writing');
            done = plan(secret, desired, { proof: loaded('reached'), history: { ...noHistory, provenSinceMs: nowMs } });
          }
        }
        expect(rootsOf(secret.rootCert).map(({ fingerprint }) => fingerprint)).toHaveLength(table[at]!.roots.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a Secret that somebody has made unreadable', () => {
  const row: Row = { roots: ['A'], signer: 'A' };
  const damaged = (changes: Partial<CaSecret> = {}): CaSecret => {
    const secret = secretOf(row);
    return { ...secret, rootCert: 'garbage', editedBy: ['kubectl-edit'], ...changes };
  };

  it('is written anew for the row that it was written for, under the same term and a later one', () => {
    for (const pair of [
      { term: 1, generation: 1 },
      { term: 2, generation: 1 },
    ]) {
      const anew = { kind: 'write', bundle: rootOf('A').pem, needIntermediate: true };
      expect(plan(damaged(), desiredOf(row, pair))).toEqual(anew);
      expect(plan(damaged({ rootCert: rootOf('A').pem, ...intermediates.C }), desiredOf(row, pair))).toEqual(anew);
    }
  });

  it('is left where the mesh has edits left, where the row is another one, and where it is not of reroot', () => {
    const next: Row = { roots: ['A', 'B'], signer: 'A' };
    expect(codeOf(plan(damaged(), desiredOf(row, { drift: 'report' })))).toBe('RR_SECRET_DRIFTED');
    expect(codeOf(plan(damaged({ editedBy: [] }), desiredOf(row, { drift: 'report' })))).toBe('RR_SECRET_UNREADABLE');
    expect(codeOf(plan(damaged(), desiredOf(next, { term: 1, generation: 2 })))).toBe('RR_SECRET_UNREADABLE');
    expect(codeOf(plan(damaged({ owner: 'other' }), desiredOf(row), { adoption: 'allowed' }))).toBe('RR_SECRET_UNREADABLE');
  });

  it('is written anew beside no revocation lists: none can be of the new intermediate', () => {
    expect(codeOf(plan(damaged({ crl: 'garbage' }), desiredOf(row)))).toBe('RR_SECRET_CRL_INCOMPLETE');
  });
});

describe('a Secret that somebody has edited, where the mesh has edits left as they are', () => {
  const row: Row = { roots: ['A'], signer: 'A' };
  const edited = (by: readonly string[] = ['kubectl-edit']): CaSecret => {
    const secret = secretOf(row);
    return { ...secret, rootCert: composeBundle(secret.rootCert, [...rootsNamed(['A', 'C'])]), editedBy: by };
  };

  it('is left and reported, also when a new mgmt says the same row again', () => {
    for (const pair of [
      { term: 1, generation: 1 },
      { term: 2, generation: 5 },
    ]) {
      expect(plan(edited(), desiredOf(row, { ...pair, drift: 'report' }))).toMatchObject({
        kind: 'refuse',
        problem: { code: 'RR_SECRET_DRIFTED', message: expect.stringContaining('changed by kubectl-edit') as string },
      });
    }
  });

  it('is written anew for any other row, without that wish, and when nobody has edited it', () => {
    expect(plan(edited(), desiredOf({ roots: ['A', 'C'], signer: 'A' }, { drift: 'report' })).kind).toBe('write');
    expect(plan(edited(), desiredOf(row)).kind).toBe('write');
    expect(plan(edited([]), desiredOf(row, { drift: 'report' })).kind).toBe('write');
  });
});
