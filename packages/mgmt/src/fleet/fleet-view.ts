import { type ClusterEvidence, type Links, noLinks, type Snapshot } from '../rotation/index.ts';
import type { ClusterName } from './link-accounts.ts';

/** The newest evidence of every cluster, by mesh. Kept in memory alone: after a restart every agent is asked again. */
export interface FleetView {
  /** Takes a report in; `namesake` of the evidence is found here. */
  put(mesh: string, cluster: string, evidence: ClusterEvidence): void;
  /** Undefined before its first report. */
  find(mesh: string, cluster: string): ClusterEvidence | undefined;
  /** Forgets a cluster that no longer belongs to the mesh: should it return, its old reports say nothing. */
  forget(mesh: string, cluster: string): void;
  /**
   * Notes that the clock was set back: what was heard at a moment that is still to come counts as heard now. Else a cluster that
   * falls silent would count as heard until that moment is over. Nor did listening begin later than now.
   * @returns the clusters whose evidence is another by that
   */
  setBack(nowMs: number): readonly ClusterName[];
  /**
   * What is known of these clusters now. Its evidence is a view: what is put in later shows in it, so that a snapshot of
   * thousands of clusters costs nothing.
   * @param knownRoots fingerprints of every root of the mesh that mgmt knows
   */
  snapshot(mesh: string, clusters: readonly string[], knownRoots: ReadonlySet<string>): Snapshot;
}

/** How the fleet is listened to. */
export interface FleetViewOptions {
  /** How long a cluster that spoke under the name of another must have been silent before it no longer counts. */
  readonly silentAfterMs: number;
  /** When mgmt began to listen. */
  readonly heardSinceMs: number;
  /** How the links of a mesh stand, always as the same object; left out where nobody asks. */
  readonly linksOf?: (mesh: string) => Links;
}

/** Starts with nothing known. */
export function createFleetView({ silentAfterMs, linksOf = () => noLinks, ...began }: FleetViewOptions): FleetView {
  let { heardSinceMs } = began;
  const meshes = new Map<string, Known>();
  const knownOf = (mesh: string): Known => {
    const known = meshes.get(mesh) ?? { evidence: new Map(), speakers: new Map(), steadySinceMs: new Map() };
    meshes.set(mesh, known);
    return known;
  };
  return {
    put: (mesh, cluster, evidence) => {
      const known = knownOf(mesh);
      const heard = hear(known.speakers.get(cluster), evidence, silentAfterMs);
      known.speakers.set(cluster, heard.speakers);
      known.steadySinceMs.set(cluster, steadySince(known, cluster, evidence.receivedAtMs, silentAfterMs));
      known.evidence.set(cluster, heard.evidence);
    },
    find: (mesh, cluster) => meshes.get(mesh)?.evidence.get(cluster),
    forget: (mesh, cluster) => {
      meshes.get(mesh)?.evidence.delete(cluster);
      meshes.get(mesh)?.speakers.delete(cluster);
      meshes.get(mesh)?.steadySinceMs.delete(cluster);
    },
    setBack: (nowMs) => {
      heardSinceMs = Math.min(heardSinceMs, nowMs);
      return [...meshes].flatMap(([mesh, known]) => bringForward(known, nowMs).map((cluster) => ({ mesh, cluster })));
    },
    snapshot: (mesh, clusters, knownRoots) => ({
      clusters,
      evidence: knownOf(mesh).evidence,
      knownRoots,
      heardSinceMs,
      steadySinceMs: knownOf(mesh).steadySinceMs,
      links: linksOf(mesh),
    }),
  };
}

interface Known {
  readonly evidence: Map<string, ClusterEvidence>;
  readonly speakers: Map<string, Speakers>;
  readonly steadySinceMs: Map<string, number>;
}

/** Has nothing been heard later than now. @returns the clusters whose evidence is another by that */
function bringForward({ evidence, speakers, steadySinceMs }: Known, nowMs: number): readonly string[] {
  const changed: string[] = [];
  for (const [cluster, known] of evidence) {
    if (known.receivedAtMs <= nowMs) continue;
    evidence.set(cluster, { ...known, receivedAtMs: nowMs });
    changed.push(cluster);
  }
  const before = (who: Speaker | undefined): Speaker | undefined =>
    who === undefined || who.heardAtMs <= nowMs ? who : { ...who, heardAtMs: nowMs };
  for (const [cluster, { speaker, former }] of speakers) {
    speakers.set(cluster, { speaker: before(speaker), former: before(former) });
  }
  for (const [cluster, sinceMs] of steadySinceMs) steadySinceMs.set(cluster, Math.min(sinceMs, nowMs));
  return changed;
}

/** A clock that was set back makes nobody steady from a moment on that is still to come. */
function steadySince({ evidence, steadySinceMs }: Known, cluster: string, nowMs: number, silentAfterMs: number): number {
  const before = evidence.get(cluster);
  const sinceMs = steadySinceMs.get(cluster);
  if (before === undefined || sinceMs === undefined || nowMs - before.receivedAtMs > silentAfterMs) return nowMs;
  return Math.min(sinceMs, nowMs);
}

/** Who was heard under one name. */
interface Speakers {
  readonly speaker: Speaker | undefined;
  /** Who spoke before the present speaker. Whoever spoke even earlier is silent for longer than this one. */
  readonly former: Speaker | undefined;
}

interface Speaker {
  readonly uid: string;
  readonly heardAtMs: number;
}

function hear(
  before: Speakers | undefined,
  evidence: ClusterEvidence,
  silentAfterMs: number,
): { readonly evidence: ClusterEvidence; readonly speakers: Speakers } {
  const { clusterUid: uid, receivedAtMs } = evidence;
  const speakers = speakersAfter(before, { uid, heardAtMs: receivedAtMs });
  const { former } = speakers;
  const counts = former !== undefined && receivedAtMs - former.heardAtMs <= silentAfterMs;
  return { evidence: { ...evidence, namesake: counts ? former.uid : undefined }, speakers };
}

/** A report that does not say whose it is changes nothing: it ends no conflict, and begins none. */
function speakersAfter(before: Speakers | undefined, now: Speaker): Speakers {
  const { speaker, former } = before ?? {};
  if (now.uid === '') return { speaker, former };
  return { speaker: now, former: speaker === undefined || speaker.uid === now.uid ? former : speaker };
}
