import type { Draft } from './draft.ts';
import { type FieldReport, fieldsOf, invalid, mapped, taken, unknown, unsupported } from './report.ts';

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
  { field, to, place }: { readonly field: string; readonly to: string; readonly place: string },
): readonly [Record<string, unknown>, readonly FieldReport[]] {
  const found: Record<string, unknown> = {};
  const reports = Object.entries(fieldsOf(value, field, place)).map(([key, inner]) => {
    if (!keys.includes(key)) return unknown(`${field}.${key}`);
    found[key] = inner;
    return taken(`${field}.${key}`, `${to}.${key}`);
  });
  return [found, reports];
}

const rootField = 'rootCertificateAuthority';

/** Whoever names two has one of them in mind, and nobody knows which. */
function nameRoot(draft: Draft, root: NonNullable<Draft['root']>, field: string): void {
  if (draft.root !== undefined) throw invalid(`${field} is another root than the one before it: name one`, draft.place);
  draft.root = root;
}

const generated: Rule = (value, field, draft) => {
  const [options, reports] = pick(value, certOptions, { field, to: `${rootField}.generated`, place: draft.place });
  nameRoot(draft, { generated: options }, field);
  return [taken(field, `${rootField}.generated`), ...reports];
};

const secret: Rule = (value, field, draft) => {
  const [reference, reports] = pick(value, ['name', 'namespace'], { field, to: `${rootField}.secret`, place: draft.place });
  nameRoot(draft, { secret: reference as { name: string; namespace: string } }, field);
  const what = `to ${rootField}.secret: mgmt reads the Secret where its configuration has \`secrets\`; docs/pki.md says which keys it must have`;
  return [mapped(field, what), ...reports];
};

const intermediateOptions: Rule = (value, field, draft) => {
  if (draft.intermediateOptions !== undefined) throw invalid(`${field} is said twice, under two names`, draft.place);
  const [options, reports] = pick(value, certOptions, { field, to: 'intermediateCertOptions', place: draft.place });
  draft.intermediateOptions = options;
  return reports;
};

/** With an intermediate CA alone there, Vault has the root: here a mesh must name it. */
const vault: Rule = (value, field, draft) => {
  const to = 'intermediateCertificateAuthority.vault';
  if (draft.intermediate !== undefined) throw invalid(`${field} is said twice, under two names`, draft.place);
  const [found, reports] = pick(value, vaultFields, { field, to, place: draft.place });
  draft.intermediate = { vault: found as never };
  const { caPath = 'pki/root/sign-intermediate' } = found;
  const access = Object.fromEntries(Object.entries(found).filter(([key]) => key !== 'caPath' && key !== 'csrPath'));
  const mountPath = String(caPath).replace(/\/(root|issuer\/[^/]+)\/sign-intermediate$/, '');
  draft.vaultRoot = { vault: { ...access, mountPath, issuerRef: 'default' } as never };
  const said = `${rootField}.vault, with the default issuer of ${mountPath}: see that this is the root, and that mgmt may read it (docs/vault.md)`;
  return [...reports, mapped(field, `where no root is named, the one that signs becomes ${said}`)];
};

const otherAgentCa: Rule = (value, field, draft) => {
  if (Object.keys(fieldsOf(value, field, draft.place)).length > 0) draft.otherCa = field;
  return [unsupported(field, 'of another CA than Vault: reroot has roots of its own making, from a Secret, or in Vault')];
};

const restartPods: Rule = (value, field, draft) => {
  if (typeof value !== 'boolean' && value !== null) throw invalid(`${field} must be true or false`, draft.place);
  if (value !== true) return [mapped(field, 'to restarts and workloadRestarts, which are RESTART_NEVER by default')];
  draft.rotation = { ...draft.rotation, restarts: 'RESTART_NEEDED', workloadRestarts: 'RESTART_NEEDED' };
  return [mapped(field, 'to restarts and workloadRestarts: RESTART_NEEDED, which restart only what has not taken the new trust')];
};

const strategies = new Map<unknown, 'MULTI_ROOT' | 'NONE'>([
  ['MULTI_ROOT', 'MULTI_ROOT'],
  ['NONE', 'NONE'],
  [0, 'MULTI_ROOT'],
  [1, 'NONE'],
]);

const strategy: Rule = (value, field, draft) => {
  const found = strategies.get(value);
  if (found === undefined) return [unsupported(field, 'is no strategy of reroot: it takes MULTI_ROOT')];
  draft.rotation = { ...draft.rotation, strategy: found };
  return [taken(field, 'certificateRotation.strategy')];
};

const verification: Rule = (value, field, draft) => {
  const [method = ''] = Object.keys(fieldsOf(value, field, draft.place));
  if (method !== 'none' && method !== 'manual') return [unsupported(field, 'is neither none nor manual: reroot takes manual')];
  draft.rotation = { ...draft.rotation, verification: method === 'none' ? { none: {} } : { manual: {} } };
  return [taken(field, 'certificateRotation.verification')];
};

const trustDomain: Rule = (value, field, draft) => {
  // What is said of nothing is null in YAML, and would be the trust domain `null`.
  if (value === null) return [unsupported(field, 'says nothing: the mesh has the trust domain of Istio')];
  if (typeof value !== 'string') throw invalid(`${field} must be a text`, draft.place);
  draft.trustDomain = value;
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
  'spec.config.agentCa': otherAgentCa,
  'spec.config.intermediateCertOptions': intermediateOptions,
  'spec.config.autoRestartPods': restartPods,
  'spec.applyToMeshes': (_, field) => [
    unsupported(field, 'selects meshes by their labels in Gloo: name the clusters by --clusters'),
  ],
};

/**
 * Takes each field by its rule, the longest first. What has none is named.
 * @param value of the field
 * @throws RR_GLOO_INVALID
 */
export function applyRules(rules: Rules, value: unknown, field: string, draft: Draft): readonly FieldReport[] {
  // A field may be called as something that every object has.
  const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
  const isAbove = Object.keys(rules).some((each) => each.startsWith(`${field}.`));
  if (!isAbove) return rule === undefined ? [unknown(field)] : rule(value, field, draft);
  const inner = fieldsOf(value, field, draft.place);
  const hasOwn = Object.keys(inner).some((key) => Object.hasOwn(rules, `${field}.${key}`));
  if (rule !== undefined && !hasOwn) return rule(value, field, draft);
  return Object.entries(inner).flatMap(([key, each]) => applyRules(rules, each, `${field}.${key}`, draft));
}
