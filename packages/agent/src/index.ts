/**
 * The agent of one cluster: installs the trust that mgmt desires, proves what the cluster holds, and says so.
 *
 *   await superviseAgent({ config, openCluster, openSecretStore, clock, random, log, signal });
 */
export { type AgentOptions, runAgent } from './agent.ts';
export type {
  AcceptedRow,
  AcceptedTrust,
  CaAnnotations,
  CaFiles,
  CaSecret,
  CaSecretContent,
  Cluster,
  NamespaceTrust,
  Owner,
  ProxyReading,
  ProxyRole,
  Replica,
  Rollout,
  UnreadReason,
  Workload,
} from './cluster/cluster.ts';
export type { ClusterEvent } from './cluster/cluster-event.ts';
export { type AgentConfig, type AgentTimings, agentConfigSchema } from './config.ts';
export { groupProxies } from './inspect/group-proxies.ts';
export type { Inspector, SeenCluster } from './inspect/inspector.ts';
export { judgeCaFiles } from './inspect/judge-ca-files.ts';
export { createConfiguredMembership } from './link/configured-membership.ts';
export { type OpenCluster, type SuperviseOptions, superviseAgent } from './supervise-agent.ts';
export type { VaultCredentials } from './vault/vault-credentials.ts';
