import { composeBundle, parseCertificates, rootsOf } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaFiles, CaSecret } from '../cluster/cluster.ts';
import { trustOf } from '../testing/agent-rig.ts';
import { asSecret, type Ca, createCa, dayMs, makeContent, makeIntermediate } from '../testing/ca.ts';
import { readDesired } from '../trust/desired.ts';
import { annotate } from './annotate.ts';
import { describeStanding } from './describe-standing.ts';
import { noHistory } from './history.ts';
import { isSignerMissing } from './kept-signer.ts';
import type { InstallFacts, InstallPlan } from './plan.ts';
import { planInstall } from './plan-install.ts';
import type { Proof } from './proof.ts';
import { findRestartsDue } from './restart-due.ts';

const nowMs = Date.UTC(2026, 0, 1);
const at = { term: 3, generation: 5 };
let x: Ca;
let y: Ca;
let b: Ca;
let foreign: CaSecret;
let selfMade: CaSecret;

beforeAll(async () => {
  [x, y, b] = await Promise.all([createCa('X', nowMs), createCa('Y', nowMs), createCa('B', nowMs)]);
  foreign = found({ ...(await makeIntermediate(x)), rootCert: x.certificate.pem }, 'cacerts');
  selfMade = found(x.selfMade(), 'istio-ca-secret');
});

function found(files: CaFiles, source: CaSecret['source']): CaSecret {
  return { ...files, source, version: '1', owner: 'other', editedBy: [], staleCopies: [], annotations: undefined };
}

const desiredOf = (roots: readonly Ca[], signer: Ca) => readDesired(at, { ...trustOf(roots, signer), signer: 'kept' });
function plan(secret: CaSecret | undefined, roots: readonly Ca[], signer: Ca, more: Partial<InstallFacts> = {}): InstallPlan {
  const timings = { renudgeAfterMs: 10_000, refusedAfterMs: 120_000 };
  const desired = desiredOf(roots, signer);
  return planInstall({ secret, desired, proof: undefined, history: noHistory, nowMs, timings, adoption: 'allowed', ...more });
}

const rootNames = (bundle: string) => rootsOf(bundle).map(({ fingerprint }) => fingerprint);
const names = (cas: readonly Ca[]) => cas.map(({ certificate }) => certificate.fingerprint);

describe('a signer that is to be kept', () => {
  it.each(['what somebody plugged in', 'what istiod made itself'] as const)('is left alone as it was found: %s', (which) => {
    const secret = which === 'what somebody plugged in' ? foreign : selfMade;
    const lagging: Proof = {
      replicas: [{ name: 'istiod-0', startedAtMs: 0, state: 'loaded' }],
      workloads: 'lagging',
      moment: 'needed',
    };
    expect(plan(secret, [x], x)).toEqual({ kind: 'none' });
    expect(plan(secret, [x], x, { proof: lagging, history: { ...noHistory, provenSinceMs: 0 } })).toEqual({ kind: 'none' });
  });

  it.each(['what somebody plugged in', 'what istiod made itself'] as const)('goes on beside more roots: %s', (which) => {
    const secret = which === 'what somebody plugged in' ? foreign : selfMade;
    const written = plan(secret, [x, y, b], x);
    if (written.kind !== 'write') throw new Error(written.kind);
    expect(written).toMatchObject({ needIntermediate: false });
    expect(written.restored).toBeUndefined();
    expect(written.bundle.startsWith(secret.rootCert)).toBe(true);
    expect(rootNames(written.bundle)).toEqual(names([x, y, b]));
  });

  it('is not taken over where adoption is not allowed, not even while nothing is to be written', () => {
    for (const secret of [foreign, selfMade]) {
      expect(plan(secret, [x], x, { adoption: 'never' })).toMatchObject({
        kind: 'refuse',
        problem: { code: 'RR_SECRET_NOT_OURS' },
      });
    }
  });

  it('comes back from what is there still when another one signs meanwhile', async () => {
    const now = asSecret(await makeContent([x, y, b], b));
    expect(isSignerMissing(now, desiredOf([x, y, b], x))).toBe(true);
    const written = plan(now, [x, y, b], x, { former: [foreign] });
    expect(written).toEqual({ kind: 'write', bundle: now.rootCert, needIntermediate: false, restored: foreign });
  });

  it('comes back where the Secret is gone', () => {
    expect(isSignerMissing(undefined, desiredOf([x], x))).toBe(true);
    const written = plan(undefined, [x, b], x, { former: [selfMade] });
    const bundle = composeBundle(undefined, [x.certificate, b.certificate]);
    expect(written).toEqual({ kind: 'write', bundle, needIntermediate: false, restored: selfMade });
  });

  it('is not made up: one of another root, without its key, or out of date does not serve', async () => {
    const now = asSecret(await makeContent([x, b], b));
    const other = await makeIntermediate(y);
    const keyless = { ...foreign, caKey: other.caKey };
    const brief = await makeIntermediate(x, { fromMs: -2 * dayMs, untilMs: -dayMs });
    const old = { ...brief, rootCert: x.certificate.pem };
    const garbage = { caCert: 'x', caKey: 'x', certChain: 'x', rootCert: 'x' };
    const former = [{ ...other, rootCert: y.certificate.pem }, keyless, old, garbage];
    expect(plan(now, [x, b], x, { former })).toMatchObject({ kind: 'refuse', problem: { code: 'RR_SIGNER_NOT_KEPT' } });
  });

  it('is looked for only when it does not stand', async () => {
    expect(isSignerMissing(foreign, desiredOf([x, y], x))).toBe(false);
    expect(isSignerMissing(undefined, readDesired(at, trustOf([x], x)))).toBe(false);
    const ours = asSecret(await makeContent([x], x));
    expect(isSignerMissing(ours, desiredOf([x, y], x))).toBe(false);
  });

  it('is replaced once it is to be kept no longer', () => {
    const desired = readDesired(at, trustOf([x, b], b));
    const secret = { ...foreign, rootCert: composeBundle(foreign.rootCert, [x.certificate, b.certificate]) };
    expect(plan(secret, [x, b], b, { desired })).toMatchObject({ kind: 'write', needIntermediate: true });
  });
});

describe('the first cacerts beside a CA that istiod made itself', () => {
  it('is noted, and every replica that runs since before is due for one restart, unless none may be restarted', () => {
    const written = plan(selfMade, [x, b], x);
    if (written.kind !== 'write') throw new Error(written.kind);
    const desired = (restart: 'never' | 'when-refused') => ({ ...desiredOf([x, b], x), replicaRestart: restart });
    const annotations = annotate(written, selfMade, desired('when-refused'), nowMs);
    expect(annotations).toMatchObject({ pluggedInAtMs: nowMs, filesWrittenAtMs: nowMs });
    const replicas = [{ startedAtMs: nowMs - 1 }, { startedAtMs: nowMs }];
    expect(findRestartsDue({ annotations }, replicas)).toEqual([replicas[0]]);
    expect(findRestartsDue({ annotations: annotate(written, selfMade, desired('never'), nowMs) }, replicas)).toEqual([]);
    const later = annotate(written, { ...selfMade, source: 'cacerts', annotations }, desired('when-refused'), nowMs + 9);
    expect(later.pluggedInAtMs).toBe(nowMs);
  });
});

describe('what mgmt is told of the CA of a cluster', () => {
  it('is whose it is, and whether it may be taken over', async () => {
    expect(describeStanding(foreign, 'allowed')).toEqual({
      source: 'cacerts',
      owner: 'other',
      adoption: 'allowed',
      objection: '',
    });
    expect(describeStanding(selfMade, 'never')).toEqual({
      source: 'self-made',
      owner: 'other',
      adoption: 'never',
      objection: '',
    });
    expect(describeStanding(asSecret(await makeContent([b], b)), 'never').owner).toBe('reroot');
  });

  it.each([
    ['cannot be written over', () => ({ unchangeable: 'it is immutable' }), /immutable/],
    ['differs between namespaces', () => ({ staleCopies: ['istio-canary'] }), /istio-canary/],
    ['has another key', async () => ({ caKey: (await makeIntermediate(y)).caKey }), /ca-key\.pem/],
    ['hangs from no root of its bundle', () => ({ rootCert: y.certificate.pem }), /none of the roots/],
    ['cannot be read', () => ({ rootCert: 'no PEM' }), /cannot be used/],
    ['sends no signer', () => ({ certChain: '' }), /cert-chain\.pem is empty/],
  ])('says why it cannot be, where it %s', async (_, change, message) => {
    expect(describeStanding({ ...foreign, ...(await change()) }, 'allowed').objection).toMatch(message);
  });

  it('parses what was made for it', () => {
    expect(parseCertificates(selfMade.caCert)).toHaveLength(1);
  });
});
