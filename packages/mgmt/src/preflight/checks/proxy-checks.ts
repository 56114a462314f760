import { isInRange, parseIstioVersion, type VersionRange } from '@reroot/shared/istio';
import type { InspectedProxies } from '@reroot/shared/protocol';
import { type Check, eachFact } from '../check.ts';

/** Where a proxy's version says nothing, it is no finding: `proxy-versions` names it. */
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
    find: eachGroup(({ role, version }) =>
      role !== 'ztunnel' && inRange(version, ranges.sidecarKeepsLeaf) ? `are ${version}` : undefined,
    ),
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
    find: eachGroup(({ leafLifetimeMs }) =>
      leafLifetimeMs > 7 * dayMs ? `ask for ${Math.round(leafLifetimeMs / dayMs)} days` : undefined,
    ),
  },
  {
    id: 'certificates-from-elsewhere',
    severity: 'warning',
    passed: 'every proxy has its certificates from istiod',
    failed: 'proxies have certificates that istiod does not give them',
    why: 'files and another SDS server (SPIRE, FILE_MOUNTED_CERTS) do not follow a rotation: nothing can be concluded of them, and they count as lagging',
    hint: 'rotate them by themselves, and exclude the cluster or lower requiredEvidence meanwhile',
    find: eachGroup(({ certificates }) => {
      if (certificates === 'files') return 'have certificates from files';
      return certificates === 'external-sds' ? 'have certificates from another SDS server' : undefined;
    }),
  },
  {
    id: 'ztunnel-multi-root',
    severity: 'fatal',
    passed: 'every ztunnel takes more than one root',
    failed: 'ztunnels take the first root of a bundle alone',
    why: 'before 1.26 a ztunnel that is handed both roots trusts one of them, and refuses peers under the other',
    hint: 'update ztunnel before the rotation',
    find: eachGroup(({ role, version }) =>
      role === 'ztunnel' && inRange(version, ranges.ztunnelFirstRoot) ? `are ${version}` : undefined,
    ),
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

const slowProxies = eachGroup(({ role, learns, certificates }) => {
  if (learns === 'pushed' || certificates === 'files' || certificates === 'external-sds') return undefined;
  return role === 'ztunnel' ? 'are never pushed a bundle' : 'run without PROXY_CONFIG_XDS_AGENT=true';
});

const staleZtunnels = eachGroup(({ role, version }) =>
  role === 'ztunnel' && inRange(version, ranges.ztunnelReadsRootOnce) ? `are ${version}` : undefined,
);

/** @param judge gives what is wrong with a group, as the end of a sentence about its proxies */
function eachGroup(judge: (group: InspectedProxies) => string | undefined): Check['find'] {
  return eachFact('proxies', (groups) =>
    groups.flatMap((group) => {
      const wrong = judge(group);
      const { role, count, examples } = group;
      return wrong === undefined ? [] : [`${count} proxies (${role}) ${wrong}: ${examples.join(', ')}`];
    }),
  );
}

function inRange(text: string, range: VersionRange): boolean {
  const version = parseIstioVersion(text);
  return version !== undefined && isInRange(version, range);
}
