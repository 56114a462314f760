import type { KubeApi } from '@reroot/kube-api';
import { HttpStatusError } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { assertNever, type RerootError, toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import type { UnreadReason } from '../../cluster/cluster.ts';
import type { WorkloadsConfig } from './config.ts';
import { envoySecretsPath, parseEnvoySecrets } from './envoy-secrets.ts';
import { getOver } from './get-over.ts';
import { openPortForward } from './port-forward.ts';
import type { HeldTrust } from './proxy-answer.ts';
import type { ProxyPod } from './proxy-pod.ts';
import { parseZtunnelCertificates, ztunnelDumpPath } from './ztunnel-certificates.ts';

/** What came of one look into a proxy. */
export type ReadResult =
  | { readonly kind: 'read'; readonly held: readonly HeldTrust[] }
  | { readonly kind: 'unread'; readonly why: UnreadReason };

/** What reading works with. */
export interface ReadProxyOptions {
  readonly api: KubeApi;
  readonly config: Pick<WorkloadsConfig, 'evidence' | 'readTimeoutMs'>;
  readonly clock: Clock;
  readonly log: Log;
}

const mebibyte = 2 ** 20;
/** An Envoy holds two secrets of the mesh, and those of its gateways' hosts. */
const maxEnvoyBytes = 8 * mebibyte;
/** A ztunnel tells all that it knows of every workload in the mesh. */
const maxZtunnelBytes = 64 * mebibyte;
/** How long nothing is asked of a namespace that was forbidden: a grant is noticed soon, and the API server left in peace. */
const forbiddenMs = 60_000;

/** Makes the function that looks into one proxy, within `readTimeoutMs`. It rejects with the signal's reason only. */
export function createReadProxy({ api, config, clock, log }: ReadProxyOptions) {
  const forbiddenUntilMs = new Map<string, number>();

  const ask = async (pod: ProxyPod, signal: AbortSignal): Promise<ReadResult> => {
    const who = `proxy ${pod.namespace}/${pod.name}`;
    const deadline = { ms: config.readTimeoutMs, clock, signal, code: 'RR_PROXY_UNREACHABLE', who } as const;
    try {
      return await withDeadline(deadline, (inner) => read(api, pod, who, inner));
    } catch (error) {
      signal.throwIfAborted();
      const problem = toRerootError(error);
      const { code, message } = problem;
      const why = reasonOf(problem);
      const level = why === 'forbidden' && !forbiddenUntilMs.has(pod.namespace) ? 'warn' : 'debug';
      // What is refused may be one pod alone; what is forbidden is the whole namespace.
      if (code === 'RR_CLUSTER_FORBIDDEN') forbiddenUntilMs.set(pod.namespace, clock.now() + forbiddenMs);
      log[level]({ namespace: pod.namespace, pod: pod.name, code, problem: message }, 'a proxy could not be read');
      return { kind: 'unread', why };
    }
  };
  return async (pod: ProxyPod, signal: AbortSignal): Promise<ReadResult> => {
    signal.throwIfAborted();
    // Before everything else: of a proxy that has its certificates from elsewhere, nothing may be concluded.
    if (pod.admin.kind === 'none') return { kind: 'unread', why: 'unsupported' };
    if (config.evidence === 'none') return { kind: 'unread', why: 'not-asked' };
    if ((forbiddenUntilMs.get(pod.namespace) ?? 0) > clock.now()) return { kind: 'unread', why: 'forbidden' };
    return ask(pod, signal);
  };
}

async function read(api: KubeApi, pod: ProxyPod, who: string, signal: AbortSignal): Promise<ReadResult> {
  const { admin } = pod;
  switch (admin.kind) {
    case 'none':
      return { kind: 'unread', why: 'unsupported' };
    case 'envoy': {
      const answer = await get(api, pod, { port: admin.port, path: envoySecretsPath, maxBodyBytes: maxEnvoyBytes, who }, signal);
      return { kind: 'read', held: [parseEnvoySecrets(answer, who)] };
    }
    case 'ztunnel': {
      const answer = await get(api, pod, { port: admin.port, path: ztunnelDumpPath, maxBodyBytes: maxZtunnelBytes, who }, signal);
      return { kind: 'read', held: parseZtunnelCertificates(answer, who) };
    }
    default:
      return assertNever(admin);
  }
}

interface Question {
  readonly port: number;
  readonly path: string;
  readonly maxBodyBytes: number;
  readonly who: string;
}

async function get(api: KubeApi, { namespace, name }: ProxyPod, question: Question, signal: AbortSignal): Promise<string> {
  const connection = await openPortForward(api, { namespace, pod: name, port: question.port }, signal);
  return getOver(connection, question, signal);
}

function reasonOf({ code, cause }: RerootError): UnreadReason {
  switch (code) {
    case 'RR_CLUSTER_FORBIDDEN':
      return 'forbidden';
    case 'RR_OBJECT_REFUSED':
      // Without the verb create the API server refuses and does not say why (pkg/registry/core/pod/rest/authorize.go); a policy
      // that refuses connections to pods comes to the same. A pod that is on no node yet is a bad request.
      return cause instanceof HttpStatusError && cause.status === 403 ? 'forbidden' : 'unreachable';
    case 'RR_PROXY_ANSWER_INVALID':
      return 'unsupported';
    default:
      return 'unreachable';
  }
}
