import { shortFingerprint } from '@reroot/shared/api';
import type { RootAuthority } from '../authorities/index.ts';
import { type ListedClass, matrixClasses, oldRootsOf, shallVerify } from '../rotation/index.ts';
import type { HandshakeConductor, NegativePlan, PlannedHandshake } from './handshake-conductor.ts';
import { betweenOutcome, idOf, idOfNegative, idOfPath, mgmtEnd, negativeOutcome, pathOutcome } from './handshake-outcomes.ts';
import {
  allPairsUpTo,
  conductHandshakes,
  type HandshakeEnd,
  type HandshakeMember,
  type PathToProbe,
  planHandshakes,
  probePaths,
  proveRootRefused,
  type HandshakeOutcome as SpokenOutcome,
  type PlannedHandshake as SpokenPlan,
} from './handshakes/index.ts';
import type { Clocks } from './steady-time.ts';
import { matrixPolicyOf, type Subject } from './subject.ts';
import type { Tasks } from './tasks.ts';

/** What having agents shake hands works with. */
export interface AgentConductorOptions extends Clocks {
  readonly tasks: Pick<Tasks, 'ask'>;
  /** Has leaves signed under the old root, where that is still possible. */
  readonly authority: Pick<RootAuthority, 'issue'>;
}

/** What it takes to make a handshake. */
type Way =
  | { readonly kind: 'between'; readonly plan: SpokenPlan }
  | { readonly kind: 'old-leaf'; readonly end: HandshakeEnd; readonly root: string }
  | { readonly kind: 'address'; readonly path: PathToProbe };

/** How long one round of handshakes may take, and one turn of one. */
const [roundMs, turnMs] = [120_000, 10_000];

type Conducting = Parameters<HandshakeConductor['conduct']>[2];

/** Has the agents of a mesh shake hands, by tasks over the bus. */
export function createAgentConductor(options: AgentConductorOptions): HandshakeConductor {
  const { clock } = options;
  const ways = new WeakMap<PlannedHandshake, Way>();
  const plan = (planned: PlannedHandshake, way: Way): PlannedHandshake => {
    ways.set(planned, way);
    return planned;
  };
  const classesOf = (subject: Subject): readonly ListedClass[] =>
    matrixClasses(subject.record, subject.snapshot, matrixPolicyOf(subject), clock.now());
  const membersOf = (subject: Subject): readonly HandshakeMember[] => classesOf(subject).flatMap(({ clusters }) => clusters);

  return {
    planPositive: (subject, coverage) => {
      const classes = classesOf(subject);
      const handshakes = planHandshakes(classes, coverage === 'all-pairs' ? 'all' : 'auto')
        .filter(({ client, server }) => shallVerify(subject.record, client.cluster, server.cluster))
        .map((spoken) => {
          const { client, server } = spoken;
          const names = { client: client.cluster, server: server.cluster, expects: 'accepted' } as const;
          return plan({ id: idOf(client, server), ...names }, { kind: 'between', plan: spoken });
        });
      return { handshakes, fewer: coverage === 'all-pairs' ? objectToAllPairs(classes) : undefined };
    },
    planNegative: (subject) => planNegative(subject, membersOf(subject), plan),
    planPaths: (subject, probes) =>
      membersOf(subject).flatMap(({ cluster, replicas }) =>
        probes
          .filter(({ clusters }) => clusters.length === 0 || clusters.includes(cluster))
          .map(({ address, serverName }) => {
            const path = { from: { cluster, replica: replicas[0] ?? '' }, address, serverName };
            return plan({ id: idOfPath(path), client: cluster, server: address, expects: 'accepted' }, { kind: 'address', path });
          }),
      ),
    conduct: async (subject, handshakes, conducting) => {
      const wayOf = <K extends Way['kind']>(kind: K): readonly Extract<Way, { kind: K }>[] =>
        handshakes.flatMap((each) => {
          const way = ways.get(each);
          return way?.kind === kind ? [way as Extract<Way, { kind: K }>] : [];
        });
      await conductBetween(
        subject,
        wayOf('between').map((way) => way.plan),
        options,
        conducting,
      );
      await conductOldLeaf(subject, wayOf('old-leaf'), options, conducting);
      await conductPaths(
        subject,
        wayOf('address').map((way) => way.path),
        options,
        conducting,
      );
    },
  };
}

/** Why not every pair is tried although the policy asks for it; undefined where every one is. */
function objectToAllPairs(classes: readonly ListedClass[]): string | undefined {
  const count = classes.reduce((sum, { clusters }) => sum + clusters.length, 0);
  if (count <= allPairsUpTo) return undefined;
  return `sampled, for all pairs of ${count} clusters would be ${count ** 2}, and those of ${allPairsUpTo} are the most that are made`;
}

function planNegative(
  subject: Subject,
  members: readonly HandshakeMember[],
  plan: (planned: PlannedHandshake, way: Way) => PlannedHandshake,
): NegativePlan {
  const { rotation } = subject.record;
  if (rotation === undefined) return { kind: 'impossible', why: 'no rotation has left a root behind' };
  const gone = [...new Set(oldRootsOf(rotation))].map((root) => ({ root, why: objectToProof(subject, root) }));
  const left = gone.flatMap(({ why }) => (why === undefined ? [] : [why]));
  const ends = members.flatMap(({ cluster, replicas }) =>
    (replicas.length === 0 ? [''] : replicas).map((replica): HandshakeEnd => ({ cluster, replica })),
  );
  const provable = gone.filter(({ why }) => why === undefined);
  if (provable.length === 0) return { kind: 'impossible', why: left.join('; ') };
  const handshakes = provable.flatMap(({ root }) =>
    ends.map((end) => {
      const names = { client: mgmtEnd, server: end.cluster, expects: 'refused' } as const;
      return plan({ id: idOfNegative(end, root), ...names }, { kind: 'old-leaf', end, root });
    }),
  );
  return { kind: 'planned', handshakes, left };
}

/** Why nobody can be shown a leaf of a root any more; undefined where it may be possible. */
function objectToProof({ record, roots }: Subject, root: string): string | undefined {
  const kept = roots.get(root);
  if (kept === undefined) return `mgmt does not have root ${shortFingerprint(root)}`;
  if (kept.custody.kind === 'foreign')
    return `root ${shortFingerprint(root)} came with an adopted cluster, and nobody here has its key`;
  const phase = record.roots.find(({ fingerprint }) => fingerprint === root)?.phase;
  return phase === 'destroyed' ? `the key of root ${shortFingerprint(root)} is destroyed` : undefined;
}

async function conductBetween(
  { spec }: Subject,
  plan: readonly SpokenPlan[],
  { tasks, clock, steadyClock }: AgentConductorOptions,
  { signal, onOutcome }: Conducting,
): Promise<void> {
  if (plan.length === 0) return;
  const { mesh, trustDomain } = spec;
  const onProgress = (outcome: SpokenOutcome): void => onOutcome(betweenOutcome(outcome));
  await conductHandshakes(plan, { mesh, trustDomain, tasks, clock, steadyClock, deadlineMs: roundMs, signal, onProgress });
}

async function conductOldLeaf(
  { spec, record, roots }: Subject,
  ways: readonly Extract<Way, { kind: 'old-leaf' }>[],
  { tasks, authority, clock, steadyClock }: AgentConductorOptions,
  { signal, onOutcome }: Conducting,
): Promise<void> {
  const current = roots.get(record.rotation?.target ?? '');
  const { mesh, trustDomain, intermediate } = spec;
  const untilMs = steadyClock.now() + roundMs;
  for (const [root, of] of Map.groupBy(ways, (way) => way.root)) {
    const old = roots.get(root);
    if (old === undefined || current === undefined) continue;
    const members = [...Map.groupBy(of, ({ end }) => end.cluster)].map(([cluster, ends]) => ({
      cluster,
      replicas: ends.map(({ end }) => end.replica).filter((replica) => replica !== ''),
    }));
    await proveRootRefused(members, {
      ...{ mesh, trustDomain, tasks, clock, signal, authority, old, current, turnMs },
      organization: intermediate.organization,
      // The time is for the round as a whole, however many roots have gone: what it does not reach is tried in the next.
      deadlineMs: Math.max(0, Math.round(untilMs - steadyClock.now())),
      onProgress: (proof) => onOutcome(negativeOutcome(proof, root)),
    });
  }
}

async function conductPaths(
  { spec }: Subject,
  paths: readonly PathToProbe[],
  { tasks }: AgentConductorOptions,
  { signal, onOutcome }: Conducting,
): Promise<void> {
  if (paths.length === 0) return;
  const { mesh, trustDomain } = spec;
  const outcomes = await probePaths(paths, { mesh, trustDomain, tasks, deadlineMs: 3 * turnMs, signal });
  for (const outcome of outcomes) onOutcome(pathOutcome(outcome));
}
