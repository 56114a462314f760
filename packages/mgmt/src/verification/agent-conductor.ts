import type { Clock } from '@reroot/shared/clock';
import type { PresentedTrust } from '@reroot/shared/protocol';
import type { RootAuthority } from '../authorities/index.ts';
import { type ListedClass, matrixClasses } from '../rotation/index.ts';
import type { Evidence } from '../store/index.ts';
import type { HandshakeConductor, HandshakeOutcome, NegativePlan, PlannedHandshake } from './handshake-conductor.ts';
import {
  conductHandshakes,
  type HandshakeEnd,
  type HandshakeMember,
  type NegativeProof,
  type PathOutcome,
  type PathToProbe,
  type PresentedByBoth,
  planHandshakes,
  probePaths,
  proveRootRefused,
  type Refusal,
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

/** Where mgmt itself is one end of a handshake. */
const mgmtEnd = 'mgmt';

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
            const id = `${cluster}>${address}/${serverName}`;
            return plan({ id, client: cluster, server: address, expects: 'accepted' }, { kind: 'address', path });
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

function idOf(client: HandshakeEnd, server: HandshakeEnd): string {
  return `${client.cluster}/${client.replica}>${server.cluster}/${server.replica}`;
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
    const id = idOf({ cluster: mgmtEnd, replica: 'old root' }, end);
    return plan({ id, client: mgmtEnd, server: end.cluster, expects: 'refused' }, { kind: 'old-leaf', end });
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

function betweenOutcome({ client, server, result, atMs, tookMs, tries }: SpokenOutcome): HandshakeOutcome {
  const names = { id: idOf(client, server), client: client.cluster, server: server.cluster };
  const evidence: Evidence = {
    ...{ clientReplica: client.replica, serverReplica: server.replica, at: timestamp(atMs), tookMs, tries },
    ...(result.kind === 'unavailable' ? { code: result.code } : presented(result)),
  };
  switch (result.kind) {
    case 'accepted':
      return { ...names, outcome: 'accepted', laggard: names.client, message: 'each end trusts the other', evidence };
    case 'refused': {
      const { message, by } = refusalText(result.refusals);
      const laggard = by === 'client' ? names.client : names.server;
      return { ...names, outcome: 'refused', laggard, message, evidence: { ...evidence, refusals: result.refusals } };
    }
    case 'unavailable':
      return { ...names, outcome: 'unavailable', laggard: names.client, message: result.message, evidence };
  }
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

function negativeOutcome({ cluster, replica, result, atMs }: NegativeProof): HandshakeOutcome {
  const names = { id: idOf({ cluster: mgmtEnd, replica: 'old root' }, { cluster, replica }), client: mgmtEnd, server: cluster };
  const of = { ...names, laggard: cluster };
  const seen = { serverReplica: replica, at: timestamp(atMs) };
  switch (result.kind) {
    case 'proven': {
      const { message } = refusalText(result.refused.refusals);
      const evidence = { ...seen, refusals: result.refused.refusals, control: presented(result.control) };
      return { ...of, outcome: 'refused', message: `${message}; a leaf of the new root was accepted`, evidence };
    }
    case 'broken':
      return {
        ...of,
        outcome: 'accepted',
        message: 'a leaf of the old root was accepted',
        evidence: { ...seen, ...presented(result.accepted) },
      };
    case 'unproven':
      return { ...of, outcome: 'unavailable', message: result.message, evidence: { ...seen, code: result.code } };
    case 'impossible':
      return { ...of, outcome: 'impossible', message: result.message, evidence: { ...seen, code: result.code } };
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

function pathOutcome({ from, address, serverName, result }: PathOutcome): HandshakeOutcome {
  const names = { id: `${from.cluster}>${address}/${serverName}`, client: from.cluster, server: address, laggard: from.cluster };
  if (result.kind === 'unavailable') {
    return { ...names, outcome: 'unavailable', message: result.message, evidence: { code: result.code } };
  }
  const { state, failure, peerChain, peerIdentity, refusedBy } = result;
  const evidence = { clientReplica: from.replica, peerChain, peerIdentity, failure, refusedBy };
  const why = failure?.reason ?? '';
  if (state === 'trusted') return { ...names, outcome: 'accepted', message: `it trusts ${peerIdentity}`, evidence };
  if (state === 'refused')
    return { ...names, outcome: 'refused', message: `refused by the ${refusedBy ?? 'agent'}: ${why}`, evidence };
  return { ...names, outcome: 'unavailable', message: `TLS broke off: ${why}`, evidence };
}

function presented({ client, server }: PresentedByBoth): Evidence {
  return { presentedByClient: trustText(client), presentedByServer: trustText(server) };
}

/** Fingerprints say all of it. */
function trustText({ chain, bundleSha256, roots }: PresentedTrust): Evidence {
  return { leaf: chain[0] ?? '', bundleSha256, roots };
}

function refusalText(refusals: readonly Refusal[]): { readonly message: string; readonly by: Refusal['by'] } {
  const [first] = refusals;
  const why = refusals.map(({ by, failure }) => `the ${by} refused it: ${failure.reason} (alert ${failure.alert})`);
  return { message: why.join('; '), by: first?.by ?? 'server' };
}

function timestamp(atMs: number): string {
  return new Date(atMs).toISOString();
}
