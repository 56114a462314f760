import { RerootError } from '@reroot/shared/errors';
import { generateKey } from '@reroot/shared/pki';
import type { IssueRequest, IssueResponse } from '@reroot/shared/protocol';
import type { Issuer } from './issuer.ts';
import { makeRequest } from './key-and-request.ts';

/** What having mgmt issue takes. */
export interface MgmtIssuerOptions {
  readonly cluster: string;
  readonly makeKey?: typeof generateKey;
  readonly request: (request: IssueRequest, signal: AbortSignal) => Promise<IssueResponse>;
}

/** Has mgmt sign, over the bus. Its `sign` throws RR_ISSUE_REFUSED, and what the request throws. */
export function createMgmtIssuer({ cluster, makeKey = generateKey, request }: MgmtIssuerOptions): Issuer {
  return {
    answers: 'the-same',
    begin: (desired) => makeRequest(cluster, desired, makeKey),
    sign: async ({ csr }, { signerRoot }, signal) => {
      const answer = await request({ csr, signerRoot: signerRoot.fingerprint }, signal);
      if (answer.kind === 'issued') return answer.chain;
      const { code, message, remedy } = answer.problem;
      throw new RerootError('RR_ISSUE_REFUSED', `mgmt refused to issue an intermediate: ${code} ${message}`, { remedy });
    },
  };
}
