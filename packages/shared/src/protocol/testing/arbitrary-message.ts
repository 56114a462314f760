import fc from 'fast-check';
import type { HandshakeProgress, HandshakeTurn, PathProbe, PathProbeResult, PresentedTrust } from '../handshake-message.ts';
import type {
  Fact,
  InspectedCaFiles,
  InspectedIstiod,
  InspectedProxies,
  InspectedWebhook,
  Inspection,
} from '../inspection-message.ts';
import type {
  CredentialsRequest,
  CredentialsResponse,
  DesiredTrust,
  Holding,
  IntermediateOptions,
  IssueResponse,
  LinkState,
  LinkTerms,
  Message,
  Problem,
  Report,
  WorkloadEvidence,
} from '../message.ts';
import type { Task, TaskResult } from '../task-message.ts';
import type { IntermediateSource, VaultAccount, VaultAuth, VaultCa } from '../vault-access.ts';

const number = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const count = fc.nat({ max: 2 ** 32 - 1 });
/** Any characters but those that would not pass: controls, separators of lines, changes of direction. */
const unit = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 1 })
  .filter((char) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(char));
const text = fc.string({ unit, maxLength: 40 });
const der = fc.uint8Array({ minLength: 1, maxLength: 60 });
const fingerprint = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const few = { maxLength: 3 };
const absent = { nil: undefined };

const holding: fc.Arbitrary<Holding> = fc.record({
  bundleSha256: fingerprint,
  roots: fc.array(fingerprint, few),
  signerChain: fc.array(fingerprint, few),
});

/** Those of later versions too. */
const code = fc.stringMatching(/^RR_[A-Z0-9_]{1,60}$/);
const problem: fc.Arbitrary<Problem> = fc.record({ code, message: text, remedy: text });

const options: fc.Arbitrary<IntermediateOptions> = fc.record({
  keyAlgorithm: fc.oneof(
    fc.record({ kind: fc.constant('rsa' as const), bits: fc.constantFrom(2048 as const, 3072 as const, 4096 as const) }),
    fc.record({ kind: fc.constant('ecdsa' as const), curve: fc.constantFrom('P-256' as const, 'P-384' as const) }),
  ),
  organization: text,
  ttlDays: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  graceRatio: fc.nat({ max: 999_999 }).map((millionths) => millionths / 1_000_000),
});

const filled = fc.string({ unit, minLength: 1, maxLength: 40 });
const objectRef = fc.record({ name: filled, namespace: filled });

const vaultAccount: fc.Arbitrary<VaultAccount> = fc.oneof(
  fc.record({ kind: fc.constant('reference' as const), account: objectRef, tokenKey: filled }),
  fc.record({ kind: fc.constant('mounted' as const), path: text }),
);

const vaultAuth: fc.Arbitrary<VaultAuth> = fc.oneof(
  fc.record({ kind: fc.constant('token-secret' as const), secret: objectRef }),
  fc.record({ kind: fc.constant('kubernetes' as const), mountPath: filled, role: filled, account: vaultAccount }),
);

const vaultCa: fc.Arbitrary<VaultCa> = fc.record({
  ...{ server: filled, caBundle: text, namespace: text, auth: vaultAuth },
  ...{ caPath: filled, csrPath: text },
});

const intermediateSource: fc.Arbitrary<IntermediateSource> = fc.oneof(
  fc.constant({ kind: 'mgmt' as const }),
  fc.record({ kind: fc.constant('vault' as const), vault: vaultCa }),
);

/** Both come with and without what only an adoption needs. */
const trustKeys = [
  ...(['rotationId', 'step', 'roots', 'signerRoot', 'intermediate', 'nudge', 'replicaRestart'] as const),
  ...(['workloadRestart', 'trustDomain', 'passage', 'intermediateSource'] as const),
];
const reportKeys = [
  ...(['appliedTerm', 'appliedGeneration', 'takenAtMs', 'agentVersion', 'clusterUid', 'certificates', 'written'] as const),
  ...(['replicas', 'namespaces', 'workloads', 'problems', 'nudges'] as const),
];

const desiredTrust: fc.Arbitrary<DesiredTrust> = fc.record(
  {
    rotationId: text,
    step: fc.constantFrom('PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'),
    roots: fc.array(der, { minLength: 1, maxLength: 3 }),
    signerRoot: fingerprint,
    intermediate: options,
    nudge: fc.constantFrom('laggards', 'when-loaded'),
    replicaRestart: fc.constantFrom('never', 'when-refused', 'always'),
    workloadRestart: fc.constantFrom('never', 'when-needed'),
    trustDomain: fc.domain(),
    passage: fc.constantFrom('gradual', 'abrupt'),
    intermediateSource,
    signer: fc.constant('kept' as const),
  },
  { requiredKeys: trustKeys },
);

const workloads: fc.Arbitrary<WorkloadEvidence> = fc.record({
  namespace: text,
  holding,
  count,
  examples: fc.array(text, few),
  method: fc.constantFrom('proxy-config', 'start-time', 'leaf-lifetime', 'none'),
  learns: fc.constantFrom('pushed', 'renewed'),
  unread: text,
});

const report: fc.Arbitrary<Report> = fc.record(
  {
    appliedTerm: number,
    appliedGeneration: number,
    takenAtMs: number,
    agentVersion: text,
    clusterUid: text,
    certificates: fc.array(der, few),
    written: fc.option(holding, absent),
    secret: fc.constant('unknown' as const),
    replicas: fc.array(
      fc.record({
        replica: text,
        result: fc.oneof(
          fc.record({ kind: fc.constant('holding' as const), holding }),
          fc.record({ kind: fc.constant('failure' as const), problem }),
        ),
        multiRoot: fc.constantFrom('on', 'off', 'unknown'),
      }),
      few,
    ),
    namespaces: fc.option(fc.array(fc.record({ namespace: text, holding: fc.option(holding, absent) }), few), absent),
    workloads: fc.option(fc.array(workloads, few), absent),
    problems: fc.array(problem, few),
    nudges: count,
    standing: fc.record({
      source: fc.constantFrom('cacerts', 'self-made'),
      owner: fc.constantFrom('reroot', 'other'),
      adoption: fc.constantFrom('never', 'allowed'),
      objection: text,
    }),
  },
  { requiredKeys: reportKeys },
);

const issueResponse: fc.Arbitrary<IssueResponse> = fc.oneof(
  fc.record({ kind: fc.constant('issued' as const), chain: fc.array(der, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('refused' as const), problem }),
);

const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const publicKey = fc.uint8Array({ minLength: 44, maxLength: 44 });
const publicKeys = fc.array(publicKey, { minLength: 1, maxLength: 3 });
const natsUser = fc.oneof(fc.constant(''), fc.stringMatching(/^U[A-Z2-7]{55}$/));
const jwt = fc.oneof(fc.constant(''), fc.stringMatching(/^[\w-]{1,60}\.[\w-]{1,60}\.[\w-]{1,60}$/));

const credentialsRequest: fc.Arbitrary<CredentialsRequest> = fc.record({
  publicKey,
  natsUser,
  tokenId: text,
  proof: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  agentVersion: text,
});

const credentialsResponse: fc.Arbitrary<CredentialsResponse> = fc.oneof(
  fc.record({
    kind: fc.constant('granted' as const),
    credentials: fc.record({ keyId: fingerprint, natsJwt: jwt, epoch: number, mgmtPublicKeys: publicKeys }),
  }),
  fc.record({ kind: fc.constant('refused' as const), problem }),
);

const linkTerms: fc.Arbitrary<LinkTerms> = fc.record({
  ...{ mgmtPublicKeys: publicKeys, credentialsEpoch: number, cluster: name },
  ...{ natsJwt: jwt, mgmtVersion: text, protocol: count, heardSequence: number },
});

const linkState: fc.Arbitrary<LinkState> = fc.record({
  ...{ heardSequence: number, heardAtMs: number, agentVersion: text, protocol: count },
  ...{ mgmtKeys: fc.array(fingerprint, few), credentialsEpoch: number, connectedSinceMs: number, reconnects: number },
  ...{ refusals: fc.array(fc.record({ reason: code, count: number }), few), natsJwtExpiresAtMs: number, clusterUid: text },
});

const blob = fc.uint8Array({ maxLength: 60 });
const presented: fc.Arbitrary<PresentedTrust> = fc.record({
  chain: fc.array(fingerprint, few),
  bundleSha256: fingerprint,
  roots: fc.array(fingerprint, few),
});
const failure = fc.option(fc.record({ alert: fc.nat({ max: 255 }), reason: text }), absent);

const handshakeTurn: fc.Arbitrary<HandshakeTurn> = fc.record({
  ...{ session: filled, group: filled, role: fc.constantFrom('client', 'server'), replica: filled, trustDomain: filled },
  heard: blob,
});

const handshakeProgress: fc.Arbitrary<HandshakeProgress> = fc.record({
  ...{ heardBytes: number, written: blob, presented, peerChain: fc.array(fingerprint, few), peerIdentity: text },
  state: fc.constantFrom('running', 'trusted', 'accepted', 'refused', 'failed'),
  ...{ channel: fc.oneof(fc.constant(''), fingerprint), failure },
});

const pathProbe: fc.Arbitrary<PathProbe> = fc.record({
  ...{ address: filled, serverName: text, group: filled, replica: filled, trustDomain: filled },
});

const pathProbeResult: fc.Arbitrary<PathProbeResult> = fc.record({
  ...{ presented, peerChain: fc.array(fingerprint, few), peerIdentity: text, failure },
  state: fc.constantFrom('trusted', 'refused', 'failed'),
  refusedBy: fc.constantFrom(undefined, 'agent', 'peer'),
});

const task: fc.Arbitrary<Task> = fc.record({
  id: filled,
  deadlineMs: number,
  ask: fc.oneof(
    handshakeTurn.map((turn) => ({ kind: 'handshake' as const, turn })),
    fc.array(text, few).map((facts) => ({ kind: 'inspect' as const, request: { facts } })),
    pathProbe.map((probe) => ({ kind: 'path-probe' as const, probe })),
    fc.constant({ kind: 'unknown' as const }),
  ),
});

const fact = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof(
    value.map((found) => ({ kind: 'known' as const, value: found })),
    filled.map((why) => ({ kind: 'unknown' as const, why })),
  );
const switched = fc.constantFrom('on' as const, 'off' as const, 'unknown' as const);

const istiod: fc.Arbitrary<InspectedIstiod> = fc.record({
  ...{ name: text, version: text, revision: text, startedAtMs: number, multiRoot: switched, trustBundles: switched },
  ...{ rootConfigMap: text, longestLeafMs: number, externalCa: text, unread: fc.array(text, few) },
});

const proxies: fc.Arbitrary<InspectedProxies> = fc.record({
  role: fc.constantFrom('sidecar' as const, 'gateway' as const, 'waypoint' as const, 'ztunnel' as const),
  version: text,
  learns: fc.constantFrom('pushed' as const, 'renewed' as const),
  leafLifetimeMs: number,
  certificates: fc.constantFrom('istiod' as const, 'provisioned' as const, 'files' as const, 'external-sds' as const),
  count: number,
  examples: fc.array(text, few),
  unread: fc.array(text, few),
});

const caFiles: fc.Arbitrary<InspectedCaFiles> = fc.record({
  namespace: text,
  secret: fc.constantFrom('cacerts' as const, 'istio-ca-secret' as const, 'none' as const),
  keys: fc.array(fc.record({ name: text, bytes: number }), few),
  findings: fc.array(
    fc.record({
      rule: text,
      verdict: fc.constantFrom('refuses' as const, 'breaks' as const, 'warns' as const, 'ok' as const),
      message: text,
    }),
    few,
  ),
});

const webhook: fc.Arbitrary<InspectedWebhook> = fc.record({
  name: text,
  kind: fc.constantFrom('mutating' as const, 'validating' as const),
  bundle: fc.constantFrom('equal' as const, 'differs' as const, 'missing' as const, 'unknown' as const),
  written: fc.constantFrom('never' as const, 'meanwhile' as const),
});

const inspection: fc.Arbitrary<Inspection> = fc.record({
  agentVersion: text,
  takenAtMs: number,
  istiods: fact(fc.array(istiod, few)),
  proxies: fact(fc.array(proxies, few)),
  caFiles: fact(fc.array(caFiles, few)),
  webhooks: fact(fc.array(webhook, few)),
  meshRoots: fact(number),
  outsideWorkloads: fact(number),
  budgets: fact(
    fc.array(
      fc.record({
        ...{ name: text, namespace: text, allowed: number },
        guards: fc.constantFrom('istiod' as const, 'gateway' as const),
      }),
      few,
    ),
  ),
  rights: fact(
    fc.array(
      fc.record({
        right: text,
        need: fc.constantFrom('needed' as const, 'optional' as const),
        allowed: fact(fc.constantFrom('yes' as const, 'no' as const)),
      }),
      few,
    ),
  ),
  rootsReadFrom: fact(fc.constantFrom('config-map' as const, 'cluster-trust-bundle' as const)),
});

const taskResult: fc.Arbitrary<TaskResult> = fc.record({
  id: filled,
  answer: fc.oneof(
    handshakeProgress.map((progress) => ({ kind: 'handshake' as const, progress })),
    inspection.map((found) => ({ kind: 'inspect' as const, inspection: found })),
    pathProbeResult.map((result) => ({ kind: 'path-probe' as const, result })),
    problem.map((found) => ({ kind: 'refused' as const, problem: found })),
  ),
});

/** Any message that a sender may send. */
export const arbitraryMessage: fc.Arbitrary<Message> = fc.oneof(
  desiredTrust.map((body) => ({ kind: 'desired-trust' as const, body })),
  report.map((body) => ({ kind: 'report' as const, body })),
  fc.record({ csr: der, signerRoot: fingerprint }).map((body) => ({ kind: 'issue-request' as const, body })),
  issueResponse.map((body) => ({ kind: 'issue-response' as const, body })),
  credentialsRequest.map((body) => ({ kind: 'credentials-request' as const, body })),
  credentialsResponse.map((body) => ({ kind: 'credentials-response' as const, body })),
  linkTerms.map((body) => ({ kind: 'link-terms' as const, body })),
  linkState.map((body) => ({ kind: 'link-state' as const, body })),
  task.map((body) => ({ kind: 'task' as const, body })),
  taskResult.map((body) => ({ kind: 'task-result' as const, body })),
);
