import { type Certificate, verifyChain } from '@reroot/shared/pki';
import { createLruCache } from './lru-cache.ts';

/** The roots that a signer's chain verifies under. */
export interface Anchors {
  /** Fingerprint of the known root above the chain; undefined when it verifies under none. */
  readonly root: string | undefined;
  /** Where no known root is above it: the self-signed CA that is, of this report or of one before. */
  readonly foreignRoot: string | undefined;
  /** Every root that the chain verifies under, known or not: two may share name and key, or have signed the same CA. */
  readonly anchors: readonly string[];
}

/** What a chain may hang from. */
export interface AnchorCandidates {
  /** Every root of the mesh that mgmt knows. */
  readonly known: readonly Certificate[];
  /** `foreignRootsOf` the report. */
  readonly foreign: readonly Certificate[];
  /** Fingerprints of the bundle beside the chain. */
  readonly bundle: readonly string[];
}

/** Finds what a chain hangs from at a moment. */
export type AnchorFinder = (chain: readonly Certificate[], candidates: AnchorCandidates, atMs: number) => Anchors;

/** As many as certificates are kept, with room: one that is forgotten is verified anew with each report. */
const cachedChains = 16_384;

/** A cluster is on one CA, or between two. Verifying each chain under hundreds would let one report hold mgmt up. */
const maxForeignRoots = 8;

/** How many names of foreign roots are remembered, and how many roots of one name: enough for what a fleet brings along. */
const [rememberedNames, rememberedPerName] = [256, 4];

const nothing: Anchors = { root: undefined, foreignRoot: undefined, anchors: [] };

/** A chain that was verified once stays verified while all of its certificates are valid. */
interface Verified extends Anchors {
  readonly validUntilMs: number;
}

/** Verifies each chain once, however often it is reported. */
export function createAnchorFinder(): AnchorFinder {
  const chains = createLruCache<string, Verified>(cachedChains);
  const remembered = createForeignMemory();
  return (chain, { known, foreign, bundle }, atMs) => {
    remembered.put(foreign);
    if (chain.length === 0) return anchorsOfBundle(bundle, foreign);
    const others = remembered.above(chain, [...known, ...foreign]);
    // The semicolon keeps a known root from standing for a foreign one.
    const names = [chain, known, [...foreign, ...others]].map((some) => some.map(nameOf).join()).join(';');
    const cached = chains.get(names);
    if (cached !== undefined && atMs < cached.validUntilMs) return cached;
    const found = findAnchors(chain, known, [...foreign, ...others], atMs);
    if (found === undefined) return nothing;
    chains.set(names, found);
    return found;
  };
}

/** Foreign roots of other clusters: a chain may lead to one that its own cluster does not trust, and so does not carry. */
interface ForeignMemory {
  put(roots: readonly Certificate[]): void;
  /** Those that could be above a chain, by their names. */
  above(chain: readonly Certificate[], besides: readonly Certificate[]): readonly Certificate[];
}

function createForeignMemory(): ForeignMemory {
  const byName = createLruCache<string, readonly Certificate[]>(rememberedNames);
  const key = (name: Uint8Array): string => Buffer.from(name).toString('latin1');
  return {
    put: (roots) => {
      for (const root of roots) {
        const known = byName.get(key(root.subjectDer)) ?? [];
        if (known.some(({ fingerprint }) => fingerprint === root.fingerprint)) continue;
        byName.set(key(root.subjectDer), [...known, root].slice(-rememberedPerName));
      }
    },
    above: (chain, besides) => {
      const has = new Set(besides.map(nameOf));
      return chain
        .flatMap(({ issuerDer }) => byName.get(key(issuerDer)) ?? [])
        .filter((root, index, all) => !has.has(root.fingerprint) && all.indexOf(root) === index);
    },
  };
}

function nameOf({ fingerprint }: Certificate): string {
  return fingerprint;
}

/** The self-signed CAs that a report carries and that the mesh does not know, the first ones. */
export function foreignRootsOf(carried: Iterable<Certificate>, known: readonly Certificate[]): readonly Certificate[] {
  const names = new Set(known.map(({ fingerprint }) => fingerprint));
  const found: Certificate[] = [];
  for (const certificate of carried) {
    if (found.length === maxForeignRoots) return found;
    const { isCa, subjectDer, issuerDer, fingerprint } = certificate;
    if (isCa && !names.has(fingerprint) && Buffer.compare(subjectDer, issuerDer) === 0) found.push(certificate);
  }
  return found;
}

function findAnchors(
  chain: readonly Certificate[],
  known: readonly Certificate[],
  foreign: readonly Certificate[],
  atMs: number,
): Verified | undefined {
  const above = [...known, ...foreign].filter((root) => verifyChain(chain, [root], atMs).ok);
  if (above.length === 0) return undefined;
  const verified = verifyChain(chain, known, atMs);
  const root = verified.ok ? verified.root.fingerprint : undefined;
  const anchors = above.map(({ fingerprint }) => fingerprint);
  const validUntilMs = Math.min(...[...chain, ...above].map(({ notAfterMs }) => notAfterMs));
  return { root, foreignRoot: root === undefined ? anchors[0] : undefined, anchors, validUntilMs };
}

/**
 * Agents leave roots out of chains. So where a root signs leaves by itself, as the CA that an istiod made on its own does, no
 * chain is left; with one root in the bundle it can be no other. A known root signs no leaves: there no chain is no leaf.
 */
function anchorsOfBundle(bundle: readonly string[], foreign: readonly Certificate[]): Anchors {
  const [only, ...others] = bundle;
  if (only === undefined || others.some((root) => root !== only)) return nothing;
  return foreign.some(({ fingerprint }) => fingerprint === only)
    ? { root: undefined, foreignRoot: only, anchors: [only] }
    : nothing;
}
