import type { Draft } from './draft.ts';
import { type FieldReport, isRecord, mapped, taken, unknown, unsupported } from './report.ts';

/** Takes one field, with all that is below it. */
type Rule = (value: unknown, field: string, draft: Draft) => readonly FieldReport[];

/** Rules by field; `*` of a list stands for each of its items. */
export type Rules = Readonly<Record<string, Rule>>;

const certOptions = ['ttlDays', 'rsaKeySizeBytes', 'orgName', 'secretRotationGracePeriodRatio'] as const;
const vaultFields = ['server', 'caBundle', 'namespace', 'tokenSecretRef', 'kubernetesAuth', 'caPath', 'csrPath'] as const;

/** Some keys of an object as they are; the others are named. */
function pick(
  value: unknown,
  keys: readonly string[],
  field: string,
  to: string,
): readonly [Record<string, unknown>, readonly FieldReport[]] {
  const found: Record<string, unknown> = {};
  const reports = Object.entries(isRecord(value) ? value : {}).map(([key, inner]) => {
    if (!keys.includes(key)) return unknown(`${field}.${key}`);
    found[key] = inner;
    return taken(`${field}.${key}`, `${to}.${key}`);
  });
  return [found, reports];
}

const rootField = 'rootCertificateAuthority';

const generated: Rule = (value, field, draft) => {
  const [options, reports] = pick(value, certOptions, field, `${rootField}.generated`);
  draft.root = { generated: options };
  return [taken(field, `${rootField}.generated`), ...reports];
};

const secret: Rule = (value, field, draft) => {
  const [reference, reports] = pick(value, ['name', 'namespace'], field, `${rootField}.secret`);
  draft.root = { secret: reference as { name: string; namespace: string } };
  const what = `to ${rootField}.secret: mgmt reads the Secret where its configuration has \`secrets\`; docs/pki.md says which keys it must have`;
  return [mapped(field, what), ...reports];
};

const intermediateOptions: Rule = (value, field, draft) => {
  const [options, reports] = pick(value, certOptions, field, 'intermediateCertOptions');
  draft.intermediateOptions = options;
  return reports;
};

/** With an intermediate CA alone there, Vault has the root: here a mesh must name it. */
const vault: Rule = (value, field, draft) => {
  const to = 'intermediateCertificateAuthority.vault';
  const [found, reports] = pick(value, vaultFields, field, to);
  draft.intermediate = { vault: found as never };
  const { caPath = 'pki/root/sign-intermediate' } = found;
  const access = Object.fromEntries(Object.entries(found).filter(([key]) => key !== 'caPath' && key !== 'csrPath'));
  const mountPath = String(caPath).replace(/\/(root|issuer\/[^/]+)\/sign-intermediate$/, '');
  draft.root ??= { vault: { ...access, mountPath, issuerRef: 'default' } as never };
  const said = `${rootField}.vault, with the default issuer of ${mountPath}: see that this is the root, and that mgmt may read it (docs/vault.md)`;
  return [...reports, mapped(field, `the root that signs becomes ${said}`)];
};

const restartPods: Rule = (value, field, draft) => {
  if (value !== true) return [mapped(field, 'to restarts and workloadRestarts, which are RESTART_NEVER by default')];
  draft.rotation = { ...draft.rotation, restarts: 'RESTART_NEEDED', workloadRestarts: 'RESTART_NEEDED' };
  return [mapped(field, 'to restarts and workloadRestarts: RESTART_NEEDED, which restart only what has not taken the new trust')];
};

const strategies: Readonly<Record<string, 'MULTI_ROOT' | 'NONE'>> = {
  MULTI_ROOT: 'MULTI_ROOT',
  NONE: 'NONE',
  '0': 'MULTI_ROOT',
  '1': 'NONE',
};

const strategy: Rule = (value, field, draft) => {
  const found = strategies[String(value)];
  if (found === undefined) return [unsupported(field, `${String(value)} is no strategy of reroot: it takes MULTI_ROOT`)];
  draft.rotation = { ...draft.rotation, strategy: found };
  return [taken(field, 'certificateRotation.strategy')];
};

const verification: Rule = (value, field, draft) => {
  const [method = ''] = Object.keys(isRecord(value) ? value : {});
  if (method !== 'none' && method !== 'manual') return [unsupported(field, 'is neither none nor manual: reroot takes manual')];
  draft.rotation = { ...draft.rotation, verification: method === 'none' ? { none: {} } : { manual: {} } };
  return [taken(field, 'certificateRotation.verification')];
};

const trustDomain: Rule = (value, field, draft) => {
  draft.trustDomain = String(value);
  return [mapped(field, 'to spec.trustDomain')];
};

const traffic =
  'is about traffic, and not about trust: reroot leaves it alone, so keep it where it is, or say it in Istio itself';

/** Below `mtlsConfig.shared`, under both names that it has had. */
const ofShared = (at: string): Rules => ({
  [`${at}.rootCertificateAuthority.generated`]: generated,
  [`${at}.rootCertificateAuthority.secret`]: secret,
  [`${at}.intermediateCertificateAuthority.vault`]: vault,
  [`${at}.intermediateCertOptions`]: intermediateOptions,
});

/** Of VirtualMesh, networking.mesh.gloo.solo.io/v1. `spec.meshes` is not among them: its clusters are named by who imports. */
export const virtualMeshRules: Rules = {
  ...ofShared('spec.mtlsConfig.shared'),
  ...ofShared('spec.mtlsConfig.sharedTrust'),
  'spec.mtlsConfig.autoRestartPods': restartPods,
  'spec.mtlsConfig.rotationStrategy': strategy,
  'spec.mtlsConfig.rotationVerificationMethod': verification,
  'spec.mtlsConfig.trustDomain': trustDomain,
  'spec.mtlsConfig.limited': (_, field) => [
    unsupported(field, 'trust between gateways alone is not what reroot makes: its clusters share a root'),
  ],
  'spec.federation': (_, field) => [unsupported(field, traffic)],
  'spec.globalAccessPolicy': (_, field) => [unsupported(field, `${traffic}, with AuthorizationPolicies`)],
};

/** Of RootTrustPolicy, admin.gloo.solo.io/v2. */
export const rootTrustPolicyRules: Rules = {
  'spec.config.mgmtServerCa.generated': generated,
  'spec.config.mgmtServerCa.secretRef': secret,
  'spec.config.agentCa.vault': vault,
  'spec.config.agentCa': (_, field) => [
    unsupported(field, 'of another CA than Vault: reroot has roots of its own making, from a Secret, or in Vault'),
  ],
  'spec.config.intermediateCertOptions': intermediateOptions,
  'spec.config.autoRestartPods': restartPods,
  'spec.applyToMeshes': (_, field) => [
    unsupported(field, 'selects meshes by their labels in Gloo: name the clusters by --clusters'),
  ],
};

/**
 * Takes each field by its rule, the longest first. What has none is named.
 * @param value of the field
 */
export function applyRules(rules: Rules, value: unknown, field: string, draft: Draft): readonly FieldReport[] {
  const rule = rules[field];
  const isAbove = Object.keys(rules).some((each) => each.startsWith(`${field}.`));
  const inner = isRecord(value) ? Object.keys(value) : [];
  const hasOwn = inner.some((key) => rules[`${field}.${key}`] !== undefined);
  if (rule !== undefined && !hasOwn) return rule(value, field, draft);
  if (!isAbove) return [unknown(field)];
  return inner.flatMap((key) => applyRules(rules, (value as Record<string, unknown>)[key], `${field}.${key}`, draft));
}
