import { RerootError } from '@reroot/shared/errors';
import type { Failure } from './failure.ts';

/** How far a request had come when its connection broke. */
export type Progress = 'connecting' | 'sent' | 'answering';

/** What a broken connection means, by the code of Node's error; the error itself is not kept, for it may hold the request. */
export function readBroken(request: string, origin: string, progress: Progress, code: string): Failure {
  if (code.startsWith('HPE_')) {
    const error = new RerootError('RR_VAULT_ANSWER_INVALID', `${request}: ${origin} does not speak HTTP (${code})`);
    return { error, kind: 'final', carriedOut: 'perhaps' };
  }
  if (isTls(code)) {
    const error = new RerootError('RR_VAULT_TLS', `${request}: TLS with ${origin} failed (${code})`);
    return { error, kind: 'final', carriedOut: 'no' };
  }
  const message = `${request}: ${origin} ${happened[progress]} (${code})`;
  const carriedOut = progress === 'connecting' ? 'no' : 'perhaps';
  return { error: new RerootError('RR_VAULT_UNREACHABLE', message), kind: 'unavailable', carriedOut };
}

const happened: Readonly<Record<Progress, string>> = {
  connecting: 'cannot be reached',
  sent: 'broke the connection',
  answering: 'cut its answer',
};

/** Codes of the system begin with one E; those of OpenSSL are named for what is wrong with a certificate, or ERR_SSL_…. */
function isTls(code: string): boolean {
  return code === 'EPROTO' || /^ERR_(?:SSL|TLS|OSSL)/.test(code) || !code.startsWith('E');
}
