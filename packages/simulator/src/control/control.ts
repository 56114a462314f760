import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { callCluster, clusterCallSchema } from './cluster-call.ts';
import type { ControlledCluster, ControlledFleet } from './controlled-fleet.ts';
import { bodyLimitBytes, createLoopbackServer, listenOnLoopback } from './loopback-server.ts';

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

/**
 * Serves a fleet on 127.0.0.1: each cluster's port to its agent, the faults that tests put in, the count of handshakes.
 * @throws RR_ADDRESS_IN_USE; RR_ADDRESS_UNUSABLE
 */
export async function startControl({ fleet, port, log }: ControlOptions): Promise<Control> {
  const app = createLoopbackServer(log);
  serveClusters(app, fleet);
  app.get('/traffic', () => fleet.traffic());
  app.post('/traffic/stop', () => {
    fleet.stopTraffic();
    return fleet.traffic();
  });
  return { url: await listenOnLoopback(app, port), close: () => app.close() };
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
