import type { DesiredTrust } from '@reroot/shared/protocol';
import { rowOf } from '../rotation/index.ts';
import { type MeshView, requireRoot } from './mesh-view.ts';

/** What every cluster of the mesh shall hold now: it derives from the stored record alone, so a crash loses nothing. */
export function desiredTrustOf(view: MeshView): DesiredTrust {
  const { spec, record } = view.stored;
  const row = rowOf(record);
  return {
    rotationId: row.rotationId,
    step: row.step,
    roots: row.roots.map((fingerprint) => requireRoot(view, fingerprint).certificate.der),
    signerRoot: row.signer,
    intermediate: spec.intermediate,
    nudge: row.nudge,
    replicaRestart: row.replicaRestart,
    trustDomain: spec.trustDomain,
  };
}
