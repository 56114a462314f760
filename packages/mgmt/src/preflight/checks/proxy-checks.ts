import { isInRange, parseIstioVersion, type VersionRange } from '@reroot/shared/istio';
import type { InspectedProxies } from '@reroot/shared/protocol';
import { type Check, eachFact, type Judgement, unsure } from '../check.ts';

const ranges = {
  /** One root alone of what istiod hands out. */
  ztunnelFirstRoot: { until: ['1.26.0'] },
  /** The root that istiod is reached under is read once, at the start. */
  ztunnelReadsRootOnce: { until: ['1.28.6', '1.29.2', '1.30.0'] },
  /** A changed bundle brings no new certificate. */
  sidecarKeepsLeaf: { until: ['1.20.0'] },
} as const satisfies Record<string, VersionRange>;

/** How proxies learn of new roots and new signers. */
export const proxyChecks: readonly Check[] = [
  {
    id: 'proxies-ask-for-bundles',
    severity: 'warning',
    passed: 'every proxy asks istiod for bundles (PROXY_CONFIG_XDS_AGENT), or is restarted',
    failed: 'proxies learn of roots only with their next certificate',
    why: 'without PROXY_CONFIG_XDS_AGENT a proxy learns of a root at half the life of its leaf, 12 hours by default: each step takes as long',
    hint: 'set PROXY_CONFIG_XDS_AGENT=true in proxyMetadata and restart the workloads, or workloadRestarts to RESTART_NEEDED',
    find: (facts) => (facts.spec.rotation.workloadRestarts === 'when-needed' ? [] : slowProxies(facts)),
  },
  {
    id: 'proxies-renew-when-pushed',
    severity: 'warning',
    passed: 'every proxy asks for a new certificate when its bundle changes',
    failed: 'proxies do not ask for a new certificate when their bundle changes',
    why: 'before 1.20 a pushed bundle brings no new certificate: after a change of the signer the old leaf stays for up to its whole life',
    hint: 'restart the workloads with a newer proxy',
    find: eachGroup(({ role, version }) => (role === 'ztunnel' ? undefined : byVersion(version, ranges.sidecarKeepsLeaf))),
  },
  {
    id: 'proxy-versions',
    severity: 'warning',
    passed: 'the version of every proxy is known',
    failed: 'of proxies the version is not known',
    why: 'what is said of versions passes over them',
    hint: 'give their images tags that begin with the version of Istio',
    find: eachGroup(({ version }) => (parseIstioVersion(version) === undefined ? `have the version "${version}"` : undefined)),
  },
  {
    id: 'leaf-lifetimes',
    severity: 'warning',
    passed: 'no proxy asks for a leaf of more than a week',
    failed: 'proxies ask for leaves that live for more than a week (SECRET_TTL)',
    why: 'a proxy that cannot be read counts as holding its old leaf for as long as that may live',
    hint: 'lower SECRET_TTL, or let the agent read the proxies (pods/portforward)',
    find: eachGroup(({ leafLifetimeMs, unread }) => {
      if (unread.includes('SECRET_TTL')) return unsure('take SECRET_TTL from where it cannot be read');
      return leafLifetimeMs > 7 * dayMs ? `ask for ${Math.round(leafLifetimeMs / dayMs)} days` : undefined;
    }),
  },
  {
    id: 'certificates-from-elsewhere',
    severity: 'warning',
    passed: 'every proxy has its certificates from istiod',
    failed: 'proxies have certificates that istiod does not give them',
    why: 'files and another SDS server (SPIRE, FILE_MOUNTED_CERTS) do not follow a rotation: nothing can be concluded of them, and they count as lagging',
    hint: 'rotate them by themselves, and exclude the cluster or lower requiredEvidence meanwhile',
    find: eachGroup(({ certificates, unread }) => {
      if (certificates === 'files') return 'have certificates from files';
      if (certificates === 'external-sds') return 'have certificates from another SDS server';
      return unread.includes('FILE_MOUNTED_CERTS') ? unsure('take FILE_MOUNTED_CERTS from another object') : undefined;
    }),
  },
  {
    id: 'ztunnel-multi-root',
    severity: 'fatal',
    passed: 'every ztunnel takes more than one root',
    failed: 'ztunnels take the first root of a bundle alone',
    why: 'before 1.26 a ztunnel that is handed both roots trusts one of them, and refuses peers under the other',
    hint: 'update ztunnel before the rotation',
    find: eachGroup(({ role, version }) => (role === 'ztunnel' ? byVersion(version, ranges.ztunnelFirstRoot) : undefined)),
  },
  {
    id: 'ztunnel-reads-root-once',
    severity: 'warning',
    passed: 'every ztunnel notices a changed root of istiod, or is restarted',
    failed: 'ztunnels read the root that they reach istiod under only once',
    why: 'before 1.28.6, 1.29.2 and 1.30.0 a ztunnel from before a step fails every request for a certificate after the signer has changed (istio/ztunnel issue 1679)',
    hint: 'update ztunnel, or set workloadRestarts to RESTART_NEEDED',
    find: (facts) => (facts.spec.rotation.workloadRestarts === 'when-needed' ? [] : staleZtunnels(facts)),
  },
];

const dayMs = 86_400_000;

const slowProxies = eachGroup(({ role, learns, certificates, unread }) => {
  if (learns === 'pushed' || certificates === 'files' || certificates === 'external-sds') return undefined;
  if (role !== 'ztunnel' && unread.includes('PROXY_CONFIG_XDS_AGENT')) {
    return unsure('take PROXY_CONFIG_XDS_AGENT from another object');
  }
  return role === 'ztunnel' ? 'are never pushed a bundle' : 'run without PROXY_CONFIG_XDS_AGENT=true';
});

const staleZtunnels = eachGroup(({ role, version }) =>
  role === 'ztunnel' ? byVersion(version, ranges.ztunnelReadsRootOnce) : undefined,
);

/** @param judge gives what is wrong with a group, as the end of a sentence about its proxies */
function eachGroup(judge: (group: InspectedProxies) => Judgement | undefined): Check['find'] {
  return eachFact('proxies', (groups) =>
    groups.flatMap((group): readonly Judgement[] => {
      const wrong = judge(group);
      const { role, count, examples } = group;
      const sentence = (end: string): string => `${count} proxies (${role}) ${end}: ${examples.join(', ')}`;
      if (wrong === undefined) return [];
      return [typeof wrong === 'string' ? sentence(wrong) : unsure(sentence(wrong.unsure))];
    }),
  );
}

function byVersion(text: string, range: VersionRange): Judgement | undefined {
  const version = parseIstioVersion(text);
  if (version === undefined) return unsure(`have the version "${text}", which says nothing`);
  return isInRange(version, range) ? `are ${text}` : undefined;
}
