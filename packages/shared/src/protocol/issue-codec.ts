import { assertNever } from '../errors/index.ts';
import { malformed, readBytes, readCertificate, readFingerprint, readList } from './field.ts';
import type { reroot } from './generated/reroot.js';
import { limits } from './limits.ts';
import type { IssueRequest, IssueResponse } from './message.ts';
import { readProblem } from './problem-codec.ts';

/** To the wire's form. */
export function writeIssueRequest({ csr, signerRoot }: IssueRequest): reroot.v1.IssueIntermediateRequest.$Properties {
  return { csr, signerRoot };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readIssueRequest(wire: reroot.v1.IssueIntermediateRequest.$Properties): IssueRequest {
  return {
    csr: readBytes('issue-request.csr', wire.csr, limits.csrBytes),
    signerRoot: readFingerprint('issue-request.signer_root', wire.signerRoot),
  };
}

/** To the wire's form. */
export function writeIssueResponse(response: IssueResponse): reroot.v1.IssueIntermediateResponse.$Properties {
  switch (response.kind) {
    case 'issued':
      return { issued: { chain: [...response.chain] } };
    case 'refused':
      return { refused: { ...response.problem } };
    default:
      return assertNever(response);
  }
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readIssueResponse(wire: reroot.v1.IssueIntermediateResponse.$Properties): IssueResponse {
  const { issued, refused } = wire;
  if (refused !== null && refused !== undefined)
    return { kind: 'refused', problem: readProblem('issue-response.refused', refused) };
  const chain = readList('issue-response.issued.chain', issued?.chain, limits.issuedChain, readCertificate);
  if (chain.length === 0) throw malformed('issue-response', 'has neither a chain nor a refusal');
  return { kind: 'issued', chain };
}
