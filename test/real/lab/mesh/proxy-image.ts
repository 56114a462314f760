import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Image } from '../node/image.ts';
import type { Pod } from '../node/pod.ts';
import { createEnvoyBootstrap, type ProxyNode } from './envoy-bootstrap.ts';

/** Paths in the container, from its root, which is the working directory. */
export const proxyPaths = {
  config: './etc/istio/proxy',
  binary: './usr/local/bin/envoy',
  bootstrap: './etc/istio/bootstrap.json',
} as const;

/** An image with `pilot-agent` and Envoy, which the agent starts. */
export function createProxyImage(pilotAgent: string, envoy: string): Image {
  return {
    command: pilotAgent,
    prepare: async (rootDir, pod, address) => {
      await mkdir(join(rootDir, proxyPaths.config), { recursive: true });
      await mkdir(join(rootDir, 'var/run/secrets/workload-spiffe-uds'), { recursive: true });
      await mkdir(dirname(join(rootDir, proxyPaths.binary)), { recursive: true });
      await rm(join(rootDir, proxyPaths.binary), { force: true });
      await symlink(envoy, join(rootDir, proxyPaths.binary));
      await writeFile(
        join(rootDir, proxyPaths.bootstrap),
        JSON.stringify(createEnvoyBootstrap(proxyNode(pod, address), address), null, 2),
      );
    },
  };
}

/** Who the proxy is to istiod (pkg/model/proxy.go, `ServiceNode`); with a bootstrap of one's own, pilot-agent adds nothing to it. */
function proxyNode({ metadata, spec }: Pod, address: string): ProxyNode {
  const { name, namespace, labels } = metadata;
  const role = spec.containers[0]?.args?.[1] ?? 'sidecar';
  return {
    id: `${role}~${address}~${name}.${namespace}~${namespace}.svc.cluster.local`,
    cluster: `${labels?.['app'] ?? name}.${namespace}`,
    metadata: {
      NAME: name,
      NAMESPACE: namespace,
      SERVICE_ACCOUNT: spec.serviceAccountName ?? 'default',
      INSTANCE_IPS: address,
      INTERCEPTION_MODE: 'NONE',
      LABELS: labels ?? {},
    },
  };
}
