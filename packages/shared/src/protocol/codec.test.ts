import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './codec.ts';
import { reroot } from './generated/reroot.js';
import { kindLimits } from './limits.ts';
import type { Message } from './message.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';
import { refusalOf } from './testing/refusal.ts';

const { v1 } = reroot;
const fingerprint = 'ab'.repeat(32);
const der = Uint8Array.of(0x30, 0x00);
const holding = { bundleSha256: fingerprint, roots: [fingerprint], signerChain: [fingerprint] };

const trust: reroot.v1.DesiredTrust.$Properties = {
  step: v1.CertificateRotationState.ADDING_NEW_ROOT,
  roots: [der],
  signerRoot: fingerprint,
  intermediate: { ttlDays: 365, keyAlgorithm: v1.KeyAlgorithm.KEY_ALGORITHM_ECDSA_P256 },
  nudge: v1.Nudge.NUDGE_LAGGARDS,
  replicaRestart: v1.ReplicaRestart.REPLICA_RESTART_NEVER,
  trustDomain: 'cluster.local',
};

/** Fields as a peer might send them, outside of what the compiler would let us. */
type Fields = Record<string, unknown>;

const trustBytes = (change: Fields): Uint8Array => v1.DesiredTrust.encode({ ...trust, ...change }).finish();
const reportBytes = (report: Fields): Uint8Array => v1.Report.encode(report).finish();

/** A VaultCA that can be read. */
const vault = { server: 'https://vault', caPath: 'pki/sign', tokenSecretRef: { name: 'token', namespace: 'vault' } };

describe('a message', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        expect(decodeMessage(message.kind, encodeMessage(message))).toEqual(message);
      }),
    );
  });

  it('is refused with RR_PROTOCOL_MALFORMED alone, whatever the bytes are', () => {
    const kinds = fc.constantFrom(...(Object.keys(kindLimits) as Message['kind'][]));
    fc.assert(
      fc.property(kinds, fc.uint8Array({ maxLength: 200 }), (kind, bytes) => {
        expect(refusalOf(kind, bytes)).toMatch(/^(accepted$|RR_PROTOCOL_MALFORMED )/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('carries fields that this version does not know', () => {
    const unknown = Buffer.concat([trustBytes({}), Buffer.from([0xf8, 0x3f, 0x01])]);
    expect(decodeMessage('desired-trust', unknown)).toEqual(decodeMessage('desired-trust', trustBytes({})));
  });

  it('is not written larger than its kind may be', () => {
    const body = { csr: new Uint8Array(32_768), signerRoot: fingerprint };
    expect(() => encodeMessage({ kind: 'issue-request', body })).toThrow(/issue-request has 328\d+ bytes; 32768 are allowed/);
  });

  it.each(Object.entries(kindLimits) as [Message['kind'], { bytes: number }][])(
    'is not read as %s when it is larger than that may be',
    (kind, { bytes }) => {
      const expected = `RR_PROTOCOL_MALFORMED ${kind}: ${kind} has ${bytes + 1} bytes; ${bytes} are allowed`;
      expect(refusalOf(kind, new Uint8Array(bytes + 1))).toBe(expected);
      expect(refusalOf(kind, new Uint8Array(bytes))).not.toContain('are allowed');
    },
  );
});

describe('desired trust', () => {
  it.each<[string, Fields, string]>([
    [
      'a state that is no step',
      { step: v1.CertificateRotationState.VERIFYING },
      'desired-trust.step: desired-trust.step is 5; known are',
    ],
    ['no step', { step: 0 }, 'desired-trust.step: desired-trust.step is 0'],
    ['no root', { roots: [] }, 'desired-trust.roots: desired-trust.roots is empty'],
    ['an empty root', { roots: [der, new Uint8Array()] }, 'desired-trust.roots[1]: desired-trust.roots[1] is empty'],
    ['an unknown nudge', { nudge: 9 }, 'desired-trust.nudge: desired-trust.nudge is 9'],
    ['an unspecified restart', { replicaRestart: 0 }, 'desired-trust.replica_restart: '],
    ['an unknown passage', { passage: 9 }, 'desired-trust.passage: desired-trust.passage is 9; known are'],
    [
      'an unknown restart of workloads',
      { workloadRestart: 9 },
      'desired-trust.workload_restart: desired-trust.workload_restart is 9',
    ],
    ...[1, -0.1, Number.NaN].map((ratio): [string, Fields, string] => [
      `a grace ratio of ${ratio}`,
      { intermediate: { ttlDays: 1, keyAlgorithm: 2, secretRotationGracePeriodRatio: ratio } },
      `desired-trust.intermediate.secret_rotation_grace_period_ratio: desired-trust.intermediate.secret_rotation_grace_period_ratio is ${ratio}`,
    ]),
    [
      'upper case in a fingerprint',
      { signerRoot: 'AB'.repeat(32) },
      `desired-trust.signer_root: desired-trust.signer_root is "AB`,
    ],
    [
      'a short fingerprint',
      { signerRoot: 'abc' },
      'desired-trust.signer_root: desired-trust.signer_root is "abc", not a lower-case',
    ],
    ['a fingerprint with a line after it', { signerRoot: `${fingerprint}\n` }, 'desired-trust.signer_root: '],
    ['no options', { intermediate: null }, 'desired-trust.intermediate: desired-trust.intermediate is missing'],
    ['no lifetime', { intermediate: { keyAlgorithm: 2 } }, 'desired-trust.intermediate.ttl_days: '],
    ['an unknown algorithm', { intermediate: { ttlDays: 1 } }, 'desired-trust.intermediate.key_algorithm: '],
    [
      'a weak key',
      { intermediate: { ttlDays: 1, keyAlgorithm: 1, rsaKeySizeBytes: 1024 } },
      'desired-trust.intermediate.rsa_key_size_bytes: desired-trust.intermediate.rsa_key_size_bytes is 1024',
    ],
    ['no trust domain', { trustDomain: '' }, 'desired-trust.trust_domain: '],
    ...(
      [
        ['without a path to sign at', { caPath: '' }, 'ca_path: '],
        ['without a server', { server: '' }, 'server: '],
        ['without a way to log in', { tokenSecretRef: null }, 'auth_type: '],
        ['with a Secret without a name', { tokenSecretRef: { namespace: 'vault' } }, 'token_secret_ref.name: '],
        ['with a role of no name', { tokenSecretRef: null, kubernetesAuth: { mountPath: 'k8s' } }, 'kubernetes_auth.role: '],
        ['with an endless CA bundle', { caBundle: new Uint8Array(65_537) }, 'ca_bundle: '],
      ] as [string, Fields, string][]
    ).map(([what, change, field]): [string, Fields, string] => [
      `Vault ${what}`,
      { intermediateSource: { vault: { ...vault, ...change } } },
      `desired-trust.intermediate_source.vault.${field}`,
    ]),
    [
      'an endless text',
      { rotationId: 'x'.repeat(5_000) },
      'desired-trust.rotation_id: desired-trust.rotation_id has 5000 characters',
    ],
  ])('with %s is refused, naming the field', (_, change, expected) => {
    expect(refusalOf('desired-trust', trustBytes(change))).toContain(`RR_PROTOCOL_MALFORMED ${expected}`);
  });

  it('is read as what does less where the sender says nothing: a gradual passage, no restarts of workloads', () => {
    const said = { passage: v1.Passage.PASSAGE_ABRUPT, workloadRestart: v1.WorkloadRestart.WORKLOAD_RESTART_WHEN_NEEDED };
    for (const [change, body] of [
      [{}, { passage: 'gradual', workloadRestart: 'never' }],
      [said, { passage: 'abrupt', workloadRestart: 'when-needed' }],
    ] as const) {
      expect(decodeMessage('desired-trust', trustBytes(change))).toMatchObject({ body });
    }
  });

  it('keeps the decimals of a grace ratio, though the wire has 32 bits for it', () => {
    const intermediate = { ttlDays: 1, keyAlgorithm: 2, secretRotationGracePeriodRatio: 0.1 };
    expect(decodeMessage('desired-trust', trustBytes({ intermediate }))).toMatchObject({
      body: { intermediate: { graceRatio: 0.1 } },
    });
  });

  it('names the size of an RSA key as the public options do', () => {
    const bytes = trustBytes({ intermediate: { ttlDays: 1, keyAlgorithm: 1, rsaKeySizeBytes: 3072 } });
    expect(decodeMessage('desired-trust', bytes)).toMatchObject({
      body: { intermediate: { keyAlgorithm: { kind: 'rsa', bits: 3072 } } },
    });
  });
});

describe('a report', () => {
  it.each<[string, Fields, string]>([
    ['a replica without an outcome', { replicas: [{ replica: 'a' }] }, 'report.replicas[0]: '],
    [
      'a wrong fingerprint deep inside',
      {
        replicas: [
          { replica: 'a', holding },
          { replica: 'b', holding: { ...holding, signerChain: ['x'] } },
        ],
      },
      'report.replicas[1].holding.signer_chain[0]: report.replicas[1].holding.signer_chain[0] is "x"',
    ],
    ['workloads that hold nothing', { workloads: [{ namespace: 'n', count: 1, method: 1 }] }, 'report.workloads[0].holding: '],
    ['an unknown method', { workloads: [{ holding, method: 7 }] }, 'report.workloads[0].method: '],
    ['no method', { workloads: [{ holding }] }, 'report.workloads[0].method: '],
    [
      'an endless reason',
      { workloads: [{ holding, method: 4, unread: 'x'.repeat(5_000) }] },
      'report.workloads[0].unread: report.workloads[0].unread has 5000 characters',
    ],
    [
      'a number that JavaScript cannot hold',
      { appliedTerm: 2 ** 60 },
      'report.applied_term: report.applied_term is 1152921504606',
    ],
    [
      'too many items',
      { problems: Array.from({ length: 101 }, () => ({})) },
      'report.problems: report.problems has 101 items; 100 are allowed',
    ],
  ])('with %s is refused, naming the field', (_, report, expected) => {
    expect(refusalOf('report', reportBytes(report))).toContain(`RR_PROTOCOL_MALFORMED ${expected}`);
  });

  it('tells a level that could not be read from one that is empty', () => {
    const bytes = reportBytes({ unknownLevels: [v1.EvidenceLevel.EVIDENCE_LEVEL_HELD] });
    expect(decodeMessage('report', bytes)).toMatchObject({ body: { namespaces: [], workloads: undefined } });
    const unread = decodeMessage('report', reportBytes({ unknownLevels: [v1.EvidenceLevel.EVIDENCE_LEVEL_WRITTEN] }));
    expect(unread).toMatchObject({ body: { written: undefined, secret: 'unknown' } });
    expect(decodeMessage('report', reportBytes({})).body).not.toHaveProperty('secret');
    expect(refusalOf('report', reportBytes({ unknownLevels: [9] }))).toContain('report.unknown_levels[0] is 9; known are');
  });

  it('of an agent that does not know the newer fields says what was so before there were any', () => {
    const bytes = reportBytes({ replicas: [{ replica: 'a', holding }], workloads: [{ holding, method: 1 }] });
    expect(decodeMessage('report', bytes)).toMatchObject({
      body: { replicas: [{ multiRoot: 'unknown' }], workloads: [{ method: 'proxy-config', learns: 'pushed', unread: '' }] },
    });
  });

  it('is not refused for values of a newer agent that people are only shown: nothing is decided by them', () => {
    const bytes = reportBytes({
      replicas: [{ replica: 'a', holding, multiRoot: 9 }],
      workloads: [{ holding, method: 4, learns: 9, unread: 'asleep' }],
    });
    expect(decodeMessage('report', bytes)).toMatchObject({
      body: { replicas: [{ multiRoot: 'unknown' }], workloads: [{ method: 'none', learns: 'pushed', unread: 'asleep' }] },
    });
  });

  it('tells a missing Secret from an empty one', () => {
    const empty = { bundleSha256: fingerprint };
    expect(decodeMessage('report', reportBytes({}))).toMatchObject({ body: { written: undefined } });
    expect(decodeMessage('report', reportBytes({ written: empty }))).toMatchObject({ body: { written: { roots: [] } } });
  });
});

describe('an answer to a request for an intermediate', () => {
  it('must hold a chain or a refusal', () => {
    const bytes = v1.IssueIntermediateResponse.encode({ issued: { chain: [] } }).finish();
    expect(refusalOf('issue-response', bytes)).toContain('has neither a chain nor a refusal');
    expect(refusalOf('issue-response', new Uint8Array())).toContain('has neither a chain nor a refusal');
  });
});
