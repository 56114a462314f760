import type { Clock } from '@reroot/shared/clock';
import type { RootAuthority } from '../authorities/index.ts';
import { type ListedClass, matrixClasses } from '../rotation/index.ts';
import type { HandshakeConductor, NegativePlan, PlannedHandshake } from './handshake-conductor.ts';
import { betweenOutcome, idOf, idOfNegative, idOfPath, mgmtEnd, negativeOutcome, pathOutcome } from './handshake-outcomes.ts';
import {
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
import { matrixPolicyOf, type Subject } from './subject.ts';
import type { Tasks } from './tasks.ts';

/** What having agents shake hands works with. */
export interface AgentConductorOptions {
  readonly tasks: Pick<Tasks, 'ask'>;
  /** Has leaves signed under the old root, where that is still possible. */
  readonly authority: Pick<RootAuthority, 'issue'>;
  readonly clock: Clock;
}

/** What it takes to make a handshake. */
type Way =
  | { readonly kind: 'between'; readonly plan: SpokenPlan }
  | { readonly kind: 'old-leaf'; readonly end: HandshakeEnd }
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
    planPositive: (subject, coverage) =>
      planHandshakes(classesOf(subject), coverage === 'all-pairs' ? 'all' : 'auto').map((spoken) => {
        const { client, server } = spoken;
        const names = { client: client.cluster, server: server.cluster, expects: 'accepted' } as const;
        return plan({ id: idOf(client, server), ...names }, { kind: 'between', plan: spoken });
      }),
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
      await conductOldLeaf(
        subject,
        wayOf('old-leaf').map((way) => way.end),
        options,
        conducting,
      );
      await conductPaths(
        subject,
        wayOf('address').map((way) => way.path),
        options,
        conducting,
      );
    },
  };
}

function planNegative(
  { record, roots }: Subject,
  members: readonly HandshakeMember[],
  plan: (planned: PlannedHandshake, way: Way) => PlannedHandshake,
): NegativePlan {
  const { rotation } = record;
  if (rotation === undefined || !roots.has(rotation.old)) return { kind: 'impossible', why: 'mgmt has no old root' };
  const phase = record.roots.find(({ fingerprint }) => fingerprint === rotation.old)?.phase;
  if (phase === 'destroyed') return { kind: 'impossible', why: 'the key of the old root is destroyed' };
  const ends = members.flatMap(({ cluster, replicas }) =>
    (replicas.length === 0 ? [''] : replicas).map((replica): HandshakeEnd => ({ cluster, replica })),
  );
  const handshakes = ends.map((end) => {
    return plan({ id: idOfNegative(end), client: mgmtEnd, server: end.cluster, expects: 'refused' }, { kind: 'old-leaf', end });
  });
  return { kind: 'planned', handshakes };
}

async function conductBetween(
  { spec }: Subject,
  plan: readonly SpokenPlan[],
  { tasks, clock }: AgentConductorOptions,
  { signal, onOutcome }: Conducting,
): Promise<void> {
  if (plan.length === 0) return;
  const { mesh, trustDomain } = spec;
  const onProgress = (outcome: SpokenOutcome): void => onOutcome(betweenOutcome(outcome));
  await conductHandshakes(plan, { mesh, trustDomain, tasks, clock, deadlineMs: roundMs, signal, onProgress });
}

async function conductOldLeaf(
  { spec, record, roots }: Subject,
  ends: readonly HandshakeEnd[],
  { tasks, authority, clock }: AgentConductorOptions,
  { signal, onOutcome }: Conducting,
): Promise<void> {
  const old = roots.get(record.rotation?.old ?? '');
  const current = roots.get(record.rotation?.target ?? '');
  if (ends.length === 0 || old === undefined || current === undefined) return;
  const members = [...Map.groupBy(ends, ({ cluster }) => cluster)].map(([cluster, of]) => ({
    cluster,
    replicas: of.map(({ replica }) => replica).filter((replica) => replica !== ''),
  }));
  const { mesh, trustDomain, intermediate } = spec;
  const proofs = await proveRootRefused(members, {
    ...{ mesh, trustDomain, tasks, clock, signal, authority, old, current, turnMs },
    organization: intermediate.organization,
  });
  for (const proof of proofs) onOutcome(negativeOutcome(proof));
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
