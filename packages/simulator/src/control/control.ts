import { errorMessage, RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import { z } from 'zod';
import { callCluster, clusterCallSchema } from './cluster-call.ts';
import type { ControlledCluster, ControlledFleet } from './controlled-fleet.ts';

/** What is served, and where. */
export interface ControlOptions {
  readonly fleet: ControlledFleet;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
}

/** A control interface that answers. */
export interface Control {
  readonly url: string;
  /** Ends open requests and stops listening. */
  close(): Promise<void>;
}

/** One bundle of many roots in JSON, with room. */
const bodyLimitBytes = 16 * 2 ** 20;

/**
 * Serves a fleet on 127.0.0.1: each cluster's port to its agent, the faults that tests put in, the count of handshakes.
 * @throws RR_ADDRESS_IN_USE; RR_ADDRESS_UNUSABLE
 */
export async function startControl({ fleet, port, log }: ControlOptions): Promise<Control> {
  const app = fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: true });
  app.setErrorHandler((thrown, _request, reply) => {
    const error = asRerootError(thrown);
    if (error.code === 'RR_INTERNAL') log.error({ problem: error.message }, 'a request failed');
    const { code, message, place, remedy } = error;
    return reply.code(error.entry.status).send({ code, message, place, remedy });
  });
  serveClusters(app, fleet);
  app.get('/traffic', () => fleet.traffic());
  app.post('/traffic/stop', () => {
    fleet.stopTraffic();
    return fleet.traffic();
  });
  try {
    const url = await app.listen({ host: '127.0.0.1', port });
    return { url, close: () => app.close() };
  } catch (cause) {
    const place = `127.0.0.1:${port}`;
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (inUse) throw new RerootError('RR_ADDRESS_IN_USE', `another process listens on ${place}`, { place, cause });
    throw new RerootError('RR_ADDRESS_UNUSABLE', `cannot listen on ${place}: ${errorMessage(cause)}`, { place, cause });
  }
}

interface ReplicaPath {
  readonly Params: { readonly cluster: string; readonly replica: string };
}

interface WorkloadPath {
  readonly Params: { readonly cluster: string; readonly workload: string };
}

function serveClusters(app: FastifyInstance, fleet: ControlledFleet): void {
  app.post<{ Params: { cluster: string } }>('/clusters/:cluster/call', async (request, reply) => {
    const { cluster } = requireCluster(fleet, request.params.cluster);
    const call = clusterCallSchema.safeParse(request.body);
    if (!call.success) throw new RerootError('RR_SIM_REQUEST_INVALID', z.prettifyError(call.error));
    const result = await callCluster(cluster, call.data, goneSignal(reply));
    return { result };
  });
  app.get<{ Params: { cluster: string } }>('/clusters/:cluster/watch', (request, reply) => {
    streamChanges(requireCluster(fleet, request.params.cluster), reply);
  });
  app.patch<{ Params: { cluster: string } }>('/clusters/:cluster/secret', ({ params, body }) => {
    const files = editSchema.safeParse(body);
    if (!files.success) throw new RerootError('RR_SIM_REQUEST_INVALID', z.prettifyError(files.error));
    requireCluster(fleet, params.cluster).editCaSecret(withoutUndefined(files.data));
    return {};
  });
  app.delete<{ Params: { cluster: string } }>('/clusters/:cluster/secret', ({ params }) => {
    requireCluster(fleet, params.cluster).deleteCaSecret();
    return {};
  });
  app.post<ReplicaPath>('/clusters/:cluster/replicas/:replica/hold', ({ params }) => {
    requireCluster(fleet, params.cluster).holdReplica(params.replica);
    return {};
  });
  app.post<ReplicaPath>('/clusters/:cluster/replicas/:replica/release', ({ params }) => {
    requireCluster(fleet, params.cluster).releaseReplica(params.replica);
    return {};
  });
  app.post<WorkloadPath>('/clusters/:cluster/workloads/:workload/restart', ({ params }) => {
    requireCluster(fleet, params.cluster).restartWorkload(params.workload);
    return {};
  });
}

const text = z.string().max(bodyLimitBytes);

/** Files of the Secret that somebody changes. */
const editSchema = z.strictObject({ caCert: text, caKey: text, certChain: text, rootCert: text }).partial();

function withoutUndefined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

/** One line at once and one for each change, until the client goes away. */
function streamChanges({ cluster }: ControlledCluster, reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/plain' });
  raw.write('\n');
  void cluster.watch(() => raw.write('\n'), goneSignal(reply));
}

/** Aborts when the connection closes: nobody waits for the answer any more. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

function requireCluster({ clusters }: ControlledFleet, name: string): ControlledCluster {
  const found = clusters.get(name);
  if (found !== undefined) return found;
  throw new RerootError(
    'RR_SIM_UNKNOWN',
    `there is no cluster ${JSON.stringify(name)}; there are ${[...clusters.keys()].join(', ')}`,
  );
}

/** What fastify itself refuses (malformed JSON, a body too large) is the sender's fault. */
function asRerootError(thrown: unknown): RerootError {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
  if (thrown instanceof Error && typeof status === 'number' && status < 500) {
    return new RerootError('RR_SIM_REQUEST_INVALID', thrown.message, { cause: thrown });
  }
  return toRerootError(thrown);
}
