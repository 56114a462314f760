import { type Certificate, sha256Hex } from '@reroot/shared/pki';
import type { Holding, ReplicaEvidence, Report, WorkloadEvidence } from '@reroot/shared/protocol';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ClusterEvidence, lookAt, noLinks, type Snapshot } from '../rotation/index.ts';
import { explainCell } from '../rotation/matrix/explain-cell.ts';
import { type CellState, classify } from '../rotation/matrix/trust-classes.ts';
import { createEvidenceReader } from './evidence-reader.ts';
import { makeAuthority, makeRealLeaf, makeSigner, openVerifier, type RealLeaf, type Verifier } from './testing/real-trust.ts';

/**
 * Clusters hold real certificates at random: rows of a rotation and their mixtures, foreign and renewed roots, a root that bears
 * the name of another, signers that have expired, proxies that were not read. mgmt reads their reports and says what each
 * cell is. Then TLS 1.3 decides, in handshakes in which both sides verify the other and only the one bundle can fail: the
 * pair that a red cell names must fail, and every pair of a green one succeed, as every pair of an unknown one that is known.
 *
 * Counted are cells. Each pair of a leaf and a bundle that any cell rests on shakes hands once in a run, for the same two
 * give the same again; how many pairs those are is asked for too.
 */
const wantedCells = 10_000;
const wantedHandshakes = 400;

/** One place of a cluster: which leaf it shows, and which roots it trusts, as letters. */
interface Place {
  readonly leaf: string;
  readonly bundle: string;
  /** `unread`: the agent could not say. */
  readonly read: 'read' | 'unread';
}

interface Cluster {
  readonly presence: 'reports' | 'never';
  readonly replicas: readonly Place[];
  readonly workloads: readonly Place[];
}

/** The roots by their letters. `R` has name and key of `A`, `I` its name alone; the mesh knows neither `F` nor `I`. */
const known = ['A', 'B', 'C', 'R'];
const rootNames = [...known, 'F', 'I'];
/** `a1` is the leaf of the first signer under A, `a!` that of one that has expired, `f0` one that the root signed by itself. */
const leafNames = ['a1', 'a2', 'b1', 'b2', 'c1', 'f1', 'i1', 'r1', 'a!', 'b!'];

const roots = new Map<string, Certificate>();
const leaves = new Map<string, RealLeaf>();
let openBundle: (bundle: string) => Verifier;

beforeAll(async () => {
  const authorities = new Map(
    await Promise.all(['A', 'B', 'C', 'F', 'own'].map(async (name) => [name, await makeAuthority(name)] as const)),
  );
  const a = authorities.get('A')!;
  authorities.set('R', await makeAuthority('A', a.signer, [-24, 96]));
  authorities.set('I', await makeAuthority('A'));
  for (const [name, { certificate }] of authorities) roots.set(name, certificate);
  for (const name of leafNames) {
    const expired = name.endsWith('!');
    const span = expired ? ([-9, -1] as const) : undefined;
    const signer = await makeSigner(authorities.get(name[0]!.toUpperCase())!, `signer ${name}`, span);
    leaves.set(name, await makeRealLeaf(signer, 'intermediate', span));
  }
  leaves.set('f0', await makeRealLeaf(authorities.get('F')!, 'root'));
  const own = authorities.get('own')!;
  const shown = { leaf: await makeRealLeaf(await makeSigner(own, 'own'), 'intermediate'), root: own.certificate };
  openBundle = (bundle) => openVerifier(certificatesOf(bundle), shown);
}, 30_000);

function certificatesOf(bundle: string): readonly Certificate[] {
  return [...bundle].map((name) => roots.get(name)!);
}

/** A handshake of each leaf with each bundle, made when it is first asked for. */
function createJudge(): { accepts(leaf: string, bundle: string): Promise<boolean>; handshakes(): number } {
  const verifiers = new Map<string, Verifier>();
  const made = new Map<string, boolean>();
  return {
    accepts: async (leaf, bundle) => {
      const pair = `${leaf}/${bundle}`;
      const before = made.get(pair);
      if (before !== undefined) return before;
      const verifier = verifiers.get(bundle) ?? openBundle(bundle);
      verifiers.set(bundle, verifier);
      const accepted = await verifier.accepts(leaves.get(leaf)!);
      made.set(pair, accepted);
      return accepted;
    },
    handshakes: () => made.size,
  };
}

const rows = ['A|a1', 'AB|a1', 'AB|b1', 'B|b1', 'AB|a2', 'AB|b2', 'AR|r1', 'F|f0', 'AF|f1'].map(
  (row) => row.split('|') as [string, string],
);
const anyBundle = fc.subarray(rootNames, { maxLength: 4 }).map((names) => names.join(''));
const strayPlace = fc.record({ leaf: fc.constantFrom(...leafNames), bundle: anyBundle });
/** Mostly a row of the fleet, or the one after it; else anything. */
const placeAround = (at: number): fc.Arbitrary<Place> =>
  fc
    .record({
      place: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(at, at + 1).map((index) => rowAt(index)) },
        { weight: 1, arbitrary: strayPlace },
      ),
      read: fc.constantFrom(...Array.from({ length: 30 }, () => 'read' as const), 'unread' as const),
    })
    .map(({ place, read }) => ({ ...place, read }));
const clusterAround = (at: number): fc.Arbitrary<Cluster> =>
  fc.record({
    presence: fc.constantFrom(...Array.from({ length: 30 }, () => 'reports' as const), 'never' as const),
    replicas: fc.array(placeAround(at), { minLength: 1, maxLength: 2 }),
    workloads: fc.array(placeAround(at), { maxLength: 3 }),
  });
const anyFleet = fc.nat(rows.length - 1).chain((at) => fc.array(clusterAround(at), { minLength: 2, maxLength: 10 }));

function rowAt(index: number): Pick<Place, 'leaf' | 'bundle'> {
  const [bundle, leaf] = rows[index % rows.length]!;
  return { bundle, leaf };
}

function holdingOf({ leaf, bundle }: Place): Holding {
  const trusted = certificatesOf(bundle);
  const signerChain = leaves.get(leaf)!.chain.map(({ fingerprint }) => fingerprint);
  return { bundleSha256: sha256Hex(bundle), roots: trusted.map(({ fingerprint }) => fingerprint), signerChain };
}

function reportOf({ replicas, workloads }: Cluster): Report {
  const carried = new Map<string, Certificate>();
  for (const { leaf, bundle } of [...replicas, ...workloads]) {
    for (const each of [...certificatesOf(bundle), ...leaves.get(leaf)!.chain]) carried.set(each.fingerprint, each);
  }
  const failure = { kind: 'failure', problem: { code: 'RR_REPLICA_UNREACHABLE', message: 'm', remedy: 'r' } } as const;
  const told = { appliedTerm: 1, appliedGeneration: 1, takenAtMs: 1, agentVersion: '1', clusterUid: 'uid' };
  return {
    ...told,
    certificates: [...carried.values()].map(({ der }) => der),
    written: undefined,
    replicas: replicas.map(
      (place, index): ReplicaEvidence => ({
        replica: `${index}`,
        multiRoot: 'on',
        result: place.read === 'read' ? { kind: 'holding', holding: holdingOf(place) } : failure,
      }),
    ),
    namespaces: [],
    workloads: workloads.map((place, index): WorkloadEvidence => {
      const method = place.read === 'read' ? 'proxy-config' : 'none';
      const unread = place.read === 'read' ? '' : 'unreachable';
      return { namespace: `${index}`, holding: holdingOf(place), count: 1, examples: [], method, learns: 'pushed', unread };
    }),
    problems: [],
    nudges: 0,
  };
}

/** What mgmt knows of a fleet once it has heard it twice: the roots that others bring along are known from the first time. */
function hear(fleet: readonly Cluster[]): Snapshot {
  const reader = createEvidenceReader();
  const context = { roots: certificatesOf(known.join('')), term: 1, receivedAtMs: Date.now() };
  const evidence = new Map<string, ClusterEvidence>();
  for (const [index, cluster] of [...fleet.entries(), ...fleet.entries()]) {
    if (cluster.presence === 'reports') evidence.set(`${index}`, reader.read(reportOf(cluster), context));
  }
  const knownRoots = new Set(known.map((name) => roots.get(name)!.fingerprint));
  return { clusters: fleet.map((_, index) => `${index}`), evidence, knownRoots, heardSinceMs: 0, links: noLinks };
}

/** The places of a cluster that mgmt was told of, and that show a leaf to somebody. */
function readPlaces({ presence, replicas, workloads }: Cluster): readonly Place[] {
  return presence === 'never' ? [] : [...replicas, ...workloads].filter(({ read }) => read === 'read');
}

describe('each cell of the matrix', () => {
  it('is what handshakes say: red where one fails, green where all succeed', async () => {
    const judge = createJudge();
    const counted: Record<CellState, number> = { green: 0, red: 0, unknown: 0 };
    const checkCell = async (
      fleet: readonly Cluster[],
      from: number,
      to: number,
      cell: ReturnType<typeof explainCell>,
    ): Promise<void> => {
      const [shower, verifier] = [fleet[from]!, fleet[to]!];
      const refused: string[] = [];
      for (const { leaf } of readPlaces(shower)) {
        for (const { bundle } of readPlaces(verifier)) {
          if (!(await judge.accepts(leaf, bundle))) refused.push(`${leaf} by ${bundle}`);
        }
      }
      if (cell.state === 'red') {
        const [leaf, bundle] = [placeOf(shower, cell.leaf?.places[0]), placeOf(verifier, cell.bundle?.places[0])];
        expect(refused).toContain(`${leaf.leaf} by ${bundle.bundle}`);
      } else {
        expect(refused).toEqual([]);
      }
      if (cell.state === 'green') expect(readPlaces(shower).length * readPlaces(verifier).length).toBeGreaterThan(0);
    };
    await fc.assert(
      fc.asyncProperty(anyFleet, async (fleet) => {
        const snapshot = hear(fleet);
        const policy = { requiredEvidence: 'held', silentAfterMs: 60_000 } as const;
        const lookOf = (cluster: string) => lookAt(cluster, snapshot, policy, Date.now());
        const classes = classify(snapshot.clusters, lookOf);
        for (const [from, shower] of snapshot.clusters.entries()) {
          for (const [to, verifier] of snapshot.clusters.entries()) {
            const state = classes.stateOf(classes.classOf(shower)!, classes.classOf(verifier)!);
            const cell = explainCell({ cluster: shower, look: lookOf(shower) }, { cluster: verifier, look: lookOf(verifier) });
            expect(cell.state).toBe(state);
            await checkCell(fleet, from, to, cell);
            counted[state] += 1;
          }
        }
      }),
      { numRuns: 420 },
    );
    const cells = counted.green + counted.red + counted.unknown;
    process.stdout.write(
      `${cells} cells (${JSON.stringify(counted)}) rest on ${judge.handshakes()} pairs of a leaf and a bundle\n`,
    );
    expect(counted.green + counted.red).toBeGreaterThan(wantedCells);
    for (const state of ['green', 'red', 'unknown'] as const) expect(counted[state]).toBeGreaterThan(wantedCells / 20);
    expect(judge.handshakes()).toBeGreaterThan(wantedHandshakes);
  }, 180_000);
});

/** The place of a fleet that a cell speaks of. */
function placeOf(cluster: Cluster, named: { readonly replica: string } | { readonly namespace: string } | undefined): Place {
  if (named === undefined) throw new Error('a red cell names both sides');
  return 'replica' in named ? cluster.replicas[Number(named.replica)]! : cluster.workloads[Number(named.namespace)]!;
}
