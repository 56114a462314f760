import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { type KubeApiOptions, type OpenKubeApi, openKubeApi } from '../open-kube-api.ts';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the server does with a request. */
export type Script = (request: SeenRequest, response: ServerResponse) => void;

/** An HTTPS server on 127.0.0.1 that answers as a test tells it to, and the files by which a pod finds it. */
export interface ScriptedApiServer {
  readonly origin: string;
  readonly server: Server;
  readonly seen: SeenRequest[];
  /** Files of its certificate, which is its own CA. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** A directory for files of a test. */
  readonly directory: string;
  /** From now on, and for requests that were not answered yet. */
  answer(script: Script): void;
  writeToken(token: string): Promise<void>;
  /** Opens the API as a pod would. */
  open(options?: Partial<KubeApiOptions>): Promise<OpenKubeApi>;
  /** Cuts the connections that are open. */
  cut(): void;
  stop(): Promise<void>;
}

/** Starts one, with token `token-1` in the service account. Needs the openssl program. */
export async function startScriptedApiServer(): Promise<ScriptedApiServer> {
  const directory = await mkdtemp(join(tmpdir(), 'reroot-api-'));
  const certificate = await makeCertificate(directory);
  await writeFile(join(directory, 'token'), 'token-1');
  const seen: SeenRequest[] = [];
  let script: Script = (_, response) => sendStatus(response, 404);
  const server = createServer({ cert: await readFile(certificate.cert), key: await readFile(certificate.key) });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    readRequest(request).then(
      (each) => {
        seen.push(each);
        script(each, response);
      },
      () => undefined,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const environment = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port) };
  return {
    origin: `https://127.0.0.1:${port}`,
    server,
    seen,
    certificate,
    directory,
    answer: (next) => {
      script = next;
    },
    writeToken: (token) => writeFile(join(directory, 'token'), token),
    open: (options = {}) =>
      openKubeApi({
        program: { name: 'reroot-agent', version: '0.1.0' },
        clock: systemClock,
        random: () => 0.5,
        log: silentLog,
        requestTimeoutMs: 5_000,
        environment,
        serviceAccountDirectory: directory,
        ...options,
      }),
    cut: () => server.closeAllConnections(),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Answers with an object. */
export function sendJson(response: ServerResponse, body: object, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers with a Status, as the API server refuses. */
export function sendStatus(
  response: ServerResponse,
  code: number,
  facts: { readonly reason?: string; readonly message?: string } = {},
  headers: Record<string, string> = {},
): void {
  sendJson(response, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, ...facts }, code, headers);
}

/** Begins to answer a watch. */
export function sendEvents(response: ServerResponse, ...events: readonly object[]): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  for (const event of events) response.write(`${JSON.stringify(event)}\n`);
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const path = request.url ?? '';
  const query = new URL(path, 'https://any').searchParams;
  return { method: request.method ?? '', path, query, headers: request.headers, body: Buffer.concat(chunks).toString() };
}

/** `ca.crt` is what a pod finds too; the key beside it is the server's. */
async function makeCertificate(directory: string): Promise<{ cert: string; key: string }> {
  const cert = join(directory, 'ca.crt');
  const key = join(directory, 'server.key');
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=api-server', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await promisify(execFile)('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', cert]);
  return { cert, key };
}
