import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterAuthority } from '../cluster/certificate.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import type { Image } from '../node/image.ts';

/** Where istiod's kubeconfig stands in its container; the token that it names comes with a volume. */
export const istiodKubeconfig = './etc/istio/kubeconfig';
export const istiodTokenMount = '/var/run/secrets/lab';

/**
 * An image with `pilot-discovery`. In a cluster istiod finds the API by files at a fixed place of its root filesystem;
 * here processes share one, so it is given a kubeconfig.
 */
export function createIstiodImage(pilotDiscovery: string, server: string, authority: ClusterAuthority): Image {
  return {
    command: pilotDiscovery,
    prepare: async (rootDir) => {
      await mkdir(join(rootDir, 'etc/istio'), { recursive: true });
      await writeKubeconfig(join(rootDir, istiodKubeconfig), {
        server,
        caPem: authority.certificate.pem,
        user: { kind: 'token-file', path: join(rootDir, istiodTokenMount, 'token') },
      });
    },
  };
}
