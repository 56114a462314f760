import { assertNever } from '@reroot/shared/errors';
import { bytesRelated } from '@reroot/shared/pki';
import { readableRoots } from './readable-roots.ts';

/** How a version of istiod compares the bundle on disk with the one in memory. */
export type ByteRule =
  /** From 1.30 on: one set of DER certificates contains the other (`pemBundleHasSubsetRelation`). */
  | 'superset-or-subset'
  /** Up to 1.29: one byte string contains the other (`bytes.Contains`). */
  | 'bytes-contained';

/** What of istiod's settings decides about a changed bundle. */
export interface RootChangeOptions {
  /** ISTIO_MULTIROOT_MESH, off by default in every version. */
  readonly multiRoot: boolean;
  readonly byteRule: ByteRule;
}

/** What istiod does about the bundle that it finds on disk. */
export type RootChange =
  | { readonly kind: 'same' }
  | { readonly kind: 'accepted' }
  /** All of the CA stays as it was, the signer included; `warning` is the only trace, in istiod's own words. */
  | { readonly kind: 'refused'; readonly warning: string };

/**
 * Decides about a changed root bundle as `handleEvent` of istiod does (pilot/pkg/bootstrap/istio_ca.go).
 * @param current exact bytes in memory
 * @param next exact bytes on disk
 */
export function judgeRootChange(current: string, next: string, options: RootChangeOptions): RootChange {
  if (next === current) return { kind: 'same' };
  if (!options.multiRoot) {
    return { kind: 'refused', warning: 'Multi root is disabled, updating new ROOT-CA not supported' };
  }
  return isRelated(current, next, options.byteRule)
    ? { kind: 'accepted' }
    : { kind: 'refused', warning: 'Updating new ROOT-CA not supported' };
}

function isRelated(current: string, next: string, rule: ByteRule): boolean {
  switch (rule) {
    case 'superset-or-subset': {
      const [before, after] = [fingerprintsIn(current), fingerprintsIn(next)];
      return before.isSubsetOf(after) || after.isSubsetOf(before);
    }
    case 'bytes-contained':
      return bytesRelated(current, next);
    default:
      return assertNever(rule);
  }
}

function fingerprintsIn(bundle: string): ReadonlySet<string> {
  return new Set(readableRoots(bundle).map(({ fingerprint }) => fingerprint));
}
