import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ScriptedApiServer, sendJson, startScriptedApiServer } from '@reroot/kube-api/testing';

/** A question of mgmt to Kubernetes: whose a token is, or what somebody may. */
export interface AskedReview {
  readonly kind: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Somebody whom Kubernetes knows by a token: `get virtualmeshes` is a right to all meshes, `get virtualmeshes demo` to one. */
interface KubernetesPerson {
  readonly token: string;
  readonly user: {
    readonly username: string;
    readonly uid?: string;
    readonly groups?: readonly string[];
    readonly extra?: object;
  };
  readonly rights: readonly string[];
}

/** Answers as Kubernetes does that knows one person. */
export function answerReview({ token, user, rights }: KubernetesPerson, { kind, spec }: AskedReview): object {
  if (kind === 'TokenReview') {
    const known = spec['token'] === token;
    return { kind, spec, status: known ? { authenticated: true, user, audiences: ['reroot'] } : { authenticated: false } };
  }
  const { verb, resource, name = '' } = spec['resourceAttributes'] as Record<string, string>;
  const allowed = rights.includes(`${verb} ${resource}`) || rights.includes(`${verb} ${resource} ${name}`);
  return { kind, spec, status: { allowed } };
}

/** Writes the kubeconfig by which mgmt finds an API server. @returns its path */
export async function writeKubeconfig({ directory, origin, certificate }: ScriptedApiServer): Promise<string> {
  const config = {
    clusters: [{ name: 'c', cluster: { server: origin, 'certificate-authority': certificate.cert } }],
    users: [{ name: 'u', user: { token: 'token-of-mgmt' } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  const file = join(directory, 'kubeconfig');
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** A Kubernetes that knows one person. */
export async function startKubernetesRights(
  person: KubernetesPerson,
): Promise<{ readonly kubeconfigFile: string; readonly stop: () => Promise<void> }> {
  const server = await startScriptedApiServer();
  server.answer(({ body }, response) => sendJson(response, answerReview(person, JSON.parse(body) as AskedReview), 201));
  return { kubeconfigFile: await writeKubeconfig(server), stop: () => server.stop() };
}
