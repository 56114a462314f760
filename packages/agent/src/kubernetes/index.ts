/**
 * The port `Cluster` over the API of Kubernetes; docs/kubernetes.md says what it reads and writes.
 *
 *   const cluster = await openKubernetesCluster({ name, config, clock, random, log });
 */
export { type KubernetesConfig, kubernetesConfigSchema } from './config.ts';
export type { KubernetesCluster } from './kubernetes-cluster.ts';
export { openKubernetesCluster } from './open-kubernetes-cluster.ts';
export { openSecretLinkStore } from './open-secret-link-store.ts';
