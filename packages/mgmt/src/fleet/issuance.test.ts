import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, issueIntermediate, parseCertificate, sha256Hex, verifyChain } from '@reroot/shared/pki';
import { isRenewalDue, renewalDueAtMs } from '@reroot/shared/protocol';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MeshSpec } from '../mesh/index.ts';
import { defaultRotationPolicy } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { makeCsr, makeRoot, type TestRoot } from '../testing/certificates.ts';
import { issueFor } from './issuance.ts';

const options = { ttlDays: 30, organization: 'acme', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 } as const;
const meshSpec: MeshSpec = {
  mesh: 'demo',
  clusters: ['east'],
  trustDomain: 'cluster.local',
  rootSource: { kind: 'generated' },
  intermediateSource: { kind: 'mgmt' },
  root: options,
  intermediate: options,
  rotation: defaultRotationPolicy,
  maintenanceWindows: [],
};
const dayMs = 86_400_000;

let root: TestRoot;
let csr: Uint8Array;
beforeAll(async () => {
  root = await makeRoot('demo root', 365 * dayMs);
  csr = await makeCsr();
});

describe('issuing an intermediate', () => {
  let store: Store;
  let nowMs: number;
  let signings: number;
  let spec: MeshSpec;
  /** CAs between the one that signs and the root. */
  let above: readonly Certificate[];
  let refusal: RerootError | undefined;
  beforeEach(() => {
    [spec, above, refusal] = [meshSpec, [], undefined];
    store = createMemoryStore();
    nowMs = Date.now();
    signings = 0;
  });

  const issue = (
    request: { csr?: Uint8Array; signerRoot?: string; cluster?: string } = {},
    under: TestRoot = root,
  ): Promise<readonly Certificate[]> =>
    issueFor(
      request.cluster ?? 'east',
      { csr: request.csr ?? csr, signerRoot: request.signerRoot ?? under.certificate.fingerprint },
      {
        spec,
        signerRoot: under.certificate,
        issue: async (asked) => {
          signings += 1;
          if (refusal !== undefined) throw refusal;
          return [await issueIntermediate({ ...asked, issuer: under.certificate, issuerKey: under.signer }), ...above];
        },
      },
      { store, clock: { ...systemClock, now: () => nowMs } },
    );

  it('gives a CA for leaves of this cluster, under the root, valid as the mesh says', async () => {
    const [certificate] = await issue();
    expect(certificate).toMatchObject({ subject: 'O=acme\nCN=east intermediate', isCa: true, pathLength: 0 });
    expect(certificate!.uris).toEqual(['spiffe://cluster.local']);
    expect(verifyChain([certificate!], [root.certificate], nowMs)).toMatchObject({ ok: true });
    expect(certificate!.notBeforeMs).toBeLessThanOrEqual(nowMs - 299_000);
    expect(Math.round((certificate!.notAfterMs - nowMs) / dayMs)).toBe(30);
  });

  it('never lasts longer than its root', async () => {
    const short = await makeRoot('short', 2 * dayMs);
    const [certificate] = await issue({}, short);
    expect(certificate!.notAfterMs).toBe(short.certificate.notAfterMs);
  });

  it('answers the same request with the same certificate, and signs once', async () => {
    const [first] = await issue();
    const [second] = await issue();
    expect(second?.fingerprint).toBe(first?.fingerprint);
    expect(signings).toBe(1);
  });

  it('answers racing requests with one certificate', async () => {
    const chains = await Promise.all([issue(), issue(), issue()]);
    expect(new Set(chains.map(([certificate]) => certificate?.fingerprint)).size).toBe(1);
  });

  it('has stored what it gives away', async () => {
    const [certificate] = await issue();
    const key = { mesh: 'demo', cluster: 'east', signerRoot: root.certificate.fingerprint, csrSha256: sha256Hex(csr) };
    const kept = await store.findIssued(key);
    expect(parseCertificate(kept!.chain[0]!).fingerprint).toBe(certificate?.fingerprint);
  });

  it('stores and gives the whole chain, of an issuer below the root too', async () => {
    above = [(await makeRoot('issuing')).certificate];
    const first = await issue();
    expect(first.map(({ fingerprint }) => fingerprint).slice(1)).toEqual(above.map(({ fingerprint }) => fingerprint));
    expect((await issue()).map(({ fingerprint }) => fingerprint)).toEqual(first.map(({ fingerprint }) => fingerprint));
    expect(signings).toBe(1);
  });

  it('gives and stores nothing that the authority refuses, and asks it again the next time', async () => {
    refusal = new RerootError('RR_ISSUE_NOT_HERE', 'the agents ask Vault');
    await expect(issue()).rejects.toBe(refusal);
    refusal = undefined;
    await issue();
    expect(signings).toBe(2);
  });

  it('gives nothing away that could not be stored', async () => {
    store = { ...store, keepIssued: () => Promise.reject(new Error('disk full')) };
    await expect(issue()).rejects.toThrow('disk full');
  });

  it('issues anew, and keeps to it, when the one it gave has less than half of its life left', async () => {
    const [first] = await issue();
    nowMs += 14 * dayMs;
    expect((await issue())[0]?.fingerprint).toBe(first?.fingerprint);
    nowMs += 2 * dayMs;
    const [second] = await issue();
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
    expect((await issue())[0]?.fingerprint).toBe(second?.fingerprint);
  });

  it('issues anew for the same request what is not valid yet: the clock was ahead, and has been set right since', async () => {
    nowMs += 12 * 3_600_000;
    const [early] = await issue();
    nowMs -= 12 * 3_600_000;
    const [right] = await issue();
    expect(right!.notBeforeMs).toBeLessThanOrEqual(nowMs);
    expect(right!.notAfterMs).toBeLessThan(early!.notAfterMs);
    expect((await issue())[0]?.fingerprint).toBe(right?.fingerprint);
    expect(signings).toBe(2);
  });

  it('issues anew for the same request when the agent would have to renew at once what it was given', async () => {
    spec = { ...spec, intermediate: { ...options, graceRatio: 0.8 } };
    const [first] = await issue();
    nowMs = renewalDueAtMs(first!, 0.8) - 1;
    expect((await issue())[0]?.fingerprint).toBe(first?.fingerprint);
    nowMs += 1;
    expect(nowMs).toBeLessThan((first!.notBeforeMs + first!.notAfterMs) / 2);
    const [second] = await issue();
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
    expect(isRenewalDue(second!, 0.8, nowMs)).toBe(false);
  });

  it('gives a renewal another certificate however young the one before is: its request is for another key', async () => {
    const [first] = await issue();
    const [second] = await issue({ csr: await makeCsr() });
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
    expect(second?.publicKey.equals(first!.publicKey)).toBe(false);
  });

  it('issues anew when the one it gave has expired', async () => {
    const [first] = await issue();
    nowMs += 31 * dayMs;
    const [second] = await issue();
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
    expect(second!.notAfterMs).toBeGreaterThan(nowMs);
  });

  it('refuses a root that does not sign now', async () => {
    const other = await makeRoot('other');
    await expect(issue({ signerRoot: other.certificate.fingerprint })).rejects.toMatchObject({ code: 'RR_ISSUE_WRONG_ROOT' });
    expect(signings).toBe(0);
  });

  it('refuses what it has issued before once another root signs', async () => {
    await issue();
    const next = await makeRoot('next');
    await expect(issue({ signerRoot: root.certificate.fingerprint }, next)).rejects.toMatchObject({
      code: 'RR_ISSUE_WRONG_ROOT',
    });
  });

  it('refuses a cluster of another mesh', async () => {
    await expect(issue({ cluster: 'north' })).rejects.toMatchObject({ code: 'RR_ISSUE_NOT_MEMBER' });
  });

  it('refuses another key algorithm than the mesh demands', async () => {
    const rsa = await makeCsr({ kind: 'rsa', bits: 2048 });
    await expect(issue({ csr: rsa })).rejects.toMatchObject({ code: 'RR_ISSUE_WRONG_KEY' });
    const p384 = await makeCsr({ kind: 'ecdsa', curve: 'P-384' });
    await expect(issue({ csr: p384 })).rejects.toMatchObject({ code: 'RR_ISSUE_WRONG_KEY' });
  });

  it('refuses a request that its sender did not sign with the key in it', async () => {
    const broken = Uint8Array.from(csr);
    broken[broken.length - 1]! ^= 1;
    await expect(issue({ csr: broken })).rejects.toMatchObject({ code: 'RR_PKI_BAD_CSR' });
    await expect(issue({ csr: Uint8Array.of(1) })).rejects.toMatchObject({ code: 'RR_PKI_BAD_CSR' });
  });
});
