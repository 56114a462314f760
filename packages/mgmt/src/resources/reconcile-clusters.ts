import type { ClusterAccount, ClusterStatus } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type ManagedClusterSpec, managedClusterSpecSchema } from '@reroot/shared/resources';
import { actAs } from '../audit/index.ts';
import { type Finding, finding } from './conditions.ts';
import { createJoinSecrets, joinSecretOf } from './join-secret.ts';
import { projectCluster } from './project-cluster.ts';
import { putStatus } from './put-status.ts';
import type { ResourceContext, SeenMesh } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';
import { sentenceOf } from './sentence-of.ts';

/** Brings ManagedClusters and the clusters that may speak to mgmt together. */
export interface ClusterReconciler {
  reconcile(meshes: ReadonlyMap<string, SeenMesh>): Promise<void>;
}

const joinValidityMs = 86_400_000;
/** Secrets are not watched, for mgmt may not list them: whether somebody has deleted one is looked at again after this. */
const believedMs = 60_000;
/** For so long a status that is not new is left alone: thousands of clusters have something to say at each step. */
const pace = { urgency: 'whenever', gapMs: 30_000, incidental: ['lastReportAt'] } as const;
/** Of one that a person waits for. */
const awaitedPace = { ...pace, urgency: 'soon', gapMs: 1_000 } as const;
const deletedWhy = 'its ManagedCluster was deleted before an agent had enrolled';

interface Held {
  readonly expiry: string;
  readonly untilMs: number;
}

/** Has seen nothing yet. */
export function createClusterReconciler(context: ResourceContext): ClusterReconciler {
  const { managedClusters, writer, deeds, tell, clock, via, signal } = context;
  const secrets = createJoinSecrets(context.api, context.namespace);
  /** Until when the join files are good that lie in Secrets, by cluster, and for how long that is believed. */
  const held = new Map<string, Held>();
  const hold = (cluster: string, expiry: string): void => void held.set(cluster, { expiry, untilMs: clock.now() + believedMs });
  let known = new Map<string, ResourceObject>();

  const invite = (object: ResourceObject, { mesh }: ManagedClusterSpec, account: ClusterAccount | undefined): void => {
    const { name } = object;
    const by = addedBy(object);
    // Of one version, whatever join file is open: each try opens another one, and where it cannot be written tries must become rarer.
    deeds.attempt(`ManagedCluster/${object.uid}/join`, object.uid, async () => {
      const expiry = await secrets.claim(object, signal);
      if (account?.state === 'invited' && expiry !== undefined && expiry === account.invitationExpiresAt) {
        hold(name, expiry);
        return;
      }
      const asked = {
        ...{ name, mesh, expiresAtMs: clock.now() + joinValidityMs, natsCredentials: undefined },
        mode: account === undefined ? 'new' : 'again',
      } as const;
      const why = `ManagedCluster ${name}`;
      const joinFile = await actAs({ name: by, via, why }, () => context.clusters.add(asked, { by, why }));
      await secrets.write(object, joinFile, signal);
      hold(name, joinFile.enrolment.expiresAt);
      const note = `its join file is in Secret ${joinSecretOf(name)}, good until ${joinFile.enrolment.expiresAt}`;
      tell('ManagedCluster', object, { type: 'Normal', reason: 'Invited', note });
    });
  };
  const removeSecret = ({ name, uid }: ResourceObject): void => {
    deeds.attempt(`ManagedCluster/${uid}/joined`, uid, async () => {
      await secrets.remove(name, signal);
      held.delete(name);
    });
  };
  /** Nobody could speak for it yet: what was deleted shall be void. */
  const withdraw = (object: ResourceObject, account: ClusterAccount): void => {
    deeds.attempt(`ManagedCluster/${object.uid}/withdrawal`, account.name, () =>
      actAs({ name: 'somebody', via, why: deletedWhy }, () =>
        context.clusters.revoke(account.name, { by: addedBy(object), why: deletedWhy }),
      ),
    );
  };
  const reconcileOne = (object: ResourceObject, account: ClusterAccount | undefined, status: ClusterStatus | undefined): void => {
    const parsed = managedClusterSpecSchema.safeParse(object.spec);
    if (!parsed.success) return;
    const ours = isOurs(object, account);
    if (ours && !isHeld(account, held.get(object.name), clock.now())) invite(object, parsed.data, account);
    if (object.status['joinSecret'] !== undefined && !held.has(object.name)) held.set(object.name, { expiry: '', untilMs: 0 });
    if (account?.state === 'enrolled' && held.has(object.name)) removeSecret(object);
    // Once it is nothing that reroot has to invite, nothing tries again, and what failed last would be said for ever.
    const failure = ours ? deeds.failure(`ManagedCluster/${object.uid}/join`, object.uid) : undefined;
    const accepted = acceptedOf(object, parsed.data, account, failure);
    const joinSecret = held.has(object.name) ? joinSecretOf(object.name) : undefined;
    const projection = account === undefined ? { status: {}, findings: [] } : projectCluster({ account, status, joinSecret });
    const findings = [accepted, ...projection.findings];
    putStatus(context, managedClusters, object, { ...projection, findings }, ours ? awaitedPace : pace);
  };
  const make = ({ name, mesh = '' }: ClusterAccount): void => {
    const again = known.has(name);
    const send = async (sending: AbortSignal): Promise<void> => {
      await managedClusters.create(name, { mesh }, sending);
      const made = managedClusters.find(name);
      if (made === undefined || !again) return;
      const note = `cluster ${name} may speak to mgmt whether this object is or not: to shut it out, \`reroot cluster revoke ${name}\``;
      tell('ManagedCluster', made, { type: 'Warning', reason: 'MadeAnew', note });
    };
    writer.put(`ManagedCluster/${name}`, { urgency: 'whenever', gapMs: 1_000, send });
  };
  const discard = (object: ResourceObject): void => {
    const send = (sending: AbortSignal): Promise<void> => managedClusters.remove(object, sending);
    writer.put(`ManagedCluster/${object.name}`, { urgency: 'whenever', gapMs: 1_000, send });
  };
  return {
    reconcile: async (meshes) => {
      const accounts = new Map((await context.describeAccounts()).clusters.map((account) => [account.name, account]));
      const statuses = new Map(
        [...meshes.values()].flatMap(({ status }) => status.clusters.map((each) => [each.name, each] as const)),
      );
      const objects = new Map(managedClusters.list().map((object) => [object.name, object]));
      for (const object of objects.values()) {
        const account = accounts.get(object.name);
        if (object.deletion !== 'none') continue;
        if (account === undefined && object.author === 'reroot') discard(object);
        else reconcileOne(object, account, statuses.get(object.name));
      }
      for (const account of accounts.values()) {
        if (objects.has(account.name) || account.mesh === undefined || account.state === 'revoked') continue;
        const deleted = known.get(account.name);
        if (deleted?.author === 'others' && isOurs(deleted, account)) withdraw(deleted, account);
        else make(account);
      }
      known = new Map([...known, ...objects]);
    },
  };
}

/** Whom the record of a cluster names that was added by an object. */
function addedBy({ writer }: ResourceObject): string {
  return `${writer} (ManagedCluster)`;
}

/** Whether an object alone speaks for the joining of its cluster: one that somebody has added by the API has its join file from there. */
function isOurs(object: ResourceObject, account: ClusterAccount | undefined): boolean {
  if (object.author === 'reroot') return false;
  if (account === undefined) return true;
  if (account.addedBy?.endsWith(' (ManagedCluster)') !== true || account.enrolledAt !== undefined) return false;
  return account.state === 'invited' || account.state === 'expired' || account.revoked?.why === deletedWhy;
}

/** Whether the join file that is open lies in the Secret, as far as is known. */
function isHeld(account: ClusterAccount | undefined, held: Held | undefined, nowMs: number): boolean {
  if (account?.state !== 'invited' || held === undefined) return false;
  return held.expiry === account.invitationExpiresAt && nowMs < held.untilMs;
}

function acceptedOf(
  { name }: ResourceObject,
  { mesh }: ManagedClusterSpec,
  account: ClusterAccount | undefined,
  failure: RerootError | undefined,
): Finding {
  if (failure !== undefined) return finding('Accepted', false, failure.code, sentenceOf(failure));
  if (account === undefined)
    return { type: 'Accepted', status: 'Unknown', reason: 'Pending', message: 'the cluster is being added' };
  if (account.mesh !== undefined && account.mesh !== mesh) {
    const other = new RerootError('RR_CLUSTER_OTHER_MESH', `cluster ${name} was added for mesh ${account.mesh}`);
    return finding('Accepted', false, other.code, sentenceOf(other));
  }
  if (account.state === 'revoked') {
    const revoked = new RerootError(
      'RR_CLUSTER_REVOKED',
      `cluster ${name} was revoked by ${account.revoked?.by ?? ''}: ${account.revoked?.why ?? ''}`,
    );
    return finding('Accepted', false, revoked.code, sentenceOf(revoked));
  }
  return finding('Accepted', true, 'Accepted', 'the cluster has been added');
}
