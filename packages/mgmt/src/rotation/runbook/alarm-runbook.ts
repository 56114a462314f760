import type { DriftKind } from '../drift-kind.ts';
import type { Advice } from './gate-runbook.ts';

/** The same of an alarm, and what it says. */
interface AlarmAdvice extends Advice {
  /** When it comes up, as a sentence. */
  readonly means: string;
}

/** The alarm of each kind of drift. */
export const driftAlarms = {
  secret: 'SecretDrifted',
  replica: 'ReplicaDrifted',
  namespace: 'NamespaceDrifted',
  workload: 'WorkloadDrifted',
  'foreign-root': 'ForeignRoot',
} as const satisfies Readonly<Record<DriftKind, string>>;

/** Whatever mgmt raises an alarm for; it has no others. */
export type AlarmReason = keyof typeof alarmRunbook;

/** What to do about each alarm: docs/troubleshooting.md and `reroot explain` are made from it. */
export const alarmRunbook = {
  RootExpiresSoon: {
    means:
      'the current root nears its end: a third of its life is left, critical with a tenth; sooner where rotations start by themselves',
    look: '`reroot status` has its end. No leaf outlives it',
    todo: 'Plan a rotation, and do it: [rotate a root](tasks/rotate.md)',
  },
  RootExpired: {
    means: 'the current root has ended, and with it every certificate under it',
    look: 'Traffic of the mesh fails. `reroot status` has since when',
    todo: 'There is no traffic left to keep: ask `reroot plan --emergency --strategy NONE`, and read [emergency.md](emergency.md) before you start that',
  },
  IntermediateExpiresSoon: {
    means: 'the intermediate of a cluster should have been renewed for a while, and was not',
    look: 'The problems of that cluster in `reroot status`: a silent agent is the usual cause, then a root whose key mgmt does not reach',
    todo: 'Bring the agent back, or follow the remedy of the code that it gives; it renews as soon as it can',
  },
  IntermediateExpired: {
    means: 'the intermediate of a cluster has ended: istiod there signs nothing that anybody accepts',
    look: 'As for IntermediateExpiresSoon',
    todo: 'As for IntermediateExpiresSoon, now: workloads of that cluster lose their connections as their leaves end',
  },
  ClusterQuarantined: {
    means: 'a cluster that returns holds roots that the mesh never had, or signs by one of which nobody here has the key',
    look: 'The sentence names the root. `kubectl -n istio-system get secret cacerts -o yaml` and `reroot pki inspect` show whose it is',
    todo: 'Find out who put it there. Then take the cluster in with `reroot mesh adopt` ([adoption.md](adoption.md)), or give it back what it had',
  },
  StoreOutdated: {
    means: 'the store was restored from an image that is older than the mesh: a cluster was told more than the record knows',
    look: 'The sentence has the cluster, and the term and the generation that it was told. Nobody is told anything meanwhile, and traffic goes on as it is',
    todo: 'Put back a newer image, or another one with `reroot store restore --without-meshes`, make the mesh anew and adopt its clusters: [backup.md](backup.md#an-image-that-is-older-than-the-mesh)',
  },
  KeyNotDestroyed: {
    means: 'a private key that was to be destroyed is there still',
    look: 'The sentence has the code and the remedy',
    todo: 'Follow the remedy: most often a Secret or a path of Vault that mgmt may not delete. It tries again by itself',
  },
  ClockOff: {
    means:
      'the clock of a cluster is off by more than a minute, beyond doubt; critical where certificates are refused because of it',
    look: 'CLOCK in `reroot cluster list` has by how much. Where all are off by the same, it is the clock of mgmt',
    todo: 'Let the nodes follow a time server ([preflight.md](preflight.md#clocks))',
  },
  VersionSkew: {
    means: 'an agent speaks a version of the protocol that is more than one away from that of mgmt',
    look: 'VERSION in `reroot cluster list`',
    todo: 'Update the older of the two: each version of the protocol understands the one before and the one after',
  },
  PreflightFailed: {
    means: 'a rotation should start by itself, because the root nears its end, and preflight keeps it from starting',
    look: '`reroot preflight` has the checks, with the clusters and what helps',
    todo: 'Mend what is fatal; it starts by itself then. Or start it by hand, with `reroot rotate --override CHECK=WHY`',
  },
  WebhookDead: {
    means: 'a webhook that was to be told of the mesh has taken nothing for an hour',
    look: '`reroot notifications list` has the last failure',
    todo: 'Mend the receiver, then `reroot notifications test NAME`; what waits is delivered in order ([notifications.md](notifications.md))',
  },
  SecretDrifted: {
    means: 'somebody has changed the files of `cacerts`, or taken the Secret away',
    look: '`kubectl -n istio-system get secret cacerts --show-managed-fields -o yaml` names the last writer',
    todo: 'Stop that writer: a chart, a GitOps controller, a second CA. The agent writes its files anew unless the policy says `DRIFT_REPORT` ([drift.md](drift.md#what-becomes-of-it))',
  },
  ReplicaDrifted: {
    means: 'an istiod holds other files than the Secret, for longer than a renewal takes',
    look: 'As for ReplicaNotLoaded',
    todo: 'Restart that istiod, and look why it did not load them',
  },
  NamespaceDrifted: {
    means: 'an `istio-ca-root-cert` is missing, or holds other roots',
    look: 'As for NamespaceNotPublished',
    todo: 'istiod writes it anew; if it comes back, somebody else writes it too',
  },
  WorkloadDrifted: {
    means: 'workloads trust other roots than the mesh has, or hold a leaf of another one',
    look: '`reroot status -o wide` names them, `reroot matrix` whom they refuse',
    todo: 'Restart them. If it comes back, they have their certificates from elsewhere than istiod',
  },
  ForeignRoot: {
    means: 'a root is trusted somewhere that this mesh never had: whoever has its key may pass for any workload there',
    look: 'The sentence has the first digits of the root and the place. `reroot pki inspect` shows a file that has it',
    todo: 'Treat it as an incident until you know who put it there ([somebody has the key](emergency.md)). Another mesh that was joined on purpose is taken in by [`reroot mesh adopt`](adoption.md)',
  },
} as const satisfies Readonly<Record<string, AlarmAdvice>>;
