import type { ClusterAccount, ClusterAccounts, LinkHealth, NatsRevocation } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { type Enrolment, keyIdOf } from '../enrolment/index.ts';
import type { KeyDirectory, LinkView, RefusalCounts, Refusals, SigningKeys } from '../fleet/index.ts';
import type { LinkAnswer } from '../rotation/index.ts';
import type { Operations } from '../runner/index.ts';
import type { ClusterRecord, Invitation } from '../store/index.ts';
import { timestamp } from './describe-cluster.ts';
import { describeLink } from './describe-link.ts';

/** Everything that is known of who may speak to mgmt. */
export interface AccountsMoment {
  readonly added: readonly ClusterRecord[];
  /** Names of the clusters whose keys stand in the configuration, each with the mesh that has it, if one has. */
  readonly configured: ReadonlyMap<string, string | undefined>;
  readonly linkOf: (mesh: string, cluster: string) => LinkAnswer | undefined;
  readonly refusalsOf: (cluster: string) => RefusalCounts;
  readonly signingKeys: SigningKeys;
  readonly natsRevocation: NatsRevocation;
  readonly silentAfterMs: number;
  readonly nowMs: number;
}

/** What an accounts view works with. */
export interface AccountsViewOptions {
  readonly enrolment: Pick<Enrolment, 'list' | 'natsRevocation'>;
  readonly keys: Pick<KeyDirectory, 'configured'>;
  readonly links: Pick<LinkView, 'find'>;
  readonly refusals: Pick<Refusals, 'of'>;
  readonly signingKeys: SigningKeys;
  readonly operations: Pick<Operations, 'listMeshes'>;
  readonly silentAfterMs: number;
  readonly clock: Clock;
}

/** Looks each time anew who may speak to mgmt. */
export function createAccountsView(options: AccountsViewOptions): () => Promise<ClusterAccounts> {
  const { enrolment, keys, links, refusals, signingKeys, operations, silentAfterMs, clock } = options;
  return async () => {
    const meshes = await operations.listMeshes();
    const meshOf = new Map(
      meshes.flatMap(({ view: { stored } }) => stored.spec.clusters.map((cluster) => [cluster, stored.spec.mesh] as const)),
    );
    return describeAccounts({
      ...{ added: enrolment.list(), natsRevocation: enrolment.natsRevocation() },
      ...{ signingKeys, silentAfterMs, nowMs: clock.now() },
      configured: new Map([...keys.configured].map((name) => [name, meshOf.get(name)])),
      linkOf: (mesh, cluster) => links.find(mesh, cluster),
      refusalsOf: (cluster) => refusals.of(cluster),
    });
  };
}

/** What the API says of the clusters that may speak to mgmt, by name. Pure. */
export function describeAccounts(moment: AccountsMoment): ClusterAccounts {
  const { added, configured, signingKeys, natsRevocation } = moment;
  const clusters = [
    ...[...configured].map(([name, mesh]) => describeConfigured(name, mesh, moment)),
    // One that was revoked and stands in the configuration now is listed as what it is now.
    ...added.filter(({ name }) => !configured.has(name)).map((record) => describeAdded(record, moment)),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const speaking = clusters.flatMap(({ name, mesh, state }) =>
    mesh === undefined || state !== 'enrolled' ? [] : [{ mesh, cluster: name }],
  );
  const newest = (signingKeys.next ?? signingKeys.current).keyId;
  const heldByAll = signingKeys.heldByAll(speaking) && openJoinFiles(moment).every(({ mgmtKeys }) => mgmtKeys.includes(newest));
  return {
    clusters,
    signingKeys: {
      current: signingKeys.current.keyId,
      ...(signingKeys.next === undefined ? {} : { next: signingKeys.next.keyId }),
      heldByAll,
    },
    natsRevocation,
  };
}

/** An agent that enrols by one can be spoken to by no other key than it names. */
function openJoinFiles({ added, nowMs }: AccountsMoment): readonly Invitation[] {
  return added.flatMap(({ invitation }) => (invitation === undefined || nowMs >= invitation.expiresAtMs ? [] : [invitation]));
}

function describeConfigured(name: string, mesh: string | undefined, moment: AccountsMoment): ClusterAccount {
  return {
    ...{ name, origin: 'configured', state: 'enrolled', changing: [] },
    ...(mesh === undefined ? {} : { mesh, ...linkPart(mesh, name, moment) }),
    refusedByMgmt: moment.refusalsOf(name),
  };
}

function describeAdded(record: ClusterRecord, moment: AccountsMoment): ClusterAccount {
  const { name, mesh, invitation, agent, nextAgent, revoked, formerName } = record;
  const link =
    linkPart(mesh, name, moment).link ?? (formerName === undefined ? undefined : linkPart(mesh, formerName, moment).link);
  const isChanging = agent !== undefined && (nextAgent !== undefined || agent.epoch < record.epoch);
  return {
    ...{ name, mesh, origin: 'added', state: stateOf(record, moment.nowMs) },
    ...{ addedBy: record.addedBy, addedAt: timestamp(record.addedAtMs) },
    ...(invitation === undefined ? {} : { invitationExpiresAt: timestamp(invitation.expiresAtMs) }),
    ...(agent === undefined ? {} : { enrolledAt: timestamp(agent.atMs), keyId: keyIdOf(agent.publicKeyPem) }),
    ...(revoked === undefined ? {} : { revoked: { by: revoked.by, why: revoked.why, at: timestamp(revoked.atMs) } }),
    changing: [...(isChanging ? (['credentials'] as const) : []), ...(formerName === undefined ? [] : (['name'] as const))],
    ...(link === undefined ? {} : { link }),
    refusedByMgmt: moment.refusalsOf(name),
  };
}

function stateOf({ revoked, agent, invitation }: ClusterRecord, nowMs: number): ClusterAccount['state'] {
  if (revoked !== undefined) return 'revoked';
  if (agent !== undefined) return 'enrolled';
  return invitation !== undefined && nowMs >= invitation.expiresAtMs ? 'expired' : 'invited';
}

function linkPart(
  mesh: string,
  cluster: string,
  { linkOf, silentAfterMs, nowMs }: AccountsMoment,
): { readonly link?: LinkHealth } {
  const link = describeLink(linkOf(mesh, cluster), silentAfterMs, nowMs);
  return link === undefined ? {} : { link };
}
