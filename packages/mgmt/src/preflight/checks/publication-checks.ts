import type { InspectedIstiod, InspectedWebhook } from '@reroot/shared/protocol';
import { type Check, eachFact, eachReport, type Judgement, listNames, unsure } from '../check.ts';

/** Where istiod publishes its roots beside its answers. */
export const publicationChecks: readonly Check[] = [
  {
    id: 'root-config-maps',
    severity: 'warning',
    passed: 'every namespace has the roots of istiod in its ConfigMap',
    failed: 'namespaces lack the ConfigMap with the roots of istiod, or have other roots in it',
    why: 'proxies and machines reach istiod under these roots; one that starts with none, or with stale ones, gets no certificate',
    hint: 'look at the leading istiod: it alone writes them, and gives up after five tries until something changes',
    find: eachReport(({ namespaces, written }) => {
      if (namespaces === undefined) return [unsure('its namespaces could not be listed')];
      const lacking = namespaces.filter(({ holding }) => holding === undefined).map(({ namespace }) => namespace);
      const other = namespaces.filter(({ holding }) => holding !== undefined && !sameRoots(holding.roots, written?.roots));
      return [
        ...(written === undefined ? [unsure('what its cacerts Secret holds is not known')] : []),
        ...(lacking.length === 0 ? [] : [`${lacking.length} namespaces without it: ${listNames(lacking)}`]),
        ...(other.length === 0
          ? []
          : [`${other.length} namespaces with other roots: ${listNames(other.map(({ namespace }) => namespace))}`]),
      ];
    }),
  },
  {
    id: 'trust-bundle-mode',
    severity: 'fatal',
    passed: 'every agent reads the roots where istiod publishes them',
    failed: 'agents read the roots where istiod does not publish them',
    why: 'with ENABLE_CLUSTER_TRUST_BUNDLE_API istiod writes a ClusterTrustBundle and no ConfigMaps: namespaces are never proven',
    hint: 'set kubernetes.istio.trustBundle of the agent to what istiod does (docs/kubernetes.md)',
    find: eachFact('istiods', (istiods, { inspection }) => {
      const { rootsReadFrom } = inspection;
      if (rootsReadFrom.kind === 'unknown') return [unsure(`where its agent reads is unknown because ${rootsReadFrom.why}`)];
      const wanted = rootsReadFrom.value === 'cluster-trust-bundle' ? 'on' : 'off';
      return istiods.flatMap(({ name, trustBundles }): readonly Judgement[] => {
        if (trustBundles === 'unknown') return [unsure(unreadSwitch(name))];
        return trustBundles === wanted ? [] : [`${name} has it ${trustBundles}, and the agent reads the ${rootsReadFrom.value}`];
      });
    }),
  },
  {
    id: 'trust-bundle-repeats',
    severity: 'fatal',
    passed: 'no bundle that is published as ClusterTrustBundle repeats a root',
    failed: 'a bundle that is published as ClusterTrustBundle repeats a root',
    why: 'the API server refuses a ClusterTrustBundle with a certificate twice: istiod takes the roots, and nobody else sees them',
    hint: 'take the repeated root out of root-cert.pem',
    find: eachFact('istiods', (istiods, about) => {
      if (istiods.every(({ trustBundles }) => trustBundles === 'off')) return [];
      const roots = about.facts.snapshot.evidence.get(about.cluster)?.written?.roots;
      if (roots === undefined) return [unsure('what its cacerts Secret holds is not known')];
      if (new Set(roots).size === roots.length) return [];
      if (istiods.some(({ trustBundles }) => trustBundles === 'on')) return ['its cacerts Secret repeats a root'];
      const open = istiods.filter(({ trustBundles }) => trustBundles === 'unknown');
      return open.map(({ name }) => unsure(`its cacerts Secret repeats a root, and ${unreadSwitch(name)}`));
    }),
  },
  {
    id: 'root-config-map-name',
    severity: 'warning',
    passed: 'the istiods of each cluster write one ConfigMap',
    failed: 'istiods of one cluster write ConfigMaps of different names',
    why: 'the agent proves one name (kubernetes.istio.rootConfigMap); what mounts the other is not looked at',
    hint: 'give all revisions the same PILOT_CA_CERT_CONFIGMAP',
    find: eachFact('istiods', (istiods) => {
      const isRead = ({ unread }: InspectedIstiod): boolean => !unread.includes('PILOT_CA_CERT_CONFIGMAP');
      const names = [...new Set(istiods.filter(isRead).map(({ rootConfigMap }) => rootConfigMap))].toSorted();
      if (names.length > 1) return [`they write ${names.join(' and ')}`];
      const open = istiods.filter((istiod) => !isRead(istiod)).map(({ name }) => name);
      return open.length === 0 ? [] : [unsure(`PILOT_CA_CERT_CONFIGMAP could not be read of ${listNames(open)}`)];
    }),
  },
  {
    id: 'webhook-bundles',
    severity: 'warning',
    passed: 'every webhook of istiod has its roots as caBundle',
    failed: 'webhooks have other roots as caBundle than istiod has',
    why: 'the API server then refuses istiod: pods start without a proxy, or not at all',
    hint: 'let istiod write them (its leading replica does), or write the bundle of cacerts into them',
    find: eachFact('webhooks', (webhooks) => webhooks.flatMap(bundleProblem)),
  },
  {
    id: 'webhook-flapping',
    severity: 'fatal',
    passed: 'no webhook is being written again and again',
    failed: 'webhooks were written while nothing should have changed them',
    why: "istiods with different roots overwrite each other's caBundle without end; that has taken API servers down (istio/istio issues 36478, 56408)",
    hint: 'find the two istiods that differ (istiods-agree, istiod-loaded), and bring them to one bundle first',
    find: eachFact('webhooks', (webhooks) =>
      webhooks
        .filter(({ written, bundle }) => written === 'meanwhile' && bundle !== 'equal')
        .map(({ kind, name, bundle }) => {
          const sentence = `${kind} webhook ${name} was written between two looks`;
          return bundle === 'unknown' ? unsure(`${sentence}, and the roots of istiod are not known`) : sentence;
        }),
    ),
  },
  {
    id: 'webhook-written',
    severity: 'warning',
    passed: 'no webhook was written with the roots that it had',
    failed: 'webhooks were written, and kept their roots',
    why: 'one write is nothing; many are two istiods that disagree about something else',
    hint: 'ask again; if it stays, find who writes them (metadata.managedFields)',
    find: eachFact('webhooks', (webhooks) =>
      webhooks
        .filter(({ written, bundle }) => written === 'meanwhile' && bundle === 'equal')
        .map(({ kind, name }) => `${kind} webhook ${name} was written between two looks`),
    ),
  },
  {
    id: 'mesh-ca-certificates',
    severity: 'warning',
    passed: 'no root is trusted by meshConfig.caCertificates beside the bundle',
    failed: 'meshConfig.caCertificates names roots',
    why: 'proxies that are pushed bundles trust them besides, and no rotation takes them away; ambient and istiod itself do not know them',
    hint: 'put what must be trusted into the bundle of every cluster, and take caCertificates out of the mesh configuration',
    find: eachFact('meshRoots', (count) => (count === 0 ? [] : [`its mesh configuration names ${count}`])),
  },
];

/** What is not known differs from nothing. */
function sameRoots(a: readonly string[], b: readonly string[] | undefined): boolean {
  if (b === undefined) return true;
  return a.every((root) => b.includes(root)) && b.every((root) => a.includes(root));
}

function unreadSwitch(istiod: string): string {
  return `of ${istiod} ENABLE_CLUSTER_TRUST_BUNDLE_API could not be read`;
}

function bundleProblem({ kind, name, bundle }: InspectedWebhook): readonly Judgement[] {
  switch (bundle) {
    case 'equal':
      return [];
    case 'differs':
      return [`${kind} webhook ${name} has other roots`];
    case 'missing':
      return [`${kind} webhook ${name} has no caBundle`];
    case 'unknown':
      return [unsure(`of ${kind} webhook ${name} nothing can be told: the roots of istiod are not known`)];
  }
}
