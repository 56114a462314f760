import type { GateReason } from '../gate.ts';
import type { meshReasons, silenceReasons, trustReasons } from '../verdict.ts';

/** What a person does about a reason. Sentences of Markdown, with links as docs/troubleshooting.md has them. */
export interface Advice {
  /** Where one sees more of it. */
  readonly look: string;
  /** What helps. */
  readonly todo: string;
}

/** Why a verdict may not pass. */
export type VerdictReason =
  | (typeof silenceReasons)[keyof typeof silenceReasons]
  | GateReason
  | (typeof trustReasons)[keyof typeof trustReasons]
  | (typeof meshReasons)[keyof typeof meshReasons];

/** What to do about each reason for which a rotation waits: docs/troubleshooting.md and `reroot explain` are made from it. */
export const gateRunbook: Readonly<Record<VerdictReason, Advice>> = {
  ClusterNeverReported: {
    look: '`reroot cluster list`: `invited` means that no agent has used the join file yet, `expired` that it is too late for that, `enrolled` that an agent has come. The sentence of `reroot status` says whether that agent answers',
    todo: 'Start the agent with its join file ([kubernetes.md](kubernetes.md#joining)), or make another one with `reroot cluster add NAME --mesh MESH --again`. Where it answers and sends no report, its log names the code',
  },
  ClusterSilent: {
    look: 'LINK in `reroot cluster list`, and the sentence of `reroot status`: an agent that answers and sends no report has a problem of its own, one that does not answer is gone or cut off; where `RR_PROTOCOL_REPLAYED` of it grows in `reroot cluster list -o json`, an agent of a release before this one was started anew after its clock had been ahead and was set back',
    todo: 'Bring the site or the agent back, and it goes on by itself; in the last case upgrade it, or start mgmt anew, which then hears it. If that takes too long, [a cluster is offline](tasks/cluster-offline.md) has the ways to go',
  },
  ClusterNameShared: {
    look: 'The sentence has the uids of both: `kubectl get namespace kube-system -o jsonpath={.metadata.uid}` says whose each is',
    todo: 'Stop the agent that does not belong there, and give it a name of its own with `reroot cluster add`. After a cluster was rebuilt, stop the old agent',
  },
  GenerationNotApplied: {
    look: 'For some seconds this is usual. Longer: the sentence has the code that the agent gives, and [errors.md](errors.md) its remedy',
    todo: 'Follow the remedy of that code. Without one, look into the log of the agent for what it does meanwhile',
  },
  NotWritten: {
    look: 'The code in the sentence: `RR_SECRET_NOT_OURS` is a `cacerts` that somebody else wrote, `RR_CLUSTER_FORBIDDEN` a right that is missing, an issuing error one of mgmt or Vault',
    todo: 'Follow the remedy of the code in [errors.md](errors.md). A Secret of somebody else is taken over by `reroot mesh adopt`, never by a rotation',
  },
  ReplicaNotLoaded: {
    look: 'The log of that istiod for `Multi root is disabled`, `Updating new ROOT-CA not supported` or `Failed to update new Plug-in CA certs`, and whether the sentence names `ISTIO_MULTIROOT_MESH`. A kubelet may take up to 90 s to bring a Secret into a volume',
    todo: 'Wait two minutes. An istiod that refuses what it finds loads it at a restart: set `restarts: RESTART_NEEDED` in the [policy](configuration.md), or restart that one. `could not be probed` is a network policy or a port: the agent must reach each pod of istiod at its own address',
  },
  NudgePending: {
    look: 'The problems of that cluster in `reroot status`; the agent changes the bytes of the bundle, so that proxies ask for new certificates, once every replica has loaded it',
    todo: 'Usually nothing: it comes within seconds of the last replica. If it stays, the log of the agent has the reason',
  },
  NamespaceNotPublished: {
    look: 'Whether the namespace has `istio-ca-root-cert`, and who owns it: `kubectl -n NAMESPACE get configmap istio-ca-root-cert -o yaml`. One leading istiod writes all of them, from its own memory',
    todo: 'Another writer of that ConfigMap (a chart, a second control plane) must go. A namespace that istiod does not serve, by `discoverySelectors`, must be told to the agent ([kubernetes.md](kubernetes.md))',
  },
  WorkloadNotProven: {
    look: 'The sentence says why the proxies could not be read, with the namespace and examples',
    todo: 'Give the agent `pods/portforward` ([rbac.md](rbac.md)) where that is missing. A restart of the workload proves it as well, and so does the end of its leaf, a day by default',
  },
  WorkloadTrustDiffers: {
    look: '`reroot status -o wide` for the workloads. `they change only with their next certificate or a restart` means that nothing is wrong: they hear of no push',
    todo: 'Wait for half the life of their leaves, or let the agents restart them: `workloadRestarts: RESTART_NEEDED` in the [policy](configuration.md). Proxies that are pushed to and stay behind are connected to an istiod that does not send: restart the proxy',
  },
  WorkloadSignedByOtherRoot: {
    look: '`reroot status -o wide` for the workloads, and whether their proxies reach istiod: a proxy that gets no new certificate says so in its log',
    todo: 'As for WorkloadTrustDiffers. A proxy whose certificates come from elsewhere than istiod never changes: take that mesh out of the rotation first ([preflight.md](preflight.md))',
  },
  TrustMatrixRed: {
    look: '`reroot matrix` for the pairs, `reroot matrix --from A --to B` for which leaf is refused by which bundle, and where',
    todo: 'Traffic between them fails at this moment. Mend the place that is named: most often a replica or a namespace that was left behind, or a cluster that was excluded. The rotation does not go on over it',
  },
  TrustMatrixUnknown: {
    look: '`reroot matrix` names the places of which nothing is known',
    todo: 'As for WorkloadNotProven: what cannot be read must be restarted, or waited for',
  },
  WouldLoseTrust: {
    look: '`reroot matrix --projected` shows what would be refused while the next row is put in force',
    todo: 'Nothing is broken yet, and nothing will be: the next step is held back. Bring the workloads that are named up to date, by a restart or their next certificate, or exclude their cluster and accept that it is cut off',
  },
  NoMember: {
    look: '`reroot status`: every cluster is excluded, returning, joining or waits to be adopted',
    todo: 'Include one (`reroot include NAME --why …`), or adopt them (`reroot mesh adopt`, [adoption.md](adoption.md))',
  },
  StoreRestored: {
    look: '`reroot status` names a cluster that has not reported since, and counts the others',
    todo: 'Bring its agent back, or exclude it (`reroot exclude NAME --why …`): it is told nothing then, until it returns and has shown what it holds ([backup.md](backup.md#after-it))',
  },
  StoreOutdated: {
    look: 'The sentence has the cluster, and the term and the generation that it was told. Nobody is told anything meanwhile, and traffic goes on as it is',
    todo: 'Put back a newer image, or another one with `reroot store restore --without-meshes`, make the mesh anew and adopt its clusters: [backup.md](backup.md#an-image-that-is-older-than-the-mesh)',
  },
  AwaitingApproval: {
    look: '`reroot status` has who started it, why, and what is lost by it',
    todo: 'Another person than the one who started it answers `reroot verify --continue --why …`, or refuses it with `--rollback` ([emergency.md](emergency.md))',
  },
  MaintenanceWindowClosed: {
    look: 'The sentence says when the next one opens, and `reroot plan` what that makes of the end',
    todo: 'Wait, or change `maintenanceWindows` in the spec and `reroot apply` it: that counts at once, in the rotation under way too',
  },
  WaveSoaking: {
    look: 'The sentence says until when. A cluster that lags behind again meanwhile makes it begin anew',
    todo: 'Look at the traffic of the clusters of that wave: that is what the time is for. `waves.soak` in the spec is how long',
  },
  OverlapNotElapsed: {
    look: 'The sentence says until when, and the policy why: below `EVIDENCE_HELD` only time proves that no old leaf is left',
    todo: 'Wait. Shortening `minimumOverlap` is safe only where `requiredEvidence` is `EVIDENCE_HELD`',
  },
  AwaitingVerification: {
    look: '`reroot status` for what is proven; your own dashboards for what traffic makes of it; `reroot prove` shakes hands between the clusters now',
    todo: 'Answer: `reroot verify --continue --why …` or `--rollback`. The whole command is printed by `reroot wait`',
  },
  VerificationRunning: {
    look: '`reroot proofs` when it is through; [verification.md](verification.md) has what it checks',
    todo: 'Usually nothing. Until `timeout` what does not pass is tried again; then `onFailure` decides',
  },
  VerificationSoaking: {
    look: '`reroot proofs` for what has passed already, and the sentence for how long it must stay so',
    todo: 'Nothing: it looks again at the end. `soak` of the verification in the spec is how long',
  },
  AwaitingOperator: {
    look: '`reroot history` has why it failed, or who rolled it back',
    todo: 'Mend the cause, then `reroot retry` what has failed, or `reroot verify --continue` to go forward from a row that was rolled back to; `--rollback` goes further back',
  },
};
