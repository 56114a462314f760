import type { RootCrl } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Crl, parseCertificate } from '@reroot/shared/pki';
import type { RootAuthority } from '../authorities/index.ts';
import {
  effectivePolicyOf,
  isAtRest,
  type RootGeneration,
  type RotationPolicy,
  type RotationRecord,
  type Snapshot,
} from '../rotation/index.ts';
import type { Issued, Store } from '../store/index.ts';
import type { MeshMoment } from './mesh-loop.ts';
import { type MeshView, requireRoot } from './mesh-view.ts';

/** Signs lists that revoke every intermediate of a root which nothing of the mesh is signed by any more. */
export interface RootCrls {
  /**
   * The list for the old root of the rotation, or for the root that was retired last.
   * @throws RR_CRL_TOO_EARLY, RR_CRL_NO_ROOT, and what the authority throws, RR_CRL_NOT_HERE included
   */
  read(moment: MeshMoment, signal: AbortSignal): Promise<RootCrl>;
}

/** What it works with. */
export interface RootCrlsOptions {
  readonly store: Pick<Store, 'listIssued'>;
  readonly authority: Pick<RootAuthority, 'signCrl'>;
  readonly clock: Clock;
}

/** Verifiers refuse everything of an issuer whose list has ended, and of this one nothing is good any more. */
const lifeMs = 30 * 86_400_000;

interface Signed {
  readonly crl: Crl;
  /** What is in it: another list is signed when that changes. */
  readonly content: string;
}

interface Revoked {
  readonly cluster: string;
  readonly serial: string;
  readonly notAfterMs: number;
}

/** Signs anew when there is more to revoke or half of the last list's life is over, and gives the last one else. */
export function createRootCrls({ store, authority, clock }: RootCrlsOptions): RootCrls {
  const signed = new Map<string, Signed>();
  return {
    read: async ({ view, snapshot }, signal) => {
      const { record, spec } = view.stored;
      const nowMs = clock.now();
      const { root, atMs } = requireLeftRoot(view);
      const issued = await store.listIssued(spec.mesh, root.fingerprint);
      const revoked = issued.map(revokedOf).filter(({ notAfterMs }) => notAfterMs > nowMs);
      const serials = [...new Set(revoked.map(({ serial }) => serial))];
      const content = serials.join();
      const known = signed.get(root.fingerprint);
      const fresh = known?.content === content && nowMs - known.crl.thisUpdateMs < lifeMs / 2;
      const crl = fresh
        ? known.crl
        : await authority.signCrl(
            requireRoot(view, root.fingerprint),
            {
              revoked: serials.map((serial) => ({ serial, atMs, reason: reasonOf(record, root) })),
              thisUpdateMs: nowMs,
              nextUpdateMs: nowMs + lifeMs,
              number: nowMs,
            },
            signal,
          );
      signed.set(root.fingerprint, { crl, content });
      return describe(crl, root, revoked, findUsers(snapshot, root.fingerprint));
    },
  };
}

/** The key of the root or of one of its intermediates is out: no reason but that is known for an emergency. */
function reasonOf({ rotation }: RotationRecord, { fingerprint }: RootGeneration): 'cACompromise' | 'superseded' {
  // After one that was rolled back, the root that was left is the new one, which nobody has lost.
  return rotation?.emergency === undefined || rotation.old !== fingerprint ? 'superseded' : 'cACompromise';
}

function revokedOf({ cluster, serial, chain }: Issued): Revoked {
  const [pem] = chain;
  return { cluster, serial, notAfterMs: pem === undefined ? 0 : parseCertificate(pem).notAfterMs };
}

/**
 * The root that nothing is signed by any more, as far as members go: to revoke what signs would break what holds.
 * @throws RR_CRL_TOO_EARLY, RR_CRL_NO_ROOT
 */
function requireLeftRoot({ stored, roots: kept }: MeshView): { readonly root: RootGeneration; readonly atMs: number } {
  const { record, spec } = stored;
  const { mesh, state, step, rotation, roots, currentRoot } = record;
  if (isAtRest(record)) {
    const retired = roots.filter(
      // The key of a root that was adopted was never here, and one that was left before it may still be.
      ({ phase, fingerprint }) =>
        phase === 'retired' && fingerprint !== currentRoot && kept.get(fingerprint)?.custody.kind !== 'foreign',
    );
    const [root] = retired.toSorted((a, b) => b.phaseAtMs - a.phaseAtMs);
    if (root !== undefined) return { root, atMs: root.phaseAtMs };
    throw new RerootError('RR_CRL_NO_ROOT', `mesh ${mesh} has no retired root whose key is there`);
  }
  const root = roots.find(({ fingerprint }) => fingerprint === rotation?.old);
  if (root !== undefined && rotation !== undefined && isLeft(record, effectivePolicyOf(spec.rotation, record)))
    return { root, atMs: rotation.startedAtMs };
  const where = `mesh ${mesh} is in ${state} at ${step}`;
  throw new RerootError('RR_CRL_TOO_EARLY', `${where}: certificates of root ${rotation?.old ?? ''} may be in use`);
}

/** Forward, every member was proven to be signed by the new root, and trust in the old one is all that is left. */
function isLeft(
  { direction, step, provenAtMs, rotation }: RotationRecord,
  { requiredEvidence }: Pick<RotationPolicy, 'requiredEvidence'>,
): boolean {
  if (direction === 'back') return false;
  if (step === 'DELETING_OLD_ROOT' && rotation?.strategy === 'MULTI_ROOT') return true;
  // Anything less than held says nothing of leaves: until the overlap is over, workloads show ones of the old root.
  if (requiredEvidence !== 'held') return false;
  return (step === 'DELETING_OLD_ROOT' || step === 'PROPAGATING_NEW_INTERMEDIATE') && provenAtMs !== undefined;
}

/** Clusters, excluded ones as a rule, in which something is still signed by the root, by their last report. */
function findUsers({ clusters, evidence }: Snapshot, root: string): readonly string[] {
  return clusters.filter((cluster) => {
    const { written, replicas = [], workloads = [] } = evidence.get(cluster) ?? {};
    const places = [written, ...replicas.map(({ holding }) => holding), ...workloads.map(({ holding }) => holding)];
    return places.some((holding) => holding?.signerRoot === root);
  });
}

function describe(crl: Crl, root: RootGeneration, revoked: readonly Revoked[], stillUsedBy: readonly string[]): RootCrl {
  const { pem, number, thisUpdateMs, nextUpdateMs = 0 } = crl;
  return {
    root: root.fingerprint,
    pem,
    number: String(number ?? 0n),
    thisUpdate: new Date(thisUpdateMs).toISOString(),
    nextUpdate: new Date(nextUpdateMs).toISOString(),
    revoked: revoked.map(({ cluster, serial }) => ({ cluster, serial })),
    stillUsedBy,
  };
}
