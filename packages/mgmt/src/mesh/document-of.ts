import { assertNever } from '@reroot/shared/errors';
import type { KeyAlgorithm } from '@reroot/shared/pki';
import type { IntermediateSource, VaultAccess, VaultAuth } from '@reroot/shared/protocol';
import { formatDuration, type VirtualMeshDocument } from '@reroot/shared/virtual-mesh';
import type { AutomaticPolicy, ExternalCheck, RotationPolicy } from '../rotation/index.ts';
import { hostOf } from './automatic-verification.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';
import type { CertOptions, MeshSpec } from './mesh-spec.ts';
import type { RootSource } from './root-source.ts';

type Shared = VirtualMeshDocument['spec']['mtlsConfig']['shared'];
type Rotation = NonNullable<Shared['certificateRotation']>;
type Automatic = NonNullable<NonNullable<Rotation['verification']>['automatic']>;

/** The VirtualMesh that a spec would be read from: `readMesh` of it gives the same spec. Everything is written out, defaults too. Pure. */
export function documentOf(spec: MeshSpec): VirtualMeshDocument {
  const { mesh, clusters, trustDomain, rootSource, root, intermediateSource, intermediate, rotation, maintenanceWindows } = spec;
  return {
    apiVersion: 'reroot.dev/v1',
    kind: 'VirtualMesh',
    metadata: { name: mesh },
    spec: {
      clusters: [...clusters],
      trustDomain,
      mtlsConfig: {
        shared: {
          rootCertificateAuthority: rootOf(rootSource, root),
          ...intermediateOf(intermediateSource),
          intermediateCertOptions: certOptions(intermediate),
          certificateRotation: { ...rotationOf(rotation), ...windowsOf(maintenanceWindows) },
        },
      },
    },
  };
}

function rootOf(source: RootSource, options: CertOptions): Shared['rootCertificateAuthority'] {
  switch (source.kind) {
    case 'generated':
      return { generated: certOptions(options) };
    case 'secret':
      return { secret: { ...source.secret } };
    case 'vault': {
      const { mount, issuer } = source.vault;
      const made = issuer === '' ? { options: certOptions(options) } : { issuerRef: issuer };
      return { vault: { ...accessOf(source.vault), mountPath: mount, ...made } };
    }
    default:
      return assertNever(source);
  }
}

function intermediateOf(source: IntermediateSource): Pick<Shared, 'intermediateCertificateAuthority'> {
  if (source.kind === 'mgmt') return {};
  const { caPath, csrPath } = source.vault;
  return {
    intermediateCertificateAuthority: { vault: { ...accessOf(source.vault), caPath, ...(csrPath === '' ? {} : { csrPath }) } },
  };
}

function accessOf({ server, caBundle, namespace, auth }: VaultAccess) {
  return {
    server,
    ...(caBundle === '' ? {} : { caBundle: Buffer.from(caBundle).toString('base64') }),
    ...(namespace === '' ? {} : { namespace }),
    ...loginOf(auth),
  };
}

function loginOf(auth: VaultAuth) {
  if (auth.kind === 'token-secret') return { tokenSecretRef: { ...auth.secret } };
  const { mountPath, role, account } = auth;
  const by =
    account.kind === 'reference'
      ? { serviceAccountRef: { ...account.account }, secretTokenKey: account.tokenKey }
      : account.path === ''
        ? {}
        : { mountedSaPath: account.path };
  return { kubernetesAuth: { mountPath, role, ...by } };
}

function certOptions({ ttlDays, organization, keyAlgorithm, graceRatio }: CertOptions) {
  return { ttlDays, orgName: organization, ...algorithmOf(keyAlgorithm), secretRotationGracePeriodRatio: graceRatio };
}

function algorithmOf(algorithm: KeyAlgorithm) {
  switch (algorithm.kind) {
    case 'rsa':
      return { keyAlgorithm: 'KEY_ALGORITHM_RSA', rsaKeySizeBytes: algorithm.bits } as const;
    case 'ecdsa':
      return { keyAlgorithm: algorithm.curve === 'P-256' ? 'KEY_ALGORITHM_ECDSA_P256' : 'KEY_ALGORITHM_ECDSA_P384' } as const;
    default:
      return assertNever(algorithm);
  }
}

const evidences = {
  written: 'EVIDENCE_WRITTEN',
  loaded: 'EVIDENCE_LOADED',
  published: 'EVIDENCE_PUBLISHED',
  held: 'EVIDENCE_HELD',
} as const;
const restarts = { never: 'RESTART_NEVER', 'when-refused': 'RESTART_NEEDED', always: 'RESTART_ALWAYS' } as const;
const workloadRestarts = { never: 'RESTART_NEVER', 'when-needed': 'RESTART_NEEDED' } as const;
const drifts = { reapply: 'DRIFT_REAPPLY', report: 'DRIFT_REPORT' } as const;

function rotationOf(policy: RotationPolicy): Rotation {
  const { approvals, silentClusters, emergency } = policy;
  return {
    strategy: policy.strategy,
    verification: verificationOf(policy),
    approvals: { fourEyes: approvals.by === 'another-person', expireAfter: formatDuration(approvals.expireAfterMs) },
    waves: wavesOf(policy.waves),
    ...timeoutOf(policy.stepTimeout),
    silentClusters: silentClusters.kind === 'wait' ? { wait: {} } : { excludeAfter: formatDuration(silentClusters.afterMs) },
    requiredEvidence: evidences[policy.requiredEvidence],
    restarts: restarts[policy.restarts],
    workloadRestarts: workloadRestarts[policy.workloadRestarts],
    drift: drifts[policy.drift],
    minimumOverlap: formatDuration(policy.minimumOverlapMs),
    minimumRootValidity: formatDuration(policy.minimumRootValidityMs),
    rootKeyRetention: formatDuration(policy.rootKeyRetentionMs),
    emergency: { restarts: restarts[emergency.restarts], workloadRestarts: workloadRestarts[emergency.workloadRestarts] },
  };
}

function verificationOf({ verification, automatic }: RotationPolicy): NonNullable<Rotation['verification']> {
  switch (verification) {
    case 'none':
      return { none: {} };
    case 'manual':
      return { manual: {} };
    case 'automatic':
      return { automatic: automatic === undefined ? {} : automaticOf(automatic) };
    default:
      return assertNever(verification);
  }
}

const onCheckFailures = { hold: 'ON_FAILURE_HOLD', rollback: 'ON_FAILURE_ROLLBACK' } as const;
const handshakes = { sampled: 'HANDSHAKES_SAMPLED', 'all-pairs': 'HANDSHAKES_ALL_PAIRS', off: 'HANDSHAKES_OFF' } as const;
const negativeProofs = {
  'where-possible': 'NEGATIVE_PROOF_WHERE_POSSIBLE',
  required: 'NEGATIVE_PROOF_REQUIRED',
  off: 'NEGATIVE_PROOF_OFF',
} as const;

function automaticOf(policy: AutomaticPolicy): Automatic {
  return {
    soak: formatDuration(policy.soakMs),
    timeout: formatDuration(policy.timeoutMs),
    onFailure: onCheckFailures[policy.onFailure],
    handshakes: handshakes[policy.handshakes],
    negativeProof: negativeProofs[policy.negativeProof],
    pathProbes: policy.pathProbes.map(({ clusters, address, serverName }) => ({
      ...{ clusters: [...clusters], address },
      ...(serverName === hostOf(address) ? {} : { serverName }),
    })),
    checks: policy.checks.map(checkOf),
  };
}

function checkOf(check: ExternalCheck): NonNullable<Automatic['checks']>[number] {
  const { name, url } = check;
  switch (check.kind) {
    case 'webhook':
      return { name, webhook: { url, timeout: formatDuration(check.timeoutMs) } };
    case 'prometheus': {
      const { limit, query, forMs, noData } = check;
      const bound = limit.kind === 'max' ? { max: limit.max } : { baseline: { ratio: limit.ratio, tolerance: limit.tolerance } };
      const noDataMeans = noData === 'pass' ? 'NO_DATA_PASS' : 'NO_DATA_FAIL';
      return { name, prometheus: { url, query, ...bound, for: formatDuration(forMs), noData: noDataMeans } };
    }
    default:
      return assertNever(check);
  }
}

function wavesOf({ canaries, size, soakMs, onFailure }: RotationPolicy['waves']): NonNullable<Rotation['waves']> {
  return {
    canaries: [...canaries],
    ...(size.kind === 'count' ? { maxClusters: size.clusters } : {}),
    ...(size.kind === 'share' ? { maxPercent: size.percent } : {}),
    soak: formatDuration(soakMs),
    onFailure: onFailure === 'stop' ? 'ON_FAILURE_STOP' : 'ON_FAILURE_CONTINUE',
  };
}

/** How a timeout ends says nothing where there is none. */
function timeoutOf({ afterMs, then }: RotationPolicy['stepTimeout']): Pick<Rotation, 'stepTimeout'> {
  if (afterMs === undefined) return {};
  return { stepTimeout: { after: formatDuration(afterMs), then: then === 'hold' ? 'THEN_HOLD' : 'THEN_ROLLBACK' } };
}

function windowsOf(windows: readonly MaintenanceWindow[]): Pick<Rotation, 'maintenanceWindows'> {
  if (windows.length === 0) return {};
  return {
    maintenanceWindows: windows.map(({ cron, durationMs, timeZone }) => ({
      cron,
      duration: formatDuration(durationMs),
      timeZone,
    })),
  };
}
