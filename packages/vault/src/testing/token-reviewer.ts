import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What of a Kubernetes API server the Kubernetes auth method of a Vault asks. */
export interface TokenReviewer {
  /** `http://127.0.0.1:…`, for `kubernetes_host`. */
  readonly host: string;
  /** A token of a service account, by its shape a JWT. */
  issue(namespace: string, account: string): string;
  stop(): Promise<void>;
}

const maxTokens = 1_000;

/** Starts one that has issued nothing. */
export async function startTokenReviewer(): Promise<TokenReviewer> {
  const users = new Map<string, { username: string; uid: string }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { spec } = JSON.parse(Buffer.concat(chunks).toString()) as { spec: { token: string } };
      const user = users.get(spec.token);
      const status = user === undefined ? { authenticated: false } : { authenticated: true, user };
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec, status }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    host: `http://127.0.0.1:${port}`,
    issue: (namespace, account) => {
      if (users.size >= maxTokens) throw new Error(`no more than ${maxTokens} tokens are issued`);
      const token = jwtOf(namespace, account);
      users.set(token.text, { username: `system:serviceaccount:${namespace}:${account}`, uid: token.uid });
      return token.text;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Claims as the TokenRequest API gives them; a reviewer looks the token up, so the signature need not be one. */
function jwtOf(namespace: string, account: string): { readonly text: string; readonly uid: string } {
  const uid = randomUUID();
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://kubernetes.default.svc',
    sub: `system:serviceaccount:${namespace}:${account}`,
    'kubernetes.io': { namespace, serviceaccount: { name: account, uid } },
    jti: randomUUID(),
  };
  const signature = Buffer.from(randomUUID().repeat(2)).toString('base64url');
  return { text: [encode({ alg: 'ES256', typ: 'JWT' }), encode(claims), signature].join('.'), uid };
}
