import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '@reroot/shared/config';
import { z } from 'zod';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import type { Manifest } from '../objects/manifest.ts';
import { issueAccountToken } from './account-token.ts';

/** How the agent of a cluster comes to the Kubernetes API: with the rights of `deploy/agent/rbac.yaml`, and no more. */
export interface AgentAccess {
  readonly kubeconfig: string;
  /** The ServiceAccount of the agent. */
  readonly account: { readonly namespace: string; readonly name: string };
  /** Puts a fresh token where the kubeconfig says; one that lives for less than nothing has expired. */
  writeToken(lifetimeMs: number): Promise<void>;
  /** Writes another kubeconfig of the same user, for an API at another address. */
  writeKubeconfigFor(server: string, caPem: string): Promise<string>;
}

const account = { namespace: 'reroot', name: 'reroot-agent' } as const;
const rbacFiles = {
  usual: 'agent/rbac.yaml',
  vault: 'agent/rbac-vault.yaml',
  mgmt: 'mgmt/rbac-secrets.yaml',
  mgmtAccess: 'mgmt/rbac-access.yaml',
  people: 'mgmt/rbac-people.yaml',
  mgmtResources: 'mgmt/rbac-resources.yaml',
} as const;
const tokenLifetimeMs = 12 * 3_600_000;

const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** Gives the agent its rights, a token and a kubeconfig. */
export async function grantAgent(
  { admin, authority, server, tokenKey }: ControlPlane,
  dir: string,
  apply: (manifests: readonly Manifest[]) => Promise<void>,
): Promise<AgentAccess> {
  await apply(await readRbac('usual'));
  const path = `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}`;
  const { metadata } = await admin.request<{ metadata: { uid: string } }>('GET', path);
  const tokenFile = join(dir, 'agent.token');
  const writeToken = async (lifetimeMs: number): Promise<void> => {
    // As a kubelet renews it: all at once.
    await writeFile(`${tokenFile}.new`, issueAccountToken({ ...account, uid: metadata.uid, key: tokenKey, lifetimeMs }), {
      mode: 0o600,
    });
    await rename(`${tokenFile}.new`, tokenFile);
  };
  let written = 0;
  const writeKubeconfigFor = async (address: string, caPem: string): Promise<string> => {
    const file = join(dir, `agent-${written++}.kubeconfig`);
    await writeKubeconfig(file, { server: address, caPem, user: { kind: 'token-file', path: tokenFile } });
    return file;
  };
  await writeToken(tokenLifetimeMs);
  return { kubeconfig: await writeKubeconfigFor(server, authority.certificate.pem), account, writeToken, writeKubeconfigFor };
}

/** Rights as they are shipped: what every agent needs, what one that logs in to Vault needs besides, what mgmt needs, or people. */
export async function readRbac(part: keyof typeof rbacFiles): Promise<readonly Manifest[]> {
  const rbacFile = fileURLToPath(new URL(`../../../../deploy/${rbacFiles[part]}`, import.meta.url));
  const documents = (await readFile(rbacFile, 'utf8')).split(/^---$/m);
  return documents.map((text) => {
    const object = parseYaml(text, objectSchema, rbacFile);
    return { path: pathOf(object), object };
  });
}

/** Where objects of the kinds that rights are made of are found. */
function pathOf({ kind, metadata: { name, namespace } }: z.infer<typeof objectSchema>): string {
  const group = kind.includes('Role') ? '/apis/rbac.authorization.k8s.io/v1' : '/api/v1';
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${group}${scope}/${kind.toLowerCase()}s/${name}`;
}
