import type { NatsRevocation } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import type { Log } from '@reroot/shared/log';
import type { CredentialsResponse, Keyring } from '@reroot/shared/protocol';
import { type ClusterRecord, createTurn, type RenamedCluster, type Store, type StoredCluster } from '../store/index.ts';
import { type AddRequest, addCluster } from './add-cluster.ts';
import { answerWith, type Granting, grantEnrolment, grantRenewal } from './answer-request.ts';
import { createClusterIndex } from './cluster-index.ts';
import { type Act, askForChange, extendJwt, forgetExpired, heardBy, heardUnder, rename, revoke } from './cluster-life.ts';
import { createJwtRenewals } from './jwt-renewals.ts';
import type { NatsAccounts } from './nats-accounts.ts';
import { createRequestIntake } from './request-intake.ts';
import type { Revocations } from './revocations.ts';

/** Who speaks for the clusters that were added, and what they are told of their link. */
export interface Enrolment {
  /** Every cluster that was added, revoked ones too, by name. */
  list(): readonly ClusterRecord[];
  find(cluster: string): StoredCluster | undefined;
  /**
   * Adds a cluster, or opens a new join file for one.
   * @returns the join file, which holds secrets that are kept nowhere else
   * @throws RR_CLUSTER_CONFIGURED, RR_CLUSTER_EXISTS, RR_CLUSTER_RENAMING, RR_CLUSTER_NOT_FOUND, RR_CLUSTER_OTHER_MESH,
   *   RR_OPTION_INVALID
   */
  add(request: AddRequest, act: Act): Promise<JoinFile>;
  /** Has the agent make new keys. @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_CONFIGURED, RR_CLUSTER_NOT_ENROLLED */
  rotateCredentials(cluster: string, act: Act): Promise<ClusterRecord>;
  /** Shuts a cluster out. @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_CONFIGURED */
  revoke(cluster: string, act: Act): Promise<ClusterRecord>;
  /**
   * Gives a cluster another name. Nothing else changes clusters until it is written.
   * @param write keeps the record, together with the mesh that has the cluster
   * @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_CONFIGURED, RR_CLUSTER_EXISTS, RR_CLUSTER_RENAMING, RR_CLUSTER_NOT_ENROLLED,
   *   and what `write` throws
   */
  rename(from: string, to: string, act: Act, write: (rename: RecordRename) => Promise<RenamedCluster>): Promise<RenamedCluster>;
  /**
   * Answers an agent that is to be taken in.
   * @throws RR_PROTOCOL_* for what is no request of anybody's: it gets no answer
   */
  answerEnrol(subject: string, payload: Uint8Array): Promise<CredentialsResponse>;
  /** Answers an agent that changes its keys. @throws RR_PROTOCOL_* for what a key of its own has not signed */
  answerRenew(subject: string, payload: Uint8Array): Promise<CredentialsResponse>;
  /** Notes that somebody spoke for a cluster, and until when the JWT lasts that it says to hold. Never throws. */
  heard(mesh: string, cluster: string, said: { readonly keyId: string; readonly natsJwtExpiresAtMs: number }): void;
  /** The keys of whoever speaks for a cluster; its former name is known for the link alone. */
  keyringOf(mesh: string, cluster: string, name: 'present' | 'present-or-former'): Keyring | undefined;
  /** Every name under which an agent may be listening. */
  speaking(): readonly { readonly mesh: string; readonly cluster: string }[];
  /** What the agent that listens under a name is told; undefined when there is none. */
  termsFor(mesh: string, cluster: string): ClusterTerms | undefined;
  /** How NATS keeps out whoever was revoked. */
  natsRevocation(): NatsRevocation;
  /** Has NATS told once more of everybody who is shut out: a server that lost its folder lets them in again. Never throws. */
  remindNats(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** The part of LinkTerms that differs from cluster to cluster. */
export interface ClusterTerms {
  readonly cluster: string;
  readonly credentialsEpoch: number;
  readonly natsJwt: string;
}

/** A record under its new name, and what it rests on. */
export interface RecordRename {
  readonly from: string;
  readonly revision: number;
  readonly record: ClusterRecord;
}

/** What enrolment works with. */
export interface EnrolmentOptions {
  readonly store: Store;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly accounts: NatsAccounts | undefined;
  readonly makeRevocations: (users: () => ReadonlyMap<string, number>) => Revocations;
  /** How agents reach NATS. */
  readonly natsOfAgents: Omit<JoinFile['nats'], 'credentials'>;
  /** Of mgmt, SPKI in DER: the first one is the one that it signs with to those who know no other. */
  readonly publicKeys: () => readonly Uint8Array[];
  readonly publicKeyPems: () => readonly string[];
  /** Names of the clusters whose keys stand in the configuration. */
  readonly configured: ReadonlySet<string>;
  /** Told after each change of who may speak. */
  readonly onChange?: () => void;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Buffer;
  readonly log: Log;
}

/**
 * Reads who was added, and has everybody shut out of NATS who was revoked.
 * @throws RR_CLUSTER_TWICE when the configuration names a cluster that was added; RR_STORE_*
 */
export async function openEnrolmentService(options: EnrolmentOptions): Promise<Enrolment> {
  const { store, term, accounts, onChange = () => undefined, clock, log } = options;
  const index = createClusterIndex(await store.listClusters(), options.configured);
  const revocations = options.makeRevocations(() => revokedUsersOf(index.records()));
  const jwts = createJwtRenewals({ accounts, clock, log });
  const intake = createRequestIntake(index);
  const speakingOf = createSpeaking();
  // Each change rests on the one before: of the store's conflicts none is left but that of a deposed mgmt.
  const turn = createTurn();

  const changeNow = async (name: string, change: (record: ClusterRecord) => ClusterRecord): Promise<ClusterRecord> => {
    const before = index.require(name);
    const changed = change(before.record);
    if (changed === before.record) return changed;
    const record = accounts === undefined ? changed : forgetExpired(changed, longestLifeMs(accounts), clock.now());
    await took(await store.putCluster(record, { term, revision: before.revision }), before.record);
    return record;
  };
  /** What follows from a record that was stored. */
  const took = async (stored: StoredCluster, before: ClusterRecord): Promise<void> => {
    index.put(stored, before.name);
    onChange();
    const known = new Set(before.revokedUsers.map(({ natsUser }) => natsUser));
    const natsUsers = stored.record.revokedUsers.map(({ natsUser }) => natsUser).filter((user) => !known.has(user));
    if (natsUsers.length > 0) {
      // By these names whoever runs NATS shuts them out where mgmt may not.
      log.info({ cluster: stored.record.name, natsUsers }, 'users of NATS are to be shut out');
      revocations.push();
    }
    await jwts.prepare(stored.record);
  };
  const change = (name: string, make: (record: ClusterRecord) => ClusterRecord): Promise<ClusterRecord> =>
    turn.take(() => changeNow(name, make));
  const create = async (record: ClusterRecord): Promise<void> => {
    index.put(await store.putCluster(record, { term, revision: 0 }));
    onChange();
  };
  const granting: Granting = {
    ...{ accounts, clock, publicKeys: options.publicKeys, change: changeNow },
    requireOwnKeys: (name, keys) => index.requireOwnKeys(name, keys),
  };

  for (const record of index.records()) await jwts.prepare(record);
  revocations.push();
  return {
    list: () => index.records(),
    find: (cluster) => index.find(cluster),
    add: (request, act) => turn.take(() => addCluster(request, act, { ...options, index, create, change: changeNow })),
    rotateCredentials: async (cluster, { by, why }) => {
      const record = await change(cluster, askForChange);
      log.info({ cluster, by, why }, 'the agent of a cluster is to change its keys');
      return record;
    },
    revoke: async (cluster, act) => {
      const record = await change(cluster, (before) => (before.revoked === undefined ? revoke(before, act) : before));
      log.info({ cluster, by: act.by, why: act.why }, 'a cluster was revoked');
      return record;
    },
    rename: (from, to, { by, why, nowMs }, write) =>
      turn.take(async () => {
        const { record, revision } = index.require(from);
        index.requireFree(to);
        const renamed = await write({ from, revision, record: rename(record, to, nowMs) });
        log.info({ cluster: to, formerly: from, by, why }, 'a cluster was renamed');
        await took(renamed.cluster, record);
        return renamed;
      }),
    answerEnrol: async (subject, payload) => {
      const asked = intake.openEnrolment(subject, payload);
      return answerWith(log, asked, () => turn.take(() => grantEnrolment(intake.requireAdded(asked).name, asked, granting)));
    },
    answerRenew: async (subject, payload) => {
      const asked = intake.openRenewal(subject, payload);
      return answerWith(log, asked, () =>
        turn.take(async () => {
          // It may be asked to change its keys once more before mgmt was told that it goes by the last ones.
          const { name } = await changeNow(intake.requireAdded(asked).name, (record) =>
            heardBy(record, asked.keyId, clock.now()),
          );
          return grantRenewal(name, asked, granting);
        }),
      );
    },
    heard: (mesh, cluster, { keyId, natsJwtExpiresAtMs }) => {
      const record = index.findListening(mesh, cluster);
      if (record === undefined) return;
      const note = (now: ClusterRecord): ClusterRecord => {
        const spoken = heardUnder(heardBy(now, keyId, clock.now()), cluster);
        return extendJwt(spoken, jwts.confirmed(spoken, natsJwtExpiresAtMs) ?? 0);
      };
      // Most messages are no news, and cost nothing more.
      if (note(record) === record) return;
      change(record.name, note).catch((error: unknown) => {
        const { code, message } = toRerootError(error);
        log.warn({ cluster, code, problem: message }, 'what an agent has shown could not be kept; it will show it again');
      });
    },
    keyringOf: (mesh, cluster, name) => {
      const record = name === 'present' ? index.find(cluster)?.record : index.findListening(mesh, cluster);
      return record?.mesh === mesh ? index.keyringOf(record) : undefined;
    },
    speaking: () => speakingOf(index.records()),
    termsFor: (mesh, cluster) => {
      const record = index.findListening(mesh, cluster);
      if (record?.agent === undefined) return undefined;
      // An agent that listens under the former name needs a user of the new one's subjects, however long its own still lasts.
      const natsJwt = jwts.present(record, cluster === record.name ? 'when-due' : 'now');
      return { cluster: record.name, credentialsEpoch: record.epoch, natsJwt };
    },
    natsRevocation: () => {
      if (accounts === undefined) return 'by-hand';
      if (accounts.updater === undefined) return 'by-expiry';
      return revocations.isPending() ? 'pending' : 'in-force';
    },
    remindNats: () => {
      revocations.push();
    },
    idle: async () => {
      await turn.take(async () => undefined);
      await revocations.idle();
    },
  };
}

/** The configuration may have allowed longer JWTs than now, and join files last up to thirty days. */
function longestLifeMs({ lifetimeMs }: NatsAccounts): number {
  return Math.max(lifetimeMs, 366 * 86_400_000);
}

/** The same list as long as no record has changed: it is asked for some times a second. */
function createSpeaking(): (records: readonly ClusterRecord[]) => ReturnType<Enrolment['speaking']> {
  let known: { readonly records: readonly ClusterRecord[]; readonly names: ReturnType<Enrolment['speaking']> } | undefined;
  return (records) => {
    if (known?.records !== records) known = { records, names: records.flatMap(namesHeard) };
    return known.names;
  };
}

function namesHeard({ mesh, name, formerName, agent }: ClusterRecord): { readonly mesh: string; readonly cluster: string }[] {
  if (agent === undefined) return [];
  return [name, formerName].flatMap((cluster) => (cluster === undefined ? [] : [{ mesh, cluster }]));
}

function revokedUsersOf(records: readonly ClusterRecord[]): ReadonlyMap<string, number> {
  return new Map(records.flatMap(({ revokedUsers }) => revokedUsers.map(({ natsUser, atMs }) => [natsUser, atMs] as const)));
}
