import type { Clock } from '@reroot/shared/clock';
import { denied, durationMsAt, type Engine, listAt, nothing, refusal, textAt } from './answer.ts';
import { grantOf, type TokenStore } from './token-store.ts';

interface Role {
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  readonly policies: readonly string[];
  readonly ttlMs: number | undefined;
}

const reviewTimeoutMs = 5_000;

/** The Kubernetes auth method: asks an API server to review the token, as the real one does. */
export function createKubernetesAuth(tokens: TokenStore, clock: Clock): Engine {
  let host = '';
  const roles = new Map<string, Role>();
  return {
    answer: async ({ operation, path, body }) => {
      const [area = '', name = ''] = path.split('/');
      if (operation !== 'write') return undefined;
      if (area === 'config') {
        host = textAt(body, 'kubernetes_host');
        return nothing;
      }
      if (area === 'role') {
        roles.set(name, {
          names: listAt(body, 'bound_service_account_names'),
          namespaces: listAt(body, 'bound_service_account_namespaces'),
          policies: listAt(body, 'token_policies'),
          ttlMs: durationMsAt(body, 'token_ttl'),
        });
        return nothing;
      }
      if (area !== 'login') return undefined;
      const role = roles.get(textAt(body, 'role'));
      if (role === undefined) return refusal(400, `invalid role name ${JSON.stringify(body['role'])}`);
      const [namespace, account] = await review(host, textAt(body, 'jwt'));
      if (!role.names.includes(account ?? '') || !role.namespaces.includes(namespace ?? '')) return denied;
      return grantOf(tokens.create({ policies: [...role.policies, 'default'], ttlMs: role.ttlMs }), clock);
    },
  };
}

/** Namespace and name of a service account; empty when the API server does not know the token. */
async function review(host: string, token: string): Promise<readonly string[]> {
  const response = await fetch(`${host}/apis/authentication.k8s.io/v1/tokenreviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } }),
    signal: AbortSignal.timeout(reviewTimeoutMs),
  });
  const { status } = (await response.json()) as { status?: { authenticated?: boolean; user?: { username?: string } } };
  const user = status?.authenticated === true ? (status.user?.username ?? '') : '';
  return user.startsWith('system:serviceaccount:') ? user.split(':').slice(2) : [];
}
