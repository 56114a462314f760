import type { AdoptionCluster, AdoptionProblem, AdoptionStatus } from '@reroot/shared/api';
import type { RerootError } from '@reroot/shared/errors';
import type { FoundAdoption, FoundCluster, MeshAdoption } from '../runner/index.ts';
import { timestamp } from './describe-cluster.ts';

/** What the API says of an adoption that could be started. Pure. */
export function describeAdoption({ moment, found }: MeshAdoption): AdoptionStatus {
  const { record } = moment.view.stored;
  return {
    mesh: record.mesh,
    root: record.currentRoot,
    clusters: found.clusters.map((cluster) => describeFound(cluster, found)),
    problems: found.problems.map(describeProblem),
  };
}

function describeFound({ name, origin, evidence, problems }: FoundCluster, { roots }: FoundAdoption): AdoptionCluster {
  const ca = caOf(evidence);
  return {
    name,
    ...(ca === undefined ? {} : { ca }),
    roots: (origin?.roots ?? []).map((fingerprint) => {
      const root = roots.get(fingerprint);
      return { fingerprint, subject: root?.subject ?? '', notAfter: timestamp(root?.notAfterMs ?? 0) };
    }),
    ...(origin === undefined ? {} : { signer: origin.signer }),
    problems: problems.map(describeProblem),
  };
}

function caOf(evidence: FoundCluster['evidence']): AdoptionCluster['ca'] {
  const standing = evidence?.standing;
  if (standing === undefined) return undefined;
  if (standing.source === 'self-made') return 'self-made';
  return standing.owner === 'reroot' ? 'reroot' : 'plugged-in';
}

function describeProblem({ code, message, remedy }: RerootError): AdoptionProblem {
  return { code, message, remedy };
}
