import type { ClusterEvidenceStatus, EvidencePlace, HeldTrust } from '@reroot/shared/api';
import {
  assignmentOf,
  type ClusterEvidence,
  type Holding,
  memberAssignmentOf,
  reachedBy,
  type TrustRow,
} from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';
import { timestamp } from './describe-cluster.ts';
import { type Page, pageOf } from './page.ts';

/** The list that its cursors are of. */
export const evidenceList = 'evidence';

/** A page of what a cluster provably holds, place by place. Pure. */
export function describeEvidence(cluster: string, { view, snapshot }: MeshMoment, page: Page): ClusterEvidenceStatus {
  const { record } = view.stored;
  const { row } = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  const evidence = snapshot.evidence.get(cluster);
  const heading = { mesh: record.mesh, cluster, step: row.step };
  if (evidence === undefined) return { ...heading, namespacesKnown: false, workloadsKnown: false, places: [] };
  const { items, next } = pageOf(evidenceList, placesOf(evidence, row), page, {
    keyOf,
    isAfter: (place, key) => compareKeys(keyOf(place), key) > 0,
  });
  const { receivedAtMs, appliedGeneration, written, namespaces, workloads } = evidence;
  return {
    ...heading,
    ...{ lastReportAt: timestamp(receivedAtMs), appliedGeneration },
    ...(written === undefined ? {} : { written: describeHolding(written) }),
    ...{ namespacesKnown: namespaces !== undefined, workloadsKnown: workloads !== undefined },
    ...{ places: items, ...next },
  };
}

const kinds: readonly EvidencePlace['kind'][] = ['replica', 'namespace', 'workloads'];

function placesOf(evidence: ClusterEvidence, row: TrustRow): readonly EvidencePlace[] {
  const reached = reachedBy(evidence, row);
  const replicas = evidence.replicas.map((found): EvidencePlace => {
    const { replica, holding, failure, multiRoot } = found;
    return {
      ...{ kind: 'replica', replica, reached: reached.replica(found), multiRoot },
      ...(holding === undefined ? {} : { holds: describeHolding(holding) }),
      ...(failure === undefined ? {} : { failure }),
    };
  });
  const namespaces = (evidence.namespaces ?? []).map((found): EvidencePlace => {
    const { namespace, holding } = found;
    const holds = holding === undefined ? {} : { holds: describeHolding(holding) };
    return { kind: 'namespace', namespace, reached: reached.namespace(found), ...holds };
  });
  const workloads = (evidence.workloads ?? []).map((group): EvidencePlace => {
    const { namespace, holding, count, examples, method, learns, unread } = group;
    return {
      ...{ kind: 'workloads', namespace, reached: reached.workloads(group), holds: describeHolding(holding) },
      ...{ count, examples, method, learns },
      ...(unread === undefined ? {} : { unread }),
    };
  });
  return [replicas, namespaces, workloads].flatMap((places) => places.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b))));
}

/** Of groups of one namespace the examples are the only name. */
function keyOf(place: EvidencePlace): readonly string[] {
  const rank = String(kinds.indexOf(place.kind));
  switch (place.kind) {
    case 'replica':
      return [rank, place.replica];
    case 'namespace':
      return [rank, place.namespace];
    case 'workloads':
      return [rank, place.namespace, place.method, place.holds.bundleSha256.slice(0, 16), place.examples[0] ?? ''];
  }
}

/** In the order of their parts. */
export function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return a.length - b.length;
}

function describeHolding({ bundleSha256, roots, signer, signerRoot }: Holding): HeldTrust {
  return {
    ...{ bundleSha256, roots },
    ...(signer === undefined ? {} : { signer }),
    ...(signerRoot === undefined ? {} : { signerRoot }),
  };
}
