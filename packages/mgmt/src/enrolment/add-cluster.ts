import { RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import type { Log } from '@reroot/shared/log';
import { invitationKey } from '@reroot/shared/protocol';
import type { ClusterRecord, Invitation } from '../store/index.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { type Act, inviteAgain, newCluster } from './cluster-life.ts';
import type { JoinUser, NatsAccounts } from './nats-accounts.ts';
import { keyIdOf } from './record-keys.ts';

/** A cluster to add. */
export interface AddRequest {
  readonly name: string;
  readonly mesh: string;
  readonly expiresAtMs: number;
  /** `again` for a cluster that was added before. */
  readonly mode: 'new' | 'again';
  /** Where mgmt makes no users of NATS: what the agent is to connect with, if anything. */
  readonly natsCredentials: Pick<JoinUser, 'jwt' | 'seed'> | undefined;
}

/** What adding works with. */
export interface Adding {
  readonly index: Pick<ClusterIndex, 'find' | 'require' | 'requireFree'>;
  readonly accounts: NatsAccounts | undefined;
  /** How agents reach NATS. */
  readonly natsOfAgents: Omit<JoinFile['nats'], 'credentials'>;
  readonly publicKeyPems: () => readonly string[];
  readonly randomBytes: (count: number) => Buffer;
  readonly log: Log;
  /** Keeps a record that is not there yet. */
  readonly create: (record: ClusterRecord) => Promise<void>;
  /** Keeps a change of one. */
  readonly change: (name: string, change: (record: ClusterRecord) => ClusterRecord) => Promise<ClusterRecord>;
}

/**
 * Adds a cluster, or opens a new join file for one. What the join file proves is kept before the file is given away, and
 * the token itself is kept nowhere.
 * @throws RR_CLUSTER_CONFIGURED, RR_CLUSTER_EXISTS, RR_CLUSTER_RENAMING, RR_CLUSTER_NOT_FOUND, RR_CLUSTER_OTHER_MESH,
 *   RR_OPTION_INVALID
 */
export async function addCluster(request: AddRequest, act: Act, adding: Adding): Promise<JoinFile> {
  const { accounts, index, log } = adding;
  const { name, mesh, expiresAtMs, mode, natsCredentials } = request;
  if (mode === 'new') index.requireFree(name);
  else requireSameMesh(index.require(name).record, mesh);
  if (accounts !== undefined && natsCredentials !== undefined) {
    throw new RerootError('RR_OPTION_INVALID', 'NATS credentials were given, and mgmt makes those of agents itself', {
      remedy: 'leave --nats-credentials out',
    });
  }
  const secret = adding.randomBytes(32);
  const tokenId = adding.randomBytes(8).toString('hex');
  const user = await accounts?.issueJoinUser({ mesh, cluster: name, expiresAtMs });
  const key = Buffer.from(invitationKey(secret)).toString('hex');
  const mgmtKeys = adding.publicKeyPems().map(keyIdOf);
  const invitation: Invitation = { tokenId, key, expiresAtMs, natsUser: user?.natsUser ?? '', mgmtKeys };
  if (mode === 'new') await adding.create(newCluster(name, mesh, invitation, act));
  else await adding.change(name, (record) => inviteAgain(record, { mesh, invitation }, act));
  log.info({ cluster: name, mesh, tokenId, by: act.by, why: act.why }, 'a join file was made');
  const credentials = user ?? natsCredentials;
  return {
    ...{ apiVersion: 'reroot.dev/v1', kind: 'JoinFile', mesh, cluster: name },
    nats: {
      ...adding.natsOfAgents,
      ...(credentials === undefined ? {} : { credentials: { jwt: credentials.jwt, seed: credentials.seed } }),
    },
    mgmt: { publicKeys: [...adding.publicKeyPems()] },
    enrolment: { tokenId, token: secret.toString('base64url'), expiresAt: new Date(expiresAtMs).toISOString() },
  };
}

/** The agent of another mesh would go on with what it may do there. */
function requireSameMesh({ name, mesh, revoked }: ClusterRecord, wanted: string): void {
  if (mesh === wanted || revoked !== undefined) return;
  throw new RerootError('RR_CLUSTER_OTHER_MESH', `cluster ${name} was added for mesh ${mesh}`);
}
