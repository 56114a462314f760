import { RerootError } from '../errors/index.ts';
import { type Certificate, certificateBlocks, parseCertificates } from './certificate.ts';

const nudgeLine = /^# reroot nudge \d+\.\d+\n/gm;
/** Enough to see in a file what happened, few enough for a Secret never to grow without bound. */
const maxNudgeLines = 8;

/**
 * The roots of a bundle in order, duplicates kept.
 * @throws RR_PKI_BAD_CERTIFICATE
 */
export function rootsOf(bundle: string): Certificate[] {
  return parseCertificates(bundle);
}

/**
 * The exact bytes of a bundle that holds the desired roots. Istio up to 1.29 takes a changed bundle only when the old
 * and the new bytes contain one another, so a bundle grows by appending to the bytes as they are, and shrinks to one
 * unbroken part of them. Equal sets leave every byte alone. Where the roots to keep do not stand together, no unbroken
 * part exists: then the blocks to keep are joined, which newer istiods, comparing certificates, still take.
 *
 * Replicas load late, and a step may be taken back before all of them have. So what is written is related to the bytes
 * before the last change too, which are `former`: a shrunk bundle is a part of both, a bundle that grows back does so
 * from the former bytes where they contain the present ones.
 * @param current the bundle as it is; undefined to start anew
 * @param former the bytes that `current` replaced, if they are known
 * @throws RR_BUNDLE_NOT_RELATED when roots would have to come and go at once, RR_BUNDLE_EMPTY when none is desired
 */
export function composeBundle(current: string | undefined, desired: readonly Certificate[], former?: string): string {
  const roots = unique(desired);
  if (roots.length === 0) throw new RerootError('RR_BUNDLE_EMPTY', 'a bundle without roots would make the mesh trust nobody');
  if (current === undefined) return pemsOf(roots);
  const wanted = new Set(roots.map(({ fingerprint }) => fingerprint));
  const held = rootsOf(current);
  const missing = roots.filter(({ fingerprint }) => held.every((root) => root.fingerprint !== fingerprint));
  const surplus = held.filter(({ fingerprint }) => !wanted.has(fingerprint));
  if (surplus.length === 0) return missing.length === 0 ? current : grow(current, roots, former);
  if (missing.length === 0) return shrink(current, held, wanted);
  throw new RerootError(
    'RR_BUNDLE_NOT_RELATED',
    `the bundle would have to gain ${missing.length} and lose ${surplus.length} roots at once`,
  );
}

/**
 * Changes the bytes of a bundle and none of its roots, by one comment line at the end. When many such lines stand there
 * already, they are cut instead: a change as good, and the rest is still one unbroken part.
 */
export function nudgeBundle(bundle: string, generation: number): string {
  const { lines, start } = nudgesAtEnd(bundle);
  if (lines >= maxNudgeLines) return bundle.slice(0, start);
  return append(bundle, `# reroot nudge ${generation}.${countNudges(bundle, generation) + 1}\n`);
}

/** How often a bundle was nudged under a generation; it can be read from the bytes after any restart. */
export function countNudges(bundle: string, generation: number): number {
  return (bundle.match(nudgeLine) ?? []).filter((line) => line.startsWith(`# reroot nudge ${generation}.`)).length;
}

/** Whether one text contains the other: the rule of Istio up to 1.29. */
export function bytesRelated(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a);
}

/**
 * Appends what is missing. To the former bytes, where they contain the present ones and no root that is not desired: they
 * had lost a root, which comes back, or their nudges were cut. A late replica finds the very bytes that it holds.
 *
 * Elsewhere to the present ones. Where these had grown, they contain the former ones. Where a bundle had shrunk and was
 * nudged since, the former bytes are those between: a nudge is given when every replica has loaded what is nudged, so
 * none holds the bytes from before the shrinking any longer.
 */
function grow(current: string, roots: readonly Certificate[], former: string | undefined): string {
  const base = former?.includes(current) === true && holdsOnly(former, roots) ? former : current;
  const held = new Set(rootsOf(base).map(({ fingerprint }) => fingerprint));
  const missing = roots.filter(({ fingerprint }) => !held.has(fingerprint));
  return missing.length === 0 ? base : append(base, pemsOf(missing));
}

/** What cannot be read counts as holding more: what was only remembered must never stand in the way of a write. */
function holdsOnly(former: string, roots: readonly Certificate[]): boolean {
  const allowed = new Set(roots.map(({ fingerprint }) => fingerprint));
  try {
    return rootsOf(former).every(({ fingerprint }) => allowed.has(fingerprint));
  } catch (error) {
    if (error instanceof RerootError) return false;
    throw error;
  }
}

/** The nudges that nothing follows: how many they are, and where they start. */
function nudgesAtEnd(bundle: string): { readonly lines: number; readonly start: number } {
  let start = bundle.length;
  for (const nudge of [...bundle.matchAll(nudgeLine)].toReversed()) {
    if (nudge.index + nudge[0].length !== start) break;
    start = nudge.index;
  }
  return { lines: bundle.slice(start).split('\n').length - 1, start };
}

function shrink(current: string, held: readonly Certificate[], wanted: ReadonlySet<string>): string {
  const blocks = certificateBlocks(current);
  const runs = runsOf(held, wanted).filter(({ from, to }) => {
    const inRun = new Set(held.slice(from, to).map(({ fingerprint }) => fingerprint));
    return inRun.size === wanted.size;
  });
  const longest = runs.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  if (longest === undefined) return pemsOf(unique(held).filter(({ fingerprint }) => wanted.has(fingerprint)));
  // What follows a block, a comment or a nudge, stays with it. But not the nudges at the end: a replica may have loaded
  // every root and not yet the last nudge.
  const part = current.slice(blocks[longest.from]?.start, blocks[longest.to]?.start ?? current.length);
  return part.slice(0, nudgesAtEnd(part).start);
}

/** The stretches of neighbouring roots that all stay: from the first to before `to`. */
function runsOf(held: readonly Certificate[], wanted: ReadonlySet<string>): readonly { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const [index, { fingerprint }] of held.entries()) {
    const last = runs.at(-1);
    if (!wanted.has(fingerprint)) continue;
    if (last?.to === index) last.to = index + 1;
    else runs.push({ from: index, to: index + 1 });
  }
  return runs;
}

/** Each root once, where it stands first. */
function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return certificates.filter(
    (each, index) => certificates.findIndex(({ fingerprint }) => fingerprint === each.fingerprint) === index,
  );
}

function append(bundle: string, text: string): string {
  return bundle === '' || bundle.endsWith('\n') ? bundle + text : `${bundle}\n${text}`;
}

function pemsOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ pem }) => pem).join('');
}
