import fc from 'fast-check';
import type {
  DesiredTrust,
  Holding,
  IntermediateOptions,
  IssueResponse,
  Message,
  Problem,
  Report,
  WorkloadEvidence,
} from '../message.ts';
import type { IntermediateSource, VaultAccount, VaultAuth, VaultCa } from '../vault-access.ts';

const number = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const count = fc.nat({ max: 2 ** 32 - 1 });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const der = fc.uint8Array({ minLength: 1, maxLength: 60 });
const fingerprint = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const few = { maxLength: 3 };
const absent = { nil: undefined };

const holding: fc.Arbitrary<Holding> = fc.record({
  bundleSha256: fingerprint,
  roots: fc.array(fingerprint, few),
  signerChain: fc.array(fingerprint, few),
});

const problem: fc.Arbitrary<Problem> = fc.record({ code: text, message: text, remedy: text });

const options: fc.Arbitrary<IntermediateOptions> = fc.record({
  keyAlgorithm: fc.oneof(
    fc.record({ kind: fc.constant('rsa' as const), bits: fc.constantFrom(2048 as const, 3072 as const, 4096 as const) }),
    fc.record({ kind: fc.constant('ecdsa' as const), curve: fc.constantFrom('P-256' as const, 'P-384' as const) }),
  ),
  organization: text,
  ttlDays: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  graceRatio: fc.nat({ max: 999_999 }).map((millionths) => millionths / 1_000_000),
});

const filled = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
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

const desiredTrust: fc.Arbitrary<DesiredTrust> = fc.record({
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
});

const workloads: fc.Arbitrary<WorkloadEvidence> = fc.record({
  namespace: text,
  holding,
  count,
  examples: fc.array(text, few),
  method: fc.constantFrom('proxy-config', 'start-time', 'leaf-lifetime', 'none'),
  learns: fc.constantFrom('pushed', 'renewed'),
  unread: text,
});

const report: fc.Arbitrary<Report> = fc.record({
  appliedTerm: number,
  appliedGeneration: number,
  takenAtMs: number,
  agentVersion: text,
  clusterUid: text,
  certificates: fc.array(der, few),
  written: fc.option(holding, absent),
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
});

const issueResponse: fc.Arbitrary<IssueResponse> = fc.oneof(
  fc.record({ kind: fc.constant('issued' as const), chain: fc.array(der, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('refused' as const), problem }),
);

/** Any message that a sender may send. */
export const arbitraryMessage: fc.Arbitrary<Message> = fc.oneof(
  desiredTrust.map((body) => ({ kind: 'desired-trust' as const, body })),
  report.map((body) => ({ kind: 'report' as const, body })),
  fc.record({ csr: der, signerRoot: fingerprint }).map((body) => ({ kind: 'issue-request' as const, body })),
  issueResponse.map((body) => ({ kind: 'issue-response' as const, body })),
);
