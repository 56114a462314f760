import { type Certificate, sha256Hex } from '@reroot/shared/pki';
import type { Holding, Report, WorkloadEvidence } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeIntermediate, makeRoot, type TestRoot } from '../testing/certificates.ts';
import { createEvidenceReader } from './evidence-reader.ts';

let a: TestRoot;
let b: TestRoot;
let underA: Certificate;
let underB: Certificate;
beforeAll(async () => {
  [a, b] = await Promise.all([makeRoot('a'), makeRoot('b')]);
  [underA, underB] = await Promise.all([makeIntermediate(a), makeIntermediate(b, 5_000)]);
});

const holding = (roots: readonly TestRoot[], chain: readonly Certificate[]): Holding => ({
  bundleSha256: sha256Hex(roots.map(({ certificate }) => certificate.pem).join('')),
  roots: roots.map(({ certificate }) => certificate.fingerprint),
  signerChain: chain.map(({ fingerprint }) => fingerprint),
});

const workloadsOf = (held: Holding, differing: Partial<WorkloadEvidence> = {}): WorkloadEvidence => {
  const known = { method: 'proxy-config', learns: 'pushed', unread: '' } as const;
  return { namespace: 'default', holding: held, count: 4, examples: ['web-0'], ...known, ...differing };
};

const report = (change: Partial<Report> = {}): Report => ({
  appliedTerm: 3,
  appliedGeneration: 7,
  takenAtMs: 1,
  agentVersion: '0.1.0',
  clusterUid: 'uid',
  certificates: [a.certificate.der, b.certificate.der, underA.der, underB.der],
  written: holding([a, b], [underA]),
  replicas: [
    { replica: 'istiod-0', multiRoot: 'on', result: { kind: 'holding', holding: holding([a, b], [underB]) } },
    {
      replica: 'istiod-1',
      multiRoot: 'off',
      result: { kind: 'failure', problem: { code: 'RR_REPLICA_UNREACHABLE', message: 'no answer', remedy: 'wait' } },
    },
  ],
  namespaces: [
    { namespace: 'default', holding: holding([a], []) },
    { namespace: 'payments', holding: undefined },
  ],
  workloads: [workloadsOf(holding([a], [underA]))],
  problems: [],
  nudges: 2,
  ...change,
});

const context = (roots: readonly TestRoot[] = [a, b], receivedAtMs = Date.now()) => ({
  roots: roots.map(({ certificate }) => certificate),
  term: 3,
  receivedAtMs,
});

describe('reading a report', () => {
  it('resolves each signer to the root that its signatures lead to', () => {
    const evidence = createEvidenceReader().read(report(), context());
    const [rootA, rootB] = [a.certificate.fingerprint, b.certificate.fingerprint];
    expect(evidence.written).toMatchObject({ roots: [rootA, rootB], signer: underA.fingerprint, signerRoot: rootA });
    expect(evidence.replicas).toMatchObject([
      { replica: 'istiod-0', holding: { signer: underB.fingerprint, signerRoot: rootB }, failure: undefined, multiRoot: 'on' },
      { replica: 'istiod-1', holding: undefined, failure: 'RR_REPLICA_UNREACHABLE no answer', multiRoot: 'off' },
    ]);
    expect(evidence.namespaces).toMatchObject([
      { holding: { signer: undefined, signerRoot: undefined } },
      { holding: undefined },
    ]);
    expect(evidence.workloads).toMatchObject([{ holding: { signerRoot: rootA }, count: 4, examples: ['web-0'] }]);
    expect(evidence).toMatchObject({ appliedTerm: 3, appliedGeneration: 7, nudges: 2, problems: [] });
  });

  it('keeps how each group of workloads is known, and takes the words of newer agents for one', () => {
    const nothing = holding([], []);
    const sent = report({
      workloads: [
        workloadsOf(holding([a], [underA]), { method: 'start-time', learns: 'renewed', unread: 'forbidden' }),
        workloadsOf(nothing, { method: 'none', unread: 'asleep' }),
        workloadsOf(nothing, { method: 'none', unread: 'a'.repeat(4_000) }),
      ],
    });
    expect(createEvidenceReader().read(sent, context()).workloads).toMatchObject([
      { method: 'start-time', learns: 'renewed', unread: 'forbidden', holding: { roots: [a.certificate.fingerprint] } },
      { method: 'none', learns: 'pushed', unread: 'unknown', holding: { roots: [], signerRoot: undefined } },
      { method: 'none', unread: 'unknown' },
    ]);
    expect(createEvidenceReader().read(report(), context()).workloads).toMatchObject([{ unread: undefined }]);
  });

  it('says which cluster reported, and leaves it open whether another one speaks under its name', () => {
    expect(createEvidenceReader().read(report(), context())).toMatchObject({ clusterUid: 'uid', namesake: undefined });
    expect(createEvidenceReader().read(report({ clusterUid: '' }), context()).clusterUid).toBe('');
  });

  it('tells when the signer in the Secret expires, and of no other', () => {
    const written = (change: Partial<Report>) => createEvidenceReader().read(report(change), context()).written;
    expect(written({})?.signerNotAfterMs).toBe(underA.notAfterMs);
    expect(written({ written: holding([b], [underB]) })?.signerNotAfterMs).toBe(underB.notAfterMs);
    expect(written({ written: holding([a], []) })?.signerNotAfterMs).toBeUndefined();
    const { replicas, workloads } = createEvidenceReader().read(report(), context());
    expect([replicas[0]?.holding?.signerNotAfterMs, workloads?.[0]?.holding.signerNotAfterMs]).toEqual([undefined, undefined]);
  });

  it('leaves the root open when the mesh does not know it, and keeps its fingerprint among the trusted ones', () => {
    const evidence = createEvidenceReader().read(report(), context([a]));
    expect(evidence.replicas[0]?.holding?.signerRoot).toBeUndefined();
    expect(evidence.written?.roots).toContain(b.certificate.fingerprint);
  });

  it('names the foreign root above a chain, beside the root that stays open', () => {
    const evidence = createEvidenceReader().read(report(), context([a]));
    const foreignRoot = b.certificate.fingerprint;
    expect(evidence.replicas[0]?.holding).toMatchObject({ signerRoot: undefined, foreignRoot });
    expect(evidence.written).not.toHaveProperty('foreignRoot');
    expect(evidence.written).not.toHaveProperty('anchors');
  });

  it('believes no chain that merely bears the name of a root', async () => {
    const impostor = await makeRoot('a');
    const forged = await makeIntermediate(impostor);
    const sent = report({ certificates: [forged.der], written: holding([a], [forged]), replicas: [], workloads: [] });
    expect(createEvidenceReader().read(sent, context()).written).toMatchObject({
      signer: forged.fingerprint,
      signerRoot: undefined,
    });
  });

  it('resolves a chain anew when the mesh has learnt another root', () => {
    const reader = createEvidenceReader();
    expect(reader.read(report(), context([a])).replicas[0]?.holding?.signerRoot).toBeUndefined();
    expect(reader.read(report(), context([a, b])).replicas[0]?.holding?.signerRoot).toBe(b.certificate.fingerprint);
  });

  it('does not remember a chain beyond its validity', () => {
    const reader = createEvidenceReader();
    const signerRoot = (atMs: number) => reader.read(report(), context([a, b], atMs)).replicas[0]?.holding?.signerRoot;
    expect(signerRoot(Date.now())).toBe(b.certificate.fingerprint);
    expect(signerRoot(Date.now() + 10_000)).toBeUndefined();
  });

  it.each([2, 4])('counts nothing that was applied in term %i towards term 3', (appliedTerm) => {
    const problem = { code: 'RR_SECRET_NOT_OURS', message: 'owned by another', remedy: 'x' };
    const evidence = createEvidenceReader().read(report({ appliedTerm, problems: [problem] }), context());
    expect(evidence.appliedGeneration).toBe(0);
    expect(evidence.problems).toMatchObject([{ code: 'RR_REPORT_OTHER_TERM' }, { code: 'RR_SECRET_NOT_OURS' }]);
  });

  it('refuses a chain whose certificates it does not carry', () => {
    expect(() => createEvidenceReader().read(report({ certificates: [a.certificate.der] }), context())).toThrow(
      expect.objectContaining({ code: 'RR_REPORT_UNREADABLE', message: expect.stringContaining(underA.fingerprint) }),
    );
  });

  it('refuses a certificate that is none, and too many of them', () => {
    const read = (certificates: Uint8Array[]) => () => createEvidenceReader().read(report({ certificates }), context());
    expect(read([Uint8Array.of(1, 2, 3)])).toThrow(expect.objectContaining({ code: 'RR_REPORT_UNREADABLE' }));
    expect(read(Array.from({ length: 513 }, () => a.certificate.der))).toThrow(
      expect.objectContaining({ code: 'RR_REPORT_UNREADABLE', message: expect.stringContaining('513') }),
    );
  });
});
