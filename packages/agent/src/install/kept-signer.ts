import { RerootError } from '@reroot/shared/errors';
import type { CaFiles, CaSecret } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';
import { type Held, readHeld } from './held.ts';

/** Whether a signer is to be kept that does not stand in `cacerts`, or in what istiod made itself: then it is looked for. */
export function isSignerMissing(secret: CaSecret | undefined, desired: Desired): boolean {
  if (desired.signer !== 'kept') return false;
  const held = secret === undefined ? undefined : tryReadHeld(secret);
  return held === undefined || !isKept(held, desired);
}

/** Whether what signs is what shall be kept, with its key: an intermediate under the desired root, or that root itself. */
export function isKept({ signerRoot, keyFits }: Held, desired: Desired): boolean {
  return keyFits && signerRoot.fingerprint === desired.signerRoot.fingerprint;
}

/**
 * The signer that stood in the cluster before and shall sign again: the one that lives longest.
 * @throws RR_SIGNER_NOT_KEPT when there is none under the desired root that is valid and whose key is there
 */
export function requireFormer(former: readonly CaFiles[], desired: Desired, nowMs: number): CaFiles {
  const fitting = former.flatMap((files) => {
    const held = tryReadHeld(files);
    const serves = held !== undefined && isKept(held, desired) && nowMs < held.signer.notAfterMs;
    return serves ? [{ files, untilMs: held.signer.notAfterMs }] : [];
  });
  const [best] = fitting.toSorted((a, b) => b.untilMs - a.untilMs);
  if (best !== undefined) return best.files;
  const root = desired.signerRoot.fingerprint;
  throw new RerootError('RR_SIGNER_NOT_KEPT', `no signer under root ${root} is in the cluster any more, nor in a backup`);
}

function tryReadHeld(files: CaFiles): Held | undefined {
  try {
    return readHeld(files);
  } catch {
    // Somebody else wrote it; what cannot be used is not there.
    return undefined;
  }
}
