import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { type Answer, denied, type Engine, nothing, refusal, type StandInRequest, textAt } from './stand-in/answer.ts';
import { answerWith, type Fault, type SeenRequest, sendJson } from './stand-in/faults.ts';
import { createKubernetesAuth } from './stand-in/kubernetes-auth.ts';
import { createPkiEngine } from './stand-in/pki-engine.ts';
import { defaultPolicy, isAllowed, type Policy, parsePolicy } from './stand-in/policies.ts';
import { createServerCertificate } from './stand-in/server-certificate.ts';
import { createTokenStore, type StoredToken } from './stand-in/token-store.ts';
import { createTransitEngine } from './stand-in/transit-engine.ts';

export type { Fault, SeenRequest } from './stand-in/faults.ts';

/** A server on 127.0.0.1 that answers as Vault does, as far as it is used here, with real keys and certificates. */
export interface VaultStandIn {
  /** `https://127.0.0.1:…`. */
  readonly server: string;
  readonly caBundlePem: string;
  readonly rootToken: string;
  /** What came in, the last thousand requests. */
  readonly seen: readonly SeenRequest[];
  /** From now on: the next requests, or all until `heal`, meet a fault. */
  break(fault: Fault, requests?: number): void;
  heal(): void;
  /** Breaks the connections that are open. */
  cut(): void;
  stop(): Promise<void>;
}

const maxSeen = 1_000;
const maxBodyBytes = 1_048_576;

/** Starts one that is unsealed and has nothing but its root token. */
export async function startVaultStandIn({ clock = systemClock }: { readonly clock?: Clock } = {}): Promise<VaultStandIn> {
  const { certPem, keyPem } = await createServerCertificate();
  const seen: SeenRequest[] = [];
  let faults: Fault[] = [];
  let standing: Fault | undefined;
  const core = createCore(clock);
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const each = await readRequest(request);
    seen.push(each);
    if (seen.length > maxSeen) seen.shift();
    const fault = faults.shift() ?? standing;
    if (fault !== undefined && fault.kind !== 'lost') {
      answerWith(fault, each, response);
      return;
    }
    const { status, body } = await core.answer(each);
    if (fault === undefined) sendJson(response, status, body);
    else response.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    server: `https://127.0.0.1:${port}`,
    caBundlePem: certPem,
    rootToken: core.rootToken,
    seen,
    break: (fault, requests) => {
      if (requests === undefined) standing = fault;
      else faults.push(...Array.from({ length: requests }, () => fault));
    },
    heal: () => {
      faults = [];
      standing = undefined;
    },
    cut: () => server.closeAllConnections(),
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Core {
  readonly rootToken: string;
  answer(request: SeenRequest): Promise<Answer>;
}

function createCore(clock: Clock): Core {
  const tokens = createTokenStore(clock);
  const root = tokens.create({ policies: ['root'], ttlMs: Number.POSITIVE_INFINITY });
  const engines = new Map<string, Engine>();
  const policies = new Map<string, Policy>([['default', defaultPolicy]]);
  let sealed = false;
  const system: Engine = {
    answer: async ({ path, body }) => {
      const [area = '', ...names] = path.split('/');
      const name = names.join('/');
      if (area === 'seal') sealed = true;
      else if (area === 'policies') policies.set(names.at(-1) ?? '', parsePolicy(textAt(body, 'policy')));
      else if (area === 'mounts') engines.set(`${name}/`, createEngine(body, clock));
      else if (area === 'auth') engines.set(`auth/${name}/`, createKubernetesAuth(tokens, clock));
      else return undefined;
      return nothing;
    },
  };
  engines.set('sys/', system);
  const authorize = (token: StoredToken | undefined, { operation }: StandInRequest, path: string): boolean => {
    // Neither the login nor the list of issuers asks for a token (builtin/logical/pki/backend.go, PathsSpecial).
    if (/^auth\/.+\/login$/.test(path) || (operation === 'list' && path.endsWith('/issuers'))) return true;
    if (token?.policies.includes('root') === true) return true;
    return (
      token !== undefined &&
      isAllowed(
        token.policies.flatMap((name) => policies.get(name) ?? []),
        operation,
        path,
      )
    );
  };
  return {
    rootToken: root.id,
    answer: async (seen) => {
      const { path, ...request } = readOperation(seen);
      if (path === 'sys/unseal') {
        sealed = false;
        return { status: 200, body: { sealed } };
      }
      if (sealed) return refusal(503, 'Vault is sealed');
      const header = seen.headers['x-vault-token'];
      const token = tokens.find(typeof header === 'string' ? header : undefined);
      if (!authorize(token, { path, ...request }, path)) return denied;
      const all = token === undefined ? engines : new Map([...engines, ['auth/token/', tokens.engineFor(token)]]);
      const [mount = '', engine] = [...all].find(([prefix]) => path.startsWith(prefix)) ?? [];
      const answer = await engine?.answer({ ...request, path: path.slice(mount.length) });
      return answer ?? refusal(404, `no handler for route ${JSON.stringify(path)}. route entry not found.`);
    },
  };
}

function createEngine(body: StandInRequest['body'], clock: Clock): Engine {
  return body['type'] === 'pki'
    ? createPkiEngine((body['config'] ?? {}) as StandInRequest['body'], clock)
    : createTransitEngine();
}

function readOperation({ method, url, body }: SeenRequest): StandInRequest {
  const { pathname, searchParams } = new URL(url, 'https://any');
  const path = decodeURIComponent(pathname.replace(/^\/v1\//, ''));
  const reads = searchParams.get('list') === null ? 'read' : 'list';
  const operation = method === 'GET' ? reads : method === 'DELETE' ? 'delete' : 'write';
  return { operation, path, body: body === '' ? {} : (JSON.parse(body) as StandInRequest['body']) };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`the body exceeds ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  const { method = '', url = '', headers, socket } = request;
  return { method, url, headers, body: Buffer.concat(chunks).toString(), fromPort: socket.remotePort ?? 0 };
}
