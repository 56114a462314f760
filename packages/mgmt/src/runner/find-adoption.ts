import { RerootError } from '@reroot/shared/errors';
import type { Certificate } from '@reroot/shared/pki';
import type { AdoptionRequest, Origin } from '../rotation/index.ts';
import { type ClusterEvidence, entryOf, isSilent, quarantineOf } from '../rotation/index.ts';
import type { MeshMoment } from './mesh-loop.ts';

/** What an adoption would begin with, and what stands in its way. */
export interface FoundAdoption {
  readonly clusters: readonly FoundCluster[];
  /** Of the fleet as a whole, beyond those of single clusters. */
  readonly problems: readonly RerootError[];
  /** Every root that a cluster trusts, by fingerprint. */
  readonly roots: ReadonlyMap<string, Certificate>;
  readonly above: number;
}

/** A cluster that would be adopted. */
export interface FoundCluster {
  readonly name: string;
  /** Undefined while it is not known what it holds. */
  readonly origin: Origin | undefined;
  readonly evidence: ClusterEvidence | undefined;
  readonly problems: readonly RerootError[];
}

/**
 * Finds the clusters of a mesh that come from elsewhere: those that are held back, and those that an adoption was rolled back for.
 * Excluded ones are left out. Pure.
 * @param term the one of mgmt: nobody listens to a lower one than it has heard
 */
export function findAdoption(moment: MeshMoment, term: number): FoundAdoption {
  const { view, snapshot } = moment;
  const clusters = snapshot.clusters.filter((name) => isFromElsewhere(name, moment)).map((name) => look(name, moment, term));
  const strangers = clusters.flatMap(({ evidence }) => evidence?.strangers ?? []);
  const known = [...view.roots].map(([fingerprint, { certificate }]) => [fingerprint, certificate] as const);
  const certificates = new Map([...known, ...strangers.map((root) => [root.fingerprint, root] as const)]);
  const named = new Set([view.stored.record.currentRoot, ...clusters.flatMap(({ origin }) => origin?.roots ?? [])]);
  const roots = new Map([...certificates].filter(([fingerprint]) => named.has(fingerprint)));
  return {
    clusters,
    problems: findAlike([...roots.values()]),
    roots,
    above: Math.max(0, ...clusters.map(({ evidence }) => evidence?.appliedGeneration ?? 0)),
  };
}

/**
 * What is asked of the rotation for it.
 * @throws the first of the problems; RR_ADOPT_NOTHING
 */
export function requireAdoptable(
  { clusters, problems, roots, above }: FoundAdoption,
  { view }: Pick<MeshMoment, 'view'>,
): Omit<AdoptionRequest, 'rotationId' | 'by' | 'why'> {
  const [problem] = [...clusters.flatMap((cluster) => cluster.problems), ...problems];
  if (problem !== undefined) throw problem;
  const origins = clusters.flatMap(({ name, origin }) => (origin === undefined ? [] : [[name, origin] as const]));
  const isForeign = (root: string): boolean => (view.roots.get(root)?.custody.kind ?? 'foreign') === 'foreign';
  return {
    origins: Object.fromEntries(origins),
    roots: [...roots.values()].map(({ fingerprint, notBeforeMs, notAfterMs }) => ({
      ...{ fingerprint, notBeforeMs, notAfterMs },
      ...(isForeign(fingerprint) ? { source: 'foreign' as const } : {}),
    })),
    above,
  };
}

function isFromElsewhere(name: string, { view, snapshot }: MeshMoment): boolean {
  const { record } = view.stored;
  const deviation = entryOf(record.deviations, name);
  if (deviation === undefined) return carriedOrigin(name, { view }) !== undefined;
  if (deviation.kind === 'excluded' || deviation.told !== undefined) return false;
  const evidence = snapshot.evidence.get(name);
  return evidence === undefined || evidence.secret === 'unknown' || quarantineOf(record, name, snapshot) !== undefined;
}

function carriedOrigin(name: string, { view }: Pick<MeshMoment, 'view'>): Origin | undefined {
  const { state, rotation } = view.stored.record;
  return state === 'PREVIOUS_CA' ? entryOf(rotation?.origins, name) : undefined;
}

function look(name: string, moment: MeshMoment, term: number): FoundCluster {
  const evidence = moment.snapshot.evidence.get(name);
  if (evidence === undefined || isSilent(evidence, moment.policy, moment.nowMs) || evidence.secret === 'unknown') {
    const how = whyUnknown(evidence);
    return { name, origin: undefined, evidence, problems: [new RerootError('RR_ADOPT_UNREPORTED', `cluster ${name} ${how}`)] };
  }
  const origin = carriedOrigin(name, moment) ?? originOf(evidence);
  return { name, origin, evidence, problems: [...findObjections(name, evidence, origin, { moment, term })] };
}

function whyUnknown(evidence: ClusterEvidence | undefined): string {
  if (evidence === undefined) return 'has not reported yet';
  return evidence.secret === 'unknown' ? 'could not read its cacerts Secret' : 'has not reported for a while';
}

function originOf({ written }: ClusterEvidence): Origin | undefined {
  const signer = written?.signerRoot ?? written?.foreignRoot;
  if (written === undefined || signer === undefined || !written.roots.includes(signer)) return undefined;
  return { roots: [...new Set(written.roots)], signer };
}

function* findObjections(
  name: string,
  { standing, appliedTerm, replicas, strangers = [] }: ClusterEvidence,
  origin: Origin | undefined,
  { moment, term }: { readonly moment: MeshMoment; readonly term: number },
): Generator<RerootError> {
  const { view, nowMs, policy } = moment;
  const unusable = (why: string) =>
    new RerootError('RR_ADOPT_CA_UNUSABLE', `the CA of cluster ${name} cannot be taken over: ${why}`);
  if (standing === undefined) {
    yield new RerootError('RR_ADOPT_AGENT_OLD', `the agent of cluster ${name} does not say whose its CA is`);
    return;
  }
  if (standing.owner === 'other' && standing.adoption === 'never') {
    yield new RerootError('RR_ADOPT_NOT_ALLOWED', `the agent of cluster ${name} has adoption: never`);
  }
  if (standing.objection !== '') yield unusable(standing.objection);
  else if (origin === undefined)
    yield unusable('its signer chains to no root that the cluster trusts, or a certificate has expired');
  if (standing.source === 'self-made' && policy.restarts === 'never') {
    yield new RerootError(
      'RR_ADOPT_RESTARTS',
      `istiod of cluster ${name} signs with a CA of its own making, and restarts are never`,
    );
  }
  if (appliedTerm > term) {
    yield new RerootError(
      'RR_ADOPT_TERM',
      `cluster ${name} follows a reroot of term ${appliedTerm}, and this mgmt has term ${term}`,
    );
  }
  const expired = [...strangers, ...[...view.roots.values()].map(({ certificate }) => certificate)].find(
    ({ fingerprint, notAfterMs }) => origin?.roots.includes(fingerprint) === true && nowMs >= notAfterMs,
  );
  if (expired !== undefined) yield unusable(`root ${expired.fingerprint} in its bundle has expired`);
  const single = replicas.find(({ multiRoot }) => multiRoot === 'off');
  if (single !== undefined)
    yield unusable(`${single.replica} runs without ISTIO_MULTIROOT_MESH=true, and so takes no second root`);
}

/** Two roots of one subject are told apart by their key identifiers alone: verifiers go by the subject first. */
function findAlike(roots: readonly Certificate[]): readonly RerootError[] {
  return roots.flatMap((root, at) =>
    roots
      .slice(at + 1)
      .filter((other) => areAlike(root, other))
      .map((other) => {
        const subject = root.subject.replaceAll('\n', ', ');
        const message = `roots ${root.fingerprint} and ${other.fingerprint} have the subject ${subject} and different keys`;
        return new RerootError('RR_ADOPT_ROOTS_ALIKE', message);
      }),
  );
}

function areAlike(a: Certificate, b: Certificate): boolean {
  if (Buffer.compare(a.subjectDer, b.subjectDer) !== 0 || a.publicKey.equals(b.publicKey)) return false;
  return a.subjectKeyId === undefined || b.subjectKeyId === undefined || a.subjectKeyId === b.subjectKeyId;
}
