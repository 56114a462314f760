/** Evidence for tests: clusters that hold a row in full. Used by tests alone. */
import type { ClusterEvidence, Holding, Snapshot } from './evidence.ts';
import type { RootGeneration, RotationRecord } from './record.ts';
import { rowOf } from './row.ts';

export const rootA: RootGeneration = { fingerprint: 'a'.repeat(64), notBeforeMs: 0, notAfterMs: 100_000 };
export const rootB: RootGeneration = { fingerprint: 'b'.repeat(64), notBeforeMs: 0, notAfterMs: 200_000 };

/** A cluster of two replicas, two namespaces and three workloads that all hold the record's row. */
export function evidenceOf(record: RotationRecord, changes: Partial<ClusterEvidence> = {}): ClusterEvidence {
  const holding = holdingOf(record);
  const trust: Holding = { ...holding, signer: undefined, signerRoot: undefined };
  return {
    receivedAtMs: 2_000,
    appliedTerm: 1,
    appliedGeneration: record.generation,
    nudges: 1,
    written: holding,
    replicas: ['istiod-0', 'istiod-1'].map((replica) => ({ replica, holding, failure: undefined })),
    namespaces: ['default', 'payments'].map((namespace) => ({ namespace, holding: trust })),
    workloads: [{ namespace: 'default', holding, count: 3, examples: ['web-0', 'web-1', 'web-2'] }],
    problems: [],
    ...changes,
  };
}

/** What a place holds that has reached the record's row. */
export function holdingOf(record: RotationRecord): Holding {
  const { roots, signer } = rowOf(record);
  return { bundleSha256: `bytes of ${roots.join()}`, roots, signer: `intermediate under ${signer}`, signerRoot: signer };
}

/** Two clusters; each holds the record's row in full unless it is replaced or, by `undefined`, has never reported. */
export function snapshotOf(record: RotationRecord, replaced: Record<string, ClusterEvidence | undefined> = {}): Snapshot {
  const clusters = ['east', 'west'];
  const known = clusters.flatMap((name) => {
    const evidence = name in replaced ? replaced[name] : evidenceOf(record);
    return evidence === undefined ? [] : [[name, evidence] as const];
  });
  return { clusters, evidence: new Map(known) };
}
