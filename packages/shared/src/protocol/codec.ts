import { assertNever, errorMessage } from '../errors/index.ts';
import { readDesiredTrust, writeDesiredTrust } from './desired-trust-codec.ts';
import { malformed } from './field.ts';
import { reroot } from './generated/reroot.js';
import { readIssueRequest, readIssueResponse, writeIssueRequest, writeIssueResponse } from './issue-codec.ts';
import type { Message } from './message.ts';
import { readReport, writeReport } from './report-codec.ts';

const { v1 } = reroot;

/** Larger bodies are neither sent nor read. */
export const maxBodyBytes = 8 * 2 ** 20;

/**
 * The protobuf bytes of a message (proto/reroot/v1/agent.proto).
 * @throws RR_PROTOCOL_MALFORMED when it is larger than a receiver would read
 */
export function encodeMessage(message: Message): Uint8Array {
  const bytes = encode(message);
  requireSize(message.kind, bytes);
  return bytes;
}

function encode(message: Message): Uint8Array {
  switch (message.kind) {
    case 'desired-trust':
      return v1.DesiredTrust.encode(writeDesiredTrust(message.body)).finish();
    case 'report':
      return v1.Report.encode(writeReport(message.body)).finish();
    case 'issue-request':
      return v1.IssueIntermediateRequest.encode(writeIssueRequest(message.body)).finish();
    case 'issue-response':
      return v1.IssueIntermediateResponse.encode(writeIssueResponse(message.body)).finish();
    default:
      return assertNever(message);
  }
}

/**
 * Reads a message strictly: every part that the rest relies on must be there and within bounds.
 * @throws RR_PROTOCOL_MALFORMED names the field
 */
export function decodeMessage(kind: Message['kind'], bytes: Uint8Array): Message {
  requireSize(kind, bytes);
  switch (kind) {
    case 'desired-trust':
      return { kind, body: readDesiredTrust(decode(kind, () => v1.DesiredTrust.decode(bytes))) };
    case 'report':
      return { kind, body: readReport(decode(kind, () => v1.Report.decode(bytes))) };
    case 'issue-request':
      return { kind, body: readIssueRequest(decode(kind, () => v1.IssueIntermediateRequest.decode(bytes))) };
    case 'issue-response':
      return { kind, body: readIssueResponse(decode(kind, () => v1.IssueIntermediateResponse.decode(bytes))) };
    default:
      return assertNever(kind);
  }
}

function decode<T>(kind: Message['kind'], read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw malformed(kind, `is not protobuf: ${errorMessage(error)}`);
  }
}

function requireSize(kind: Message['kind'], bytes: Uint8Array): void {
  if (bytes.length > maxBodyBytes) throw malformed(kind, `has ${bytes.length} bytes; ${maxBodyBytes} are allowed`);
}
