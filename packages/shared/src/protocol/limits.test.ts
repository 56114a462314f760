import { describe, expect, it } from 'vitest';
import { reroot } from './generated/reroot.js';
import { kindLimits, limits } from './limits.ts';
import type { Message } from './message.ts';
import { protocolDocument } from './testing/protocol-document.ts';
import { refusalOf } from './testing/refusal.ts';

const { v1 } = reroot;
const fingerprint = 'ab'.repeat(32);
const der = Uint8Array.of(0x30, 0x00);
const holding = { bundleSha256: fingerprint };
const problem = { code: 'RR_INTERNAL' };

/** A body with so many of something. */
type Bodies = readonly [field: string, most: number, kind: Message['kind'], body: (count: number) => Uint8Array];

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const trust = (change: Record<string, unknown>): Uint8Array =>
  v1.DesiredTrust.encode({
    step: v1.CertificateRotationState.ADDING_NEW_ROOT,
    roots: [der],
    signerRoot: fingerprint,
    intermediate: { ttlDays: 1, keyAlgorithm: v1.KeyAlgorithm.KEY_ALGORITHM_ECDSA_P256 },
    nudge: v1.Nudge.NUDGE_LAGGARDS,
    replicaRestart: v1.ReplicaRestart.REPLICA_RESTART_NEVER,
    trustDomain: 'cluster.local',
    ...change,
  }).finish();
const report = (change: object): Uint8Array => v1.Report.encode(change).finish();
const workload = { holding, method: 1 };
const request = (change: object): Uint8Array =>
  v1.CredentialsRequest.encode({ publicKey: new Uint8Array(44), proof: new Uint8Array(32), ...change }).finish();
const granted = (change: object): Uint8Array =>
  v1.CredentialsResponse.encode({ granted: { keyId: fingerprint, mgmtPublicKeys: [der], ...change } }).finish();
const terms = (change: object): Uint8Array => v1.LinkTerms.encode({ mgmtPublicKeys: [der], cluster: 'east', ...change }).finish();
const state = (change: object): Uint8Array => v1.LinkState.encode(change).finish();
const turn = (change: object): Uint8Array =>
  v1.Task.encode({
    id: 't',
    handshake: {
      session: 's',
      group: 'g',
      role: v1.HandshakeRole.HANDSHAKE_ROLE_CLIENT,
      replica: 'istiod-0',
      trustDomain: 'cluster.local',
      ...change,
    },
  }).finish();
const presented = { bundleSha256: fingerprint };
const progress = (change: object): Uint8Array =>
  v1.TaskResult.encode({
    id: 't',
    handshake: { state: v1.HandshakeState.HANDSHAKE_STATE_RUNNING, presented, ...change },
  }).finish();
const probed = (change: object): Uint8Array =>
  v1.TaskResult.encode({
    id: 't',
    pathProbe: { state: v1.HandshakeState.HANDSHAKE_STATE_TRUSTED, presented, ...change },
  }).finish();
const probe = (change: object): Uint8Array =>
  v1.Task.encode({
    id: 't',
    pathProbe: { address: 'gateway:15443', group: 'g', replica: 'istiod-0', trustDomain: 'cluster.local', ...change },
  }).finish();
const inspected = (inspection: object): Uint8Array => v1.TaskResult.encode({ id: 't', inspection }).finish();
const csr = (bytes: number): Uint8Array =>
  v1.IssueIntermediateRequest.encode({ csr: new Uint8Array(bytes), signerRoot: fingerprint }).finish();
const chain = (certificates: Uint8Array[]): Uint8Array =>
  v1.IssueIntermediateResponse.encode({ issued: { chain: certificates } }).finish();

const lists: readonly Bodies[] = [
  ['DesiredTrust.roots', limits.trustedRoots, 'desired-trust', (count) => trust({ roots: times(count, der) })],
  ['Report.certificates', limits.certificates, 'report', (count) => report({ certificates: times(count, der) })],
  ['Report.replicas', limits.replicas, 'report', (count) => report({ replicas: times(count, { holding }) })],
  ['Report.namespaces', limits.namespaces, 'report', (count) => report({ namespaces: times(count, {}) })],
  ['Report.workloads', limits.workloads, 'report', (count) => report({ workloads: times(count, workload) })],
  ['Report.problems', limits.problems, 'report', (count) => report({ problems: times(count, problem) })],
  ['Report.unknown_levels', limits.levels, 'report', (count) => report({ unknownLevels: times(count, 1) })],
  [
    'WorkloadEvidence.examples',
    limits.examples,
    'report',
    (count) => report({ workloads: [{ ...workload, examples: times(count, 'a') }] }),
  ],
  [
    'Holding.roots',
    limits.bundleRoots,
    'report',
    (count) => report({ written: { ...holding, roots: times(count, fingerprint) } }),
  ],
  [
    'Holding.signer_chain',
    limits.signerChain,
    'report',
    (count) => report({ written: { ...holding, signerChain: times(count, fingerprint) } }),
  ],
  ['IssuedIntermediate.chain', limits.issuedChain, 'issue-response', (count) => chain(times(count, der))],
  [
    'Credentials.mgmt_public_keys',
    limits.publicKeys,
    'credentials-response',
    (count) => granted({ mgmtPublicKeys: times(count, der) }),
  ],
  ['LinkTerms.mgmt_public_keys', limits.publicKeys, 'link-terms', (count) => terms({ mgmtPublicKeys: times(count, der) })],
  ['LinkState.mgmt_keys', limits.publicKeys, 'link-state', (count) => state({ mgmtKeys: times(count, fingerprint) })],
  ['LinkState.refusals', limits.refusals, 'link-state', (count) => state({ refusals: times(count, { reason: 'RR_INTERNAL' }) })],
  [
    'InspectRequest.facts',
    limits.facts,
    'task',
    (count) => v1.Task.encode({ id: 't', inspect: { facts: times(count, 'a') } }).finish(),
  ],
  ['Inspection.facts', limits.facts, 'task-result', (count) => inspected({ facts: times(count, { name: 'later' }) })],
  [
    'Inspection.rights',
    limits.inspected,
    'task-result',
    (count) => inspected({ facts: [{ name: 'rights' }], rights: times(count, { need: 'needed', allowed: 'yes' }) }),
  ],
  [
    'PresentedTrust.chain',
    limits.presentedChain,
    'task-result',
    (count) => progress({ presented: { ...presented, chain: times(count, fingerprint) } }),
  ],
  [
    'PresentedTrust.roots',
    limits.presentedRoots,
    'task-result',
    (count) => progress({ presented: { ...presented, roots: times(count, fingerprint) } }),
  ],
  [
    'HandshakeProgress.peer_chain',
    limits.presentedChain,
    'task-result',
    (count) => progress({ peerChain: times(count, fingerprint) }),
  ],
  [
    'PathProbeResult.peer_chain',
    limits.presentedChain,
    'task-result',
    (count) => probed({ peerChain: times(count, fingerprint) }),
  ],
];

const bytes: readonly Bodies[] = [
  ['DesiredTrust.roots', limits.certificateBytes, 'desired-trust', (count) => trust({ roots: [new Uint8Array(count)] })],
  ['Report.certificates', limits.certificateBytes, 'report', (count) => report({ certificates: [der, new Uint8Array(count)] })],
  ['IssueIntermediateRequest.csr', limits.csrBytes, 'issue-request', csr],
  ['IssuedIntermediate.chain', limits.certificateBytes, 'issue-response', (count) => chain([new Uint8Array(count)])],
  [
    'CredentialsRequest.public_key',
    limits.publicKeyBytes,
    'credentials-request',
    (count) => request({ publicKey: new Uint8Array(count) }),
  ],
  ['CredentialsRequest.proof', limits.proofBytes, 'credentials-request', (count) => request({ proof: new Uint8Array(count) })],
  [
    'Credentials.mgmt_public_keys',
    limits.publicKeyBytes,
    'credentials-response',
    (count) => granted({ mgmtPublicKeys: [new Uint8Array(count)] }),
  ],
  [
    'LinkTerms.mgmt_public_keys',
    limits.publicKeyBytes,
    'link-terms',
    (count) => terms({ mgmtPublicKeys: [new Uint8Array(count)] }),
  ],
  ['HandshakeTurn.heard', limits.handshakeBytes, 'task', (count) => turn({ heard: new Uint8Array(count) })],
  ['HandshakeProgress.written', limits.handshakeBytes, 'task-result', (count) => progress({ written: new Uint8Array(count) })],
];

const names: readonly Bodies[] = (
  [
    ['DesiredTrust.rotation_id', 'desired-trust', (rotationId) => trust({ rotationId })],
    ['DesiredTrust.trust_domain', 'desired-trust', (trustDomain) => trust({ trustDomain })],
    ['Report.agent_version', 'report', (agentVersion) => report({ agentVersion })],
    ['Report.cluster_uid', 'report', (clusterUid) => report({ clusterUid })],
    ['ReplicaEvidence.replica', 'report', (replica) => report({ replicas: [{ replica, holding }] })],
    ['NamespaceEvidence.namespace', 'report', (namespace) => report({ namespaces: [{ namespace }] })],
    ['WorkloadEvidence.namespace', 'report', (namespace) => report({ workloads: [{ ...workload, namespace }] })],
    ['WorkloadEvidence.examples', 'report', (example) => report({ workloads: [{ ...workload, examples: [example] }] })],
    ['WorkloadEvidence.unread', 'report', (unread) => report({ workloads: [{ ...workload, unread }] })],
    ['CredentialsRequest.token_id', 'credentials-request', (tokenId) => request({ tokenId })],
    ['CredentialsRequest.agent_version', 'credentials-request', (agentVersion) => request({ agentVersion })],
    ['LinkTerms.mgmt_version', 'link-terms', (mgmtVersion) => terms({ mgmtVersion })],
    ['LinkState.agent_version', 'link-state', (agentVersion) => state({ agentVersion })],
    ['LinkState.cluster_uid', 'link-state', (clusterUid) => state({ clusterUid })],
    ['Task.id', 'task', (id) => v1.Task.encode({ id }).finish()],
    ['TaskResult.id', 'task-result', (id) => v1.TaskResult.encode({ id, refused: problem }).finish()],
    ['InspectRequest.facts', 'task', (fact) => v1.Task.encode({ id: 't', inspect: { facts: [fact] } }).finish()],
    ['HandshakeTurn.session', 'task', (session) => turn({ session })],
    ['HandshakeTurn.group', 'task', (group) => turn({ group })],
    ['HandshakeTurn.replica', 'task', (replica) => turn({ replica })],
    ['HandshakeTurn.trust_domain', 'task', (trustDomain) => turn({ trustDomain })],
    ['PathProbe.address', 'task', (address) => probe({ address })],
    ['PathProbe.server_name', 'task', (serverName) => probe({ serverName })],
    ['HandshakeProgress.peer_identity', 'task-result', (peerIdentity) => progress({ peerIdentity })],
    ['PathProbeResult.peer_identity', 'task-result', (peerIdentity) => probed({ peerIdentity })],
    ['HandshakeFailure.reason', 'task-result', (reason) => progress({ failure: { reason } })],
    [
      'Inspection.agent_version',
      'task-result',
      (agentVersion) => v1.TaskResult.encode({ id: 't', inspection: { agentVersion } }).finish(),
    ],
  ] as [string, Message['kind'], (text: string) => Uint8Array][]
).map(([field, kind, body]) => [field, limits.nameChars, kind, (count) => body('x'.repeat(count))]);

const texts: readonly Bodies[] = [
  ['Credentials.nats_jwt', limits.textChars, 'credentials-response', (count) => granted({ natsJwt: 'x'.repeat(count) })],
  ['LinkTerms.nats_jwt', limits.textChars, 'link-terms', (count) => terms({ natsJwt: 'x'.repeat(count) })],
];

/** `WorkloadEvidence.examples` is refused as `report.workloads[0].examples`. */
function fieldIn(field: string): string {
  return field.split('.')[1] ?? '';
}

describe('there may be as many', () => {
  it.each(lists)('items in %s as %d, and no more', (field, most, kind, body) => {
    expect(refusalOf(kind, body(most))).toBe('accepted');
    expect(refusalOf(kind, body(most + 1))).toContain(`${fieldIn(field)} has ${most + 1} items; ${most} are allowed`);
  });

  it.each(bytes)('bytes in %s as %d, and no more', (field, most, kind, body) => {
    expect(refusalOf(kind, body(most))).toBe('accepted');
    expect(refusalOf(kind, body(most + 1))).toMatch(
      new RegExp(`${fieldIn(field)}(\\[\\d\\])? has ${most + 1} bytes; ${most} are allowed`),
    );
  });

  it.each([...names, ...texts])('characters in %s as %d, and no more', (field, most, kind, body) => {
    expect(refusalOf(kind, body(most))).toBe('accepted');
    expect(refusalOf(kind, body(most + 1))).toMatch(
      new RegExp(`${fieldIn(field)}(\\[\\d\\])? has ${most + 1} characters; ${most} are allowed`),
    );
  });
});

describe('a report', () => {
  it('of ten thousand groups of workloads in a thousand namespaces is read', () => {
    const held = { bundleSha256: fingerprint, roots: times(2, fingerprint), signerChain: times(2, fingerprint) };
    const group = { namespace: 'shop', holding: held, count: 12, examples: times(10, 'web-7d4b9c-x2x9z'), method: 1, learns: 1 };
    const body = report({ workloads: times(10_000, group), namespaces: times(1_000, { namespace: 'shop', holding: held }) });
    expect(refusalOf('report', body)).toBe('accepted');
  });
});

describe('docs/protocol.md', () => {
  const grouped = (count: number): string => count.toLocaleString('en').replaceAll(',', ' ');
  const rows = protocolDocument.split('\n').filter((line) => line.startsWith('| `'));
  const rowOf = (name: string): string | undefined => rows.find((row) => row.startsWith(`| \`${name}\` |`));

  it.each(Object.entries(kindLimits))('has the bounds of the kind %s', (kind, { bytes: most, fields }) => {
    expect(rowOf(kind)).toBe(`| \`${kind}\` | ${grouped(most)} | ${grouped(fields)} |`);
  });

  it.each(lists)('has the bound of the list %s', (field, most) => {
    expect(rowOf(field)).toMatch(new RegExp(`^\\| \`${field}\` \\| ${grouped(most)} \\|`));
  });
});
