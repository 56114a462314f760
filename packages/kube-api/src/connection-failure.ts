import { RerootError } from '@reroot/shared/errors';
import { clipMessage } from './clip-message.ts';
import type { Failure } from './failure.ts';

/** How far a connection had come when it failed. */
export type Stage = 'connecting' | 'securing' | 'sent';

const tlsRemedy =
  "check the CA that the agent trusts (ca.crt of its service account, or certificate-authority of the kubeconfig), and the names and the validity of the API server's certificate";

/** What a broken connection means. */
export function readConnectionFailure(request: string, server: URL, stage: Stage, error: NodeJS.ErrnoException): Failure {
  const what = clipMessage(error.code ?? error.message);
  if (isTlsFailure(stage, error.code)) {
    const message = `${request}: TLS with ${server.origin} failed: ${clipMessage(error.message)} (${what})`;
    const failed = new RerootError('RR_CLUSTER_UNREACHABLE', message, { remedy: tlsRemedy });
    return { error: failed, kind: 'final', retryAfterMs: undefined, effect: 'none' };
  }
  const happened = stage === 'sent' ? 'broke the connection' : 'cannot be reached';
  return {
    error: new RerootError('RR_CLUSTER_UNREACHABLE', `${request}: ${server.origin} ${happened} (${what})`),
    kind: 'unavailable',
    retryAfterMs: undefined,
    effect: stage === 'sent' ? 'possible' : 'none',
  };
}

/** A reset while TLS is being set up is a server that goes away; everything else there is a certificate that does not fit. */
function isTlsFailure(stage: Stage, code: string | undefined): boolean {
  if (code === undefined) return false;
  if (/^(EPROTO$|ERR_SSL_|ERR_TLS_)/.test(code)) return true;
  return stage === 'securing' && !/^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/.test(code);
}
