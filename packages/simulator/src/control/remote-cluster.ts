import { json } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import type {
  CaFiles,
  CaSecret,
  CaSecretContent,
  Cluster,
  Inspector,
  NamespaceTrust,
  Replica,
  Rollout,
  SeenCluster,
  Workload,
} from '@reroot/agent';
import { systemClock } from '@reroot/shared/clock';
import { type ErrorCode, errorCatalogue, errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { ClusterCall } from './cluster-call.ts';
import { openStream } from './open-stream.ts';

type WriteCall = Extract<ClusterCall, { method: 'writeCaSecret' }>;

const callTimeoutMs = 30_000;
const reconnectMs = 500;

const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  place: z.string().optional(),
  remedy: z.string().optional(),
});

/** The port to one simulated cluster in another process; see `startControl`. */
export function createRemoteCluster(fleetUrl: string, name: string): Cluster & Inspector {
  const base = `${fleetUrl}/clusters/${encodeURIComponent(name)}`;
  const call = async <T>(request: ClusterCall, signal: AbortSignal): Promise<T> => {
    const body = await post(`${base}/call`, request, signal);
    // The other side is the same package in the same version: its answers are trusted to have the shape of the port.
    return (body as { result?: unknown }).result as T;
  };
  return {
    name,
    readUid: (signal) => call<string>({ method: 'readUid' }, signal),
    readCaSecret: (signal) => call<CaSecret | undefined>({ method: 'readCaSecret' }, signal),
    readFormerCas: (signal) => call<readonly CaFiles[]>({ method: 'readFormerCas' }, signal),
    writeCaSecret: (content, expectedVersion, signal) =>
      call<CaSecret>(
        { method: 'writeCaSecret', content: { ...content, annotations: copyOf(content.annotations) }, expectedVersion },
        signal,
      ),
    listReplicas: (signal) => call<readonly Replica[]>({ method: 'listReplicas' }, signal),
    probeReplica: (replica, csrPem, signal) => call<readonly string[]>({ method: 'probeReplica', replica, csrPem }, signal),
    restartReplica: (replica, signal) => call<undefined>({ method: 'restartReplica', replica }, signal),
    refreshVolumes: (signal) => call<undefined>({ method: 'refreshVolumes' }, signal),
    listNamespaceTrust: (signal) => call<readonly NamespaceTrust[]>({ method: 'listNamespaceTrust' }, signal),
    listWorkloads: (signal) => call<readonly Workload[]>({ method: 'listWorkloads' }, signal),
    listRollouts: (owners, signal) =>
      call<readonly Rollout[]>({ method: 'listRollouts', owners: owners.map((owner) => ({ ...owner })) }, signal),
    restartOwner: (owner, signal) => call<undefined>({ method: 'restartOwner', owner: { ...owner } }, signal),
    recordEvent: (event, signal) => call<undefined>({ method: 'recordEvent', event: { ...event } }, signal),
    inspect: (signal) => call<SeenCluster>({ method: 'inspect' }, signal),
    watch: (onChange, signal) => watch(`${base}/watch`, onChange, signal),
  };
}

/** The schema of the call gives what may be changed. */
function copyOf(annotations: CaSecretContent['annotations']): WriteCall['content']['annotations'] {
  return { ...annotations, accepted: { ...annotations.accepted } };
}

async function post(url: string, body: unknown, signal: AbortSignal): Promise<unknown> {
  const { status, answer } = await exchange(url, body, signal);
  if (status === 200) return answer;
  throw errorOf(answer, url, status);
}

async function exchange(url: string, body: unknown, signal: AbortSignal): Promise<{ status: number; answer: unknown }> {
  try {
    const stream = await openStream({ url, body }, AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs)]));
    return { status: stream.statusCode ?? 0, answer: await json(stream) };
  } catch (cause) {
    signal.throwIfAborted();
    throw new RerootError('RR_CLUSTER_UNREACHABLE', `the simulated cluster does not answer: ${errorMessage(cause)}`, {
      place: url,
      cause,
    });
  }
}

function errorOf(answer: unknown, url: string, status: number): RerootError {
  const problem = problemSchema.safeParse(answer);
  if (!problem.success || !isCode(problem.data.code)) {
    return new RerootError('RR_CLUSTER_UNREACHABLE', `the simulated cluster answered with status ${status}`, { place: url });
  }
  const { code, message, place, remedy } = problem.data;
  return new RerootError(code, message, {
    ...(place === undefined ? {} : { place }),
    ...(remedy === undefined ? {} : { remedy }),
  });
}

function isCode(code: string): code is ErrorCode {
  return code in errorCatalogue;
}

/** Reads lines for as long as the signal lets it; what changed while it was cut off is told by the first line of the next stream. */
async function watch(url: string, onChange: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const lines = await openStream({ url }, signal);
      await finished(lines.on('data', onChange), { signal });
      await systemClock.sleep(reconnectMs, signal);
    } catch {
      await systemClock.sleep(reconnectMs, signal).catch(() => undefined);
    }
  }
}
