import { type ClusterEvidence, type Links, noLinks, type Snapshot } from '../rotation/index.ts';
import { keepAge } from './keep-age.ts';
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
   * Notes that the clock was set back: all that was heard keeps its age. Else a cluster that falls silent would count as heard until
   * the moment of its last report has come again.
   * @param byMs how far
   * @returns the clusters whose evidence is another by that
   */
  setBack(byMs: number, nowMs: number): readonly ClusterName[];
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
export function createFleetView(options: FleetViewOptions): FleetView {
  const { silentAfterMs, linksOf = () => noLinks } = options;
  let { heardSinceMs } = options;
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
    setBack: (byMs, nowMs) => {
      const moved = keepAge(byMs, nowMs);
      heardSinceMs = moved(heardSinceMs);
      for (const known of meshes.values()) moveAll(known, moved);
      return [...meshes].flatMap(([mesh, { evidence }]) => [...evidence.keys()].map((cluster) => ({ mesh, cluster })));
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

/** Gives all that is known of a mesh other moments. */
function moveAll({ evidence, speakers, steadySinceMs }: Known, moved: (atMs: number) => number): void {
  for (const [cluster, known] of evidence) evidence.set(cluster, { ...known, receivedAtMs: moved(known.receivedAtMs) });
  for (const [cluster, sinceMs] of steadySinceMs) steadySinceMs.set(cluster, moved(sinceMs));
  const movedSpeaker = (who: Speaker | undefined): Speaker | undefined =>
    who === undefined ? undefined : { ...who, heardAtMs: moved(who.heardAtMs) };
  for (const [cluster, { speaker, former }] of speakers) {
    speakers.set(cluster, { speaker: movedSpeaker(speaker), former: movedSpeaker(former) });
  }
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
