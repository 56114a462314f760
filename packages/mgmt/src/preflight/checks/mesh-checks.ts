import type { InspectedProxies, Inspection } from '@reroot/shared/protocol';
import { type MeshSpec, windowAt } from '../../mesh/index.ts';
import { quarantineOf } from '../../rotation/index.ts';
import {
  type Check,
  type ClusterCase,
  eachFact,
  failing,
  failingMesh,
  type Judgement,
  unknownOf,
  unseen,
  unsure,
} from '../check.ts';
import type { PreflightFacts } from '../facts.ts';

/** What the mesh asks of its rotations, and the roots between which one goes. */
export const meshChecks: readonly Check[] = [
  {
    id: 'root-key',
    severity: 'fatal',
    passed: 'the key of the root in force can be used',
    failed: 'the key of the root in force cannot be used',
    why: 'a rollback and each renewal under the old root need it for as long as that root is trusted',
    hint: 'make the key store or Vault reachable for mgmt (docs/pki.md)',
    find: ({ host }) => {
      if (host.rootKey.kind === 'unknown') return unknownOf(host.rootKey.why);
      const { value } = host.rootKey;
      return value.kind === 'usable' ? [] : failingMesh(value.why);
    },
  },
  {
    id: 'root-in-force',
    severity: 'warning',
    passed: 'the root in force lives for long enough to be rotated away from',
    failed: 'the root in force ends within two days',
    why: 'a rotation takes as long as its slowest workload, a day by default; after its end nothing verifies under the root',
    hint: 'rotate at once; `reroot rotate --emergency` does not wait for windows',
    find: ({ record, nowMs }) => {
      const root = record.roots.find(({ fingerprint }) => fingerprint === record.currentRoot);
      if (root === undefined || root.notAfterMs - nowMs > 2 * dayMs) return [];
      return failingMesh(`root ${short(root.fingerprint)} ends at ${new Date(root.notAfterMs).toISOString()}`);
    },
  },
  {
    id: 'target-root',
    severity: 'fatal',
    passed: 'the next root lives for as long as the mesh asks for',
    failed: 'the next root does not live for as long as the mesh asks for',
    why: 'certificateRotation.minimumRootValidity refuses such a root',
    hint: 'name another target, raise ttlDays of the root, or lower minimumRootValidity',
    inAdoption: 'the next root is the one that the mesh has',
    find: targetProblems,
  },
  {
    id: 'target-root-name',
    severity: 'fatal',
    passed: 'the next root shares its name with no root of the mesh',
    failed: 'the next root shares its name with a root of the mesh',
    why: 'of two roots of one name a verifier may pick the wrong one (istio/istio issues 31987, 37096; envoyproxy/envoy issue 38302)',
    hint: 'name a target with a name of its own; a root that reroot makes has one',
    inAdoption:
      'the next root is that of the mesh, and shares its name with none that is brought along; those may share one among them: `adoptable` names two that no key identifiers tell apart',
    find: namesakes,
  },
  {
    id: 'approvals',
    severity: 'warning',
    passed: 'who approves a step is known to be another person, where the mesh asks for that',
    failed: 'the mesh asks for another person to approve, and mgmt takes everybody at their word',
    why: 'without access rules whoever started a rotation can approve it under another name',
    hint: 'give the API tokens, certificates or an issuer (docs/api-access.md)',
    find: ({ spec, pace, host }) => {
      if (host.names === 'known') return [];
      if (pace === 'emergency') return failingMesh('an emergency needs an approver, and the API asks for no credentials');
      const asked = spec.rotation.approvals.by === 'another-person';
      return asked ? failingMesh('approvals.fourEyes is set, and the API asks for no credentials') : [];
    },
  },
  {
    id: 'maintenance-windows',
    severity: 'fatal',
    passed: 'there will be a time in which steps may begin',
    failed: 'no maintenance window will ever open',
    why: 'the rotation would start and never take its first step',
    hint: 'correct certificateRotation.maintenanceWindows',
    find: ({ spec, nowMs }) => {
      const window = windowAt(spec.maintenanceWindows, nowMs);
      const never = window.kind === 'closed' && window.opensAtMs === undefined;
      return never ? failingMesh(`none of ${spec.maintenanceWindows.length} windows will open`) : [];
    },
  },
  {
    id: 'intermediate-lifetime',
    severity: 'fatal',
    passed: 'intermediates live for as long as the leaves under them',
    failed: 'intermediates live for a shorter time than the leaves under them',
    why: 'an intermediate that ends first takes its leaves with it, before their proxies renew them',
    hint: 'raise intermediateCertOptions.ttlDays, or lower SECRET_TTL of the proxies; one that is not in the pod itself cannot be read',
    find: eachFact('proxies', outlivingLeaves),
  },
  {
    id: 'adoptable',
    severity: 'fatal',
    passed: 'every cluster that would be adopted can be taken over',
    failed: 'clusters that would be adopted cannot be taken over',
    why: 'an adoption starts with all of them or not at all, and no override starts it over these',
    hint: 'each code has its remedy in docs/errors.md, and docs/adoption.md says what an adoption needs',
    inAdoption: 'it is made there alone',
    find: ({ adoption }) => adoption?.problems ?? [],
  },
  {
    id: 'foreign-trust',
    severity: 'warning',
    passed: 'no cluster on its way back holds trust that the mesh never had',
    failed: 'clusters hold trust that the mesh never had',
    why: 'there is no safe way for them to the others, and a rotation leaves them behind',
    hint: 'look with `reroot preflight --adoption`, and take the cluster in with `reroot mesh adopt`; or exclude it and set its CA anew',
    inAdoption: 'roots that the mesh never had are what is adopted: it passes for the clusters that are brought along',
    find: ({ record, snapshot }) =>
      Object.entries(record.deviations).flatMap(([cluster, { kind, told }]) => {
        const returns = kind === 'returning' && told === undefined;
        if (returns && snapshot.evidence.get(cluster)?.written === undefined) return [unseen(cluster)];
        const why = quarantineOf(record, cluster, snapshot);
        return why === undefined ? [] : [failing(cluster)(why)];
      }),
  },
];

const dayMs = 86_400_000;

/** Where SECRET_TTL is not known, istiod signs for no longer than it does for anybody. */
function outlivingLeaves(groups: readonly InspectedProxies[], { inspection, facts }: ClusterCase): readonly Judgement[] {
  const lifeMs = facts.spec.intermediate.ttlDays * dayMs;
  const signed = groups.filter(({ certificates }) => certificates !== 'files' && certificates !== 'external-sds');
  const [unread, read] = [signed.filter(isUnread), signed.filter((group) => !isUnread(group))];
  const longestMs = Math.max(0, ...read.map(({ leafLifetimeMs }) => leafLifetimeMs));
  const mayOutlive = longestSignedMs(inspection) > lifeMs ? unread : [];
  return [
    ...(longestMs > lifeMs ? [`leaves live for up to ${days(longestMs)}, and intermediates for ${days(lifeMs)}`] : []),
    ...mayOutlive.map(({ count, examples }) =>
      unsure(
        `of ${count} proxies SECRET_TTL could not be read, and intermediates live for ${days(lifeMs)}: ${examples.join(', ')}`,
      ),
    ),
  ];
}

function isUnread({ unread }: InspectedProxies): boolean {
  return unread.includes('SECRET_TTL');
}

/** Endless where an istiod could not be read. */
function longestSignedMs({ istiods }: Inspection): number {
  if (istiods.kind === 'unknown' || istiods.value.length === 0) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...istiods.value.map(({ longestLeafMs, unread }) =>
      unread.includes('MAX_WORKLOAD_CERT_TTL') ? Number.POSITIVE_INFINITY : longestLeafMs,
    ),
  );
}

function targetProblems({ target, record, spec, nowMs }: PreflightFacts): ReturnType<Check['find']> {
  const { minimumRootValidityMs } = spec.rotation;
  if (target === undefined) {
    if (minimumRootValidityMs <= 0) return [];
    if (spec.rootSource.kind !== 'generated') return unknownOf(notAsked(spec));
    if (spec.root.ttlDays * dayMs >= minimumRootValidityMs) return [];
    return failingMesh(`a new root lives ${spec.root.ttlDays} days, and ${days(minimumRootValidityMs)} are asked for`);
  }
  const root = record.roots.find(({ fingerprint }) => fingerprint === target);
  if (root === undefined) return failingMesh(`the mesh knows no root ${short(target)}`);
  const leftMs = root.notAfterMs - nowMs;
  if (leftMs > Math.max(0, minimumRootValidityMs)) return [];
  return failingMesh(
    `root ${short(target)} ends at ${new Date(root.notAfterMs).toISOString()}, and ${days(minimumRootValidityMs)} are asked for`,
  );
}

function notAsked({ rootSource }: MeshSpec): string {
  return `the ${rootSource.kind} that the next root comes from is asked when the rotation starts; name it with --target`;
}

/** Every root that a member may hold beside the next one: that in force, and those that adopted clusters come or came with. */
function namesakes({ target, roots, record, spec, adoption }: PreflightFacts): ReturnType<Check['find']> {
  if (target === undefined) return spec.rootSource.kind === 'generated' ? [] : unknownOf(notAsked(spec));
  const next = roots.get(target);
  // A root that the mesh does not know is the matter of `target-root`.
  if (next === undefined) return [];
  const { alsoOld = [], origins = {} } = record.rotation ?? {};
  const beside = new Set([
    record.currentRoot,
    ...alsoOld,
    ...Object.values(origins).flatMap((origin) => origin.roots),
    ...(adoption?.roots.keys() ?? []),
  ]);
  beside.delete(target);
  return [...beside].flatMap((fingerprint) => {
    const other = roots.get(fingerprint);
    if (other === undefined) return unknownOf(`the certificate of root ${short(fingerprint)} is not here`);
    return other.subject === next.subject ? failingMesh(`${short(target)} and ${short(fingerprint)}`) : [];
  });
}

function days(ms: number): string {
  const count = Math.round((ms / dayMs) * 10) / 10;
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

function short(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}
