import type { Holding, ReplicaHolding, WorkloadHolding } from './evidence.ts';
import type { TrustRow } from './row.ts';

/** Loaded is equality of exact bytes and of the signing certificate with what is written: Istio compares nothing else. */
export function hasLoaded({ holding }: ReplicaHolding, written: Holding | undefined): boolean {
  return (
    holding !== undefined &&
    written !== undefined &&
    holding.bundleSha256 === written.bundleSha256 &&
    holding.signer === written.signer
  );
}

/** Whether workloads are proven to hold anything. */
export function isProven({ method }: WorkloadHolding): boolean {
  return method !== 'none';
}

/** Trusts the roots of the row, and signs, or is signed, under the one that it names. */
export function holdsRow(holding: Holding | undefined, row: TrustRow): boolean {
  return trustsRow(holding, row) && holding?.signerRoot === row.signer;
}

/** Trusted is the set of certificates: order, repetition and text between them do not matter. */
export function trustsRow(holding: Holding | undefined, { roots }: TrustRow): boolean {
  return holding !== undefined && holdsAll(roots, holding.roots) && holdsAll(holding.roots, roots);
}

/** Most places of a cluster hold the very same: what was found for the one before need not be found again. */
export function trustsOf(row: TrustRow): (place: { readonly holding: Holding | undefined }) => boolean {
  let last: Holding | undefined;
  let trusted = false;
  return ({ holding }) => {
    if (holding === undefined || holding !== last) trusted = trustsRow(holding, row);
    last = holding;
    return trusted;
  };
}

/** A handful of names: looking through them is quicker than making a set of them for each of thousands of places. */
function holdsAll(names: readonly string[], wanted: readonly string[]): boolean {
  for (const name of wanted) if (!names.includes(name)) return false;
  return true;
}
