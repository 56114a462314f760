import { enrolmentProof, type Holding, type Message } from '@reroot/shared/protocol';
import { fixedIdentity } from './fixed-keys.ts';

const fingerprint = 'ab'.repeat(32);
const der = Buffer.from('3003020101', 'hex');
const holding: Holding = { bundleSha256: fingerprint, roots: [fingerprint, fingerprint], signerChain: [fingerprint] };
const problem = { code: 'RR_INTERNAL', message: 'what has happened', remedy: 'what to do' };
const publicKey = fixedIdentity().publicKeyDer;
const natsUser = `U${'A'.repeat(55)}`;
const claim = { mesh: 'demo', cluster: 'east', publicKey, natsUser };
const vault = {
  ...{ server: 'https://vault.example', caBundle: 'PEM', namespace: 'team', caPath: 'pki/root/sign-intermediate', csrPath: '' },
  auth: { kind: 'token-secret', secret: { name: 'token', namespace: 'vault' } },
} as const;

/** One message of each kind, with every part filled in. */
export const sampleMessages: readonly Message[] = [
  {
    kind: 'desired-trust',
    body: {
      rotationId: 'r-1',
      step: 'ADDING_NEW_ROOT',
      roots: [der, der],
      signerRoot: fingerprint,
      intermediate: { keyAlgorithm: { kind: 'rsa', bits: 2048 }, organization: 'acme', ttlDays: 90, graceRatio: 0.1 },
      nudge: 'laggards',
      replicaRestart: 'never',
      workloadRestart: 'when-needed',
      trustDomain: 'cluster.local',
      passage: 'gradual',
      intermediateSource: { kind: 'vault', vault },
    },
  },
  {
    kind: 'report',
    body: {
      appliedTerm: 3,
      appliedGeneration: 7,
      takenAtMs: 1_700_000_000_000,
      agentVersion: '0.1.0',
      clusterUid: 'c0ffee',
      certificates: [der, der, der],
      written: holding,
      replicas: [
        { replica: 'istiod-0', result: { kind: 'holding', holding }, multiRoot: 'on' },
        { replica: 'istiod-1', result: { kind: 'failure', problem }, multiRoot: 'unknown' },
      ],
      namespaces: [{ namespace: 'default', holding }],
      workloads: [
        { namespace: 'shop', holding, count: 3, examples: ['web-0'], method: 'proxy-config', learns: 'pushed', unread: '' },
      ],
      problems: [problem],
      nudges: 1,
    },
  },
  { kind: 'issue-request', body: { csr: der, signerRoot: fingerprint } },
  { kind: 'issue-response', body: { kind: 'issued', chain: [der] } },
  {
    kind: 'credentials-request',
    body: { publicKey, natsUser, tokenId: 'ab'.repeat(8), proof: enrolmentProof(Buffer.alloc(32), claim), agentVersion: '0.1.0' },
  },
  {
    kind: 'credentials-response',
    body: {
      kind: 'granted',
      credentials: { keyId: fingerprint, natsJwt: 'eyJ0.eyJq.c2ln', epoch: 1, mgmtPublicKeys: [publicKey] },
    },
  },
  {
    kind: 'link-terms',
    body: {
      mgmtPublicKeys: [publicKey],
      credentialsEpoch: 1,
      cluster: 'east',
      natsJwt: 'eyJ0.eyJq.c2ln',
      mgmtVersion: '0.1.0',
      protocol: 3,
      heardSequence: 1_700_000_000_000_000,
    },
  },
  {
    kind: 'link-state',
    body: {
      heardSequence: 1_700_000_000_000_000,
      heardAtMs: 1_700_000_000_000,
      agentVersion: '0.1.0',
      protocol: 3,
      mgmtKeys: [fingerprint],
      credentialsEpoch: 1,
      connectedSinceMs: 1_700_000_000_000,
      reconnects: 2,
      refusals: [{ reason: 'RR_PROTOCOL_BAD_SIGNATURE', count: 12 }],
      natsJwtExpiresAtMs: 1_700_000_000_000,
      clusterUid: 'c0ffee',
    },
  },
  {
    kind: 'task',
    body: {
      id: 'task-1',
      deadlineMs: 5_000,
      ask: {
        kind: 'handshake',
        turn: {
          ...{ session: 'session-1', group: 'group-1', role: 'client', replica: 'istiod-0', trustDomain: 'cluster.local' },
          heard: der,
        },
      },
    },
  },
  {
    kind: 'task-result',
    body: {
      id: 'task-1',
      answer: {
        kind: 'handshake',
        progress: {
          heardBytes: 5,
          written: der,
          state: 'refused',
          presented: { chain: [fingerprint, fingerprint], bundleSha256: fingerprint, roots: [fingerprint] },
          peerChain: [fingerprint],
          peerIdentity: 'spiffe://cluster.local/ns/istio-system/sa/reroot-agent',
          channel: fingerprint,
          failure: { alert: 48, reason: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
        },
      },
    },
  },
];
