import { isInRange, parseIstioVersion, type VersionRange } from '@reroot/shared/istio';
import type { InspectedIstiod, InspectedProxies } from '@reroot/shared/protocol';
import { type Check, type ClusterCase, eachFact, eachReport, isAdopted, type Judgement, listNames, unsure } from '../check.ts';
import type { PreflightFacts } from '../facts.ts';

/** Releases that a rotation must not run over. */
const blocked: readonly { readonly range: VersionRange; readonly why: string }[] = [
  {
    range: { since: ['1.25.1'], until: ['1.25.2'] },
    why: 'hands out the first root of a bundle alone (istio/istio issue 55793, mended in 1.25.2)',
  },
];

/** How istiod takes a new CA while it runs. */
export const istiodChecks: readonly Check[] = [
  {
    id: 'istiod-multi-root',
    severity: 'fatal',
    passed: 'every istiod takes new roots while it runs (ISTIO_MULTIROOT_MESH), or is restarted',
    failed: 'istiods refuse every change of roots (ISTIO_MULTIROOT_MESH is not on), and the mesh lets nobody restart them',
    why: 'such an istiod logs one line and keeps the old CA, signer and all, until it is restarted',
    hint: 'set ISTIO_MULTIROOT_MESH=true on istiod, or certificateRotation.restarts to RESTART_NEEDED',
    inAdoption: 'restarts do not help a cluster that is brought along: `adoptable` names its istiods that take no second root',
    find: (facts) => (takesRestarts(facts) ? [] : multiRootOff(facts)),
  },
  {
    id: 'istiod-versions-blocked',
    severity: 'fatal',
    passed: 'no istiod is of a version that loses roots',
    failed: 'istiods are of a version that loses roots',
    why: 'a workload that is handed a part of the bundle refuses peers under the other part',
    hint: 'update istiod before the rotation',
    find: eachIstiod(({ version }) =>
      blocked.flatMap(({ range, why }) => byVersion(version, range, `is ${version}, which ${why}`)),
    ),
  },
  {
    id: 'istiod-reloads',
    severity: 'fatal',
    passed: 'every istiod loads a changed CA by itself, or is restarted',
    failed: 'istiods do not load a changed CA by themselves, and the mesh lets nobody restart them',
    why: 'before 1.18 AUTO_RELOAD_PLUGIN_CERTS is off by default: a step waits until somebody restarts istiod',
    hint: 'update istiod, or set certificateRotation.restarts to RESTART_NEEDED',
    find: (facts) =>
      takesRestarts(facts) ? [] : eachIstiod(({ version }) => byVersion(version, { until: ['1.18.0'] }, `is ${version}`))(facts),
  },
  {
    id: 'istiod-signs',
    severity: 'fatal',
    passed: 'every istiod signs by itself',
    failed: 'somebody else signs in the place of istiod',
    why: 'where another CA signs, such as istio-csr, what is written into cacerts changes nothing',
    hint: 'rotate at that CA, or let istiod sign',
    inAdoption: 'an istiod with a CA of its own making signs by itself: it is restarted once, and signs with cacerts then',
    find: eachIstiod(({ externalCa, unread }) =>
      externalCa === '' ? unreadAmong(unread, 'EXTERNAL_CA', 'ENABLE_CA_SERVER') : [`has ${externalCa} sign`],
    ),
  },
  {
    id: 'istiod-byte-rule',
    severity: 'warning',
    passed: 'every istiod that compares bundles by their bytes holds the very bytes of its Secret',
    failed: 'istiods that compare bundles by their bytes hold others than their Secret has',
    why: 'before 1.30 istiod takes a bundle only when the old one is a part of the new, byte by byte, or the other way round',
    hint: 'wait until they have loaded the Secret, or restart them',
    inAdoption: 'an istiod with a CA of its own making compares nothing: it is restarted, and takes cacerts as it is then',
    find: eachFact('istiods', byteRule),
  },
  {
    id: 'istiod-loaded',
    severity: 'warning',
    passed: 'every istiod holds what its Secret says',
    failed: 'istiods hold another CA than their Secret says',
    why: 'the first step waits for them; until then a part of the workloads is signed by another CA',
    hint: 'look at the log of istiod for why it refused the files; `reroot pki check` foretells it',
    find: eachReport(({ replicas, written }) =>
      judgeAll(replicas, ({ replica, holding, failure }) => {
        if (holding === undefined) return [`${replica}: ${failure ?? 'has proven nothing'}`];
        const same = holding.bundleSha256 === written?.bundleSha256 && holding.signer === written.signer;
        return same ? [] : [`${replica} has not loaded what the Secret holds`];
      }),
    ),
  },
  {
    id: 'istiods-agree',
    severity: 'warning',
    passed: 'the istiods of each cluster are alike',
    failed: 'istiods of one cluster differ in version or settings',
    why: 'where some take a step and others do not, the proxies of both refuse each other, and the istiods fight over the webhooks',
    hint: 'finish the upgrade of istiod, or take the old revision away',
    find: eachFact('istiods', disagreements),
  },
  {
    id: 'istiod-leaf-lifetime',
    severity: 'warning',
    passed: 'no istiod signs for longer than 90 days (MAX_WORKLOAD_CERT_TTL)',
    failed: 'istiods sign for longer than 90 days',
    why: 'the old root must stay trusted for as long as the longest leaf under it lives',
    hint: 'lower MAX_WORKLOAD_CERT_TTL; a rotation proves each workload, and waits for what it cannot read',
    find: eachIstiod(({ longestLeafMs, unread }) =>
      longestLeafMs > longestUsualMs
        ? [`signs for up to ${Math.round(longestLeafMs / dayMs)} days`]
        : unreadAmong(unread, 'MAX_WORKLOAD_CERT_TTL'),
    ),
  },
  {
    id: 'istiod-outside-clients',
    severity: 'warning',
    passed:
      'no workload shows istiod a certificate that it checks with the roots from its start, or istiod is restarted each time',
    failed: 'workloads show istiod certificates, which it checks with the roots from its start',
    why: 'what istiod verifies its clients on port 15012 with is made when it starts: a client under the new root is refused until istiod is restarted',
    hint: 'set certificateRotation.restarts to RESTART_ALWAYS',
    find: (facts) => (facts.spec.rotation.restarts === 'always' ? [] : outsideClients(facts)),
  },
];

const dayMs = 86_400_000;
/** MAX_WORKLOAD_CERT_TTL of Istio. */
const longestUsualMs = 90 * dayMs;

/** Whether an istiod that refuses a step is restarted: by policy, and always where trust changes in one leap. */
function takesRestarts({ spec, strategy }: PreflightFacts): boolean {
  return spec.rotation.restarts !== 'never' || strategy === 'NONE';
}

/** From the reports: they say it of older agents too. */
const multiRootOff: Check['find'] = eachReport(({ replicas }) =>
  judgeAll(replicas, ({ replica, multiRoot }) => {
    if (multiRoot === 'on') return [];
    return multiRoot === 'off'
      ? [`${replica} runs without ISTIO_MULTIROOT_MESH=true`]
      : [unsure(`of ${replica} ISTIO_MULTIROOT_MESH could not be read`)];
  }),
);

/** Where nothing is there to be judged, nothing has passed. */
function judgeAll<T>(istiods: readonly T[], judge: (istiod: T) => readonly Judgement[]): readonly Judgement[] {
  return istiods.length === 0 ? [unsure('no istiod was found')] : istiods.flatMap(judge);
}

function eachIstiod(judge: (istiod: InspectedIstiod) => readonly Judgement[]): Check['find'] {
  return eachFact('istiods', (istiods) =>
    judgeAll(istiods, (istiod) => judge(istiod).map((each) => beginWith(istiod.name, each))),
  );
}

function beginWith(istiod: string, judgement: Judgement): Judgement {
  return typeof judgement === 'string' ? `${istiod} ${judgement}` : unsure(`${istiod} ${judgement.unsure}`);
}

/** @param wrong what is wrong with a version in the range */
function byVersion(text: string, range: VersionRange, wrong: string): readonly Judgement[] {
  const version = parseIstioVersion(text);
  if (version === undefined) return [unsure(`is of a version that is not known: "${text}"`)];
  return isInRange(version, range) ? [wrong] : [];
}

function unreadAmong(unread: readonly string[], ...names: readonly string[]): readonly Judgement[] {
  return unread.filter((name) => names.includes(name)).map((name) => unsure(`takes ${name} from another object`));
}

/** One that holds the bytes of the Secret is in no danger, whatever it compares. */
function byteRule(istiods: readonly InspectedIstiod[], { cluster, facts }: ClusterCase): readonly Judgement[] {
  const { written, replicas, standing } = facts.snapshot.evidence.get(cluster) ?? {};
  // One that has made its own CA compares nothing: the adoption restarts it, and it takes the Secret as it is then.
  if (isAdopted(facts, cluster) && standing?.source === 'self-made') return [];
  if (replicas === undefined) return [unsure('it has not reported what its istiods hold')];
  return replicas.flatMap(({ replica, holding }) => {
    // One that has proven nothing is the matter of `istiod-loaded`.
    if (holding === undefined || holding.bundleSha256 === written?.bundleSha256) return [];
    const version = istiods.find(({ name }) => name === replica)?.version ?? '';
    const wrong = 'compares bytes, and holds other bytes than the Secret';
    return byVersion(version, { until: ['1.30.0'] }, wrong).map((each) => beginWith(replica, each));
  });
}

/** What the istiods of one cluster should have in common. */
const shared: readonly { readonly what: string; readonly of: (istiod: InspectedIstiod) => string }[] = [
  { what: 'versions', of: ({ version }) => version },
  { what: 'ISTIO_MULTIROOT_MESH', of: ({ multiRoot }) => multiRoot },
  { what: 'ENABLE_CLUSTER_TRUST_BUNDLE_API', of: ({ trustBundles }) => trustBundles },
  { what: 'PILOT_CA_CERT_CONFIGMAP', of: ({ rootConfigMap }) => rootConfigMap },
];

/** One alone agrees with itself. */
function disagreements(istiods: readonly InspectedIstiod[]): readonly Judgement[] {
  if (istiods.length === 0) return [unsure('no istiod was found')];
  if (istiods.length === 1) return [];
  return shared.flatMap(({ what, of }): readonly Judgement[] => {
    const isRead = (istiod: InspectedIstiod): boolean => !['', 'unknown'].includes(of(istiod)) && !istiod.unread.includes(what);
    const values = [...new Set(istiods.filter(isRead).map(of))].toSorted();
    if (values.length > 1) return [`${what}: ${values.join(', ')}`];
    const open = istiods.filter((istiod) => !isRead(istiod)).map(({ name }) => name);
    return open.length === 0 ? [] : [unsure(`${what}: not known of ${listNames(open)}`)];
  });
}

const shownBy: Readonly<Record<InspectedProxies['certificates'], string | undefined>> = {
  provisioned: 'PROV_CERT',
  files: 'FILE_MOUNTED_CERTS',
  // Both come with a token.
  istiod: undefined,
  'external-sds': undefined,
};

const showing = eachFact('proxies', (groups) =>
  groups.flatMap(({ certificates, count, examples, unread }): readonly Judgement[] => {
    const setting = shownBy[certificates];
    if (setting !== undefined) return [`${count} proxies show a certificate (${setting}): ${examples.join(', ')}`];
    const open = unread.filter((name) => Object.values(shownBy).includes(name));
    return open.length === 0
      ? []
      : [unsure(`of ${count} proxies ${open.join(' and ')} could not be read: ${examples.join(', ')}`)];
  }),
);

const outside = eachFact('outsideWorkloads', (count) =>
  count === 0 ? [] : [`has ${count} WorkloadEntries: machines outside of the cluster`],
);

function outsideClients(facts: PreflightFacts): ReturnType<Check['find']> {
  return [...showing(facts), ...outside(facts)];
}
