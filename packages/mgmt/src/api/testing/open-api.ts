import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions, type ServerOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Log, silentLog } from '@reroot/shared/log';
import { createRegistry, mgmtMetrics } from '@reroot/shared/metrics';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Operations } from '../../runner/index.ts';
import { createMemoryStore } from '../../store/testing/memory-store.ts';
import { openGatekeeper } from '../access/open-gatekeeper.ts';
import { apiConfigSchema } from '../api-config.ts';
import { createApiStage } from '../api-stage.ts';
import { listen } from '../listen.ts';
import { createApi } from '../server.ts';
import { noClusters } from './no-clusters.ts';
import { noJournal } from './no-journal.ts';
import { noNotifications } from './no-notifications.ts';
import { noProofs } from './no-proofs.ts';

/** `api` of the configuration as it stands in a file. */
export type ApiInput = z.input<typeof apiConfigSchema>;

/** What an API is opened with besides its configuration. */
export interface OpenApiOptions {
  readonly operations?: Partial<Operations>;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly tls?: ServerOptions;
}

/** An API without a mgmt behind it. */
export interface OpenApi {
  readonly app: FastifyInstance;
  /** Asks over a socket; the first call listens. */
  ask(path: string, asked?: Asked): Promise<Answered>;
  close(): Promise<void>;
}

/** A request. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly tls?: Pick<RequestOptions, 'ca' | 'cert' | 'key'>;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Code of the problem document; undefined where there is none. */
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly remedy: string | undefined;
}

const refuse = (): Promise<never> => Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));
const nothing: Operations = {
  listMeshes: async () => [],
  readMesh: refuse,
  readHistory: refuse,
  applyMesh: refuse,
  findAdoption: refuse,
  adopt: refuse,
  startRotation: refuse,
  foreseeEmergency: refuse,
  preflight: refuse,
  readCrl: refuse,
  lastPreflight: () => undefined,
  abortRotation: refuse,
  retryRotation: refuse,
  answerVerification: refuse,
  excludeCluster: refuse,
  includeCluster: refuse,
};

/** Opens an API whose operations know no mesh, but for those of the test. */
export async function openApi(input: ApiInput = {}, options: OpenApiOptions = {}): Promise<OpenApi> {
  const { operations = {}, clock = systemClock, log = silentLog, tls } = options;
  const config = apiConfigSchema.parse(input);
  const gatekeeper = await openGatekeeper(config, { version: '0.1.0', clock, random: () => 0.5, log });
  const stage = createApiStage({
    readMetrics: async () => '',
    notifications: noNotifications,
    operations: { ...nothing, ...operations },
    ...noClusters,
    ...noJournal,
    proofs: noProofs,
    readOffer: () => undefined,
    budgetsOf: () => new Map(),
    term: 1,
    version: '0.1.0',
    isReady: () => true,
    requests: createMemoryStore(),
    stopping: new AbortController().signal,
    clock,
    log,
  });
  const registry = createRegistry(mgmtMetrics);
  const { allowedOrigins } = config;
  const app = createApi({ stage: () => stage, registry, gatekeeper, allowedOrigins, tls, clock, log });
  let url: Promise<string> | undefined;
  return {
    app,
    ask: async (path, asked = {}) => {
      url ??= listen(app, { host: '127.0.0.1', port: 0 });
      return ask(new URL(path, await url), asked);
    },
    close: async () => {
      await app.close();
      await gatekeeper.close();
    },
  };
}

async function ask(url: URL, { method = 'GET', headers = {}, body, tls = {} }: Asked): Promise<Answered> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const options = { method, headers: { ...type, ...headers }, agent: false, signal: AbortSignal.timeout(10_000) };
  const request = url.protocol === 'https:' ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options);
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const answer = await text(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body: answer, ...problemIn(response, answer) };
}

function problemIn({ headers }: IncomingMessage, answer: string): Pick<Answered, 'code' | 'detail' | 'remedy'> {
  const isProblem = headers['content-type']?.startsWith('application/problem+json') === true && answer !== '';
  return isProblem
    ? (JSON.parse(answer) as Pick<Answered, 'code' | 'detail' | 'remedy'>)
    : { code: undefined, detail: undefined, remedy: undefined };
}
