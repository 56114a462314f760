import { assertNever, errorMessage } from '../errors/index.ts';
import { BoundedReader } from './bounded-reader.ts';
import {
  readCredentialsRequest,
  readCredentialsResponse,
  writeCredentialsRequest,
  writeCredentialsResponse,
} from './credentials-codec.ts';
import { readDesiredTrust, writeDesiredTrust } from './desired-trust-codec.ts';
import { malformed } from './field.ts';
import { reroot } from './generated/reroot.js';
import { readIssueRequest, readIssueResponse, writeIssueRequest, writeIssueResponse } from './issue-codec.ts';
import { kindLimits } from './limits.ts';
import { readLinkState, readLinkTerms, writeLinkState, writeLinkTerms } from './link-codec.ts';
import type { Message } from './message.ts';
import { readReport, writeReport } from './report-codec.ts';
import { readTask, readTaskResult, writeTask, writeTaskResult } from './task-codec.ts';

const { v1 } = reroot;

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
    case 'credentials-request':
      return v1.CredentialsRequest.encode(writeCredentialsRequest(message.body)).finish();
    case 'credentials-response':
      return v1.CredentialsResponse.encode(writeCredentialsResponse(message.body)).finish();
    case 'link-terms':
      return v1.LinkTerms.encode(writeLinkTerms(message.body)).finish();
    case 'link-state':
      return v1.LinkState.encode(writeLinkState(message.body)).finish();
    case 'task':
      return v1.Task.encode(writeTask(message.body)).finish();
    case 'task-result':
      return v1.TaskResult.encode(writeTaskResult(message.body)).finish();
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
  const { fields } = kindLimits[kind];
  const decode = <T>(part: Decoder<T>): T => decodeBounded(kind, part, bytes, fields);
  switch (kind) {
    case 'desired-trust':
      return { kind, body: readDesiredTrust(decode(v1.DesiredTrust)) };
    case 'report':
      return { kind, body: readReport(decode(v1.Report)) };
    case 'issue-request':
      return { kind, body: readIssueRequest(decode(v1.IssueIntermediateRequest)) };
    case 'issue-response':
      return { kind, body: readIssueResponse(decode(v1.IssueIntermediateResponse)) };
    case 'credentials-request':
      return { kind, body: readCredentialsRequest(decode(v1.CredentialsRequest)) };
    case 'credentials-response':
      return { kind, body: readCredentialsResponse(decode(v1.CredentialsResponse)) };
    case 'link-terms':
      return { kind, body: readLinkTerms(decode(v1.LinkTerms)) };
    case 'link-state':
      return { kind, body: readLinkState(decode(v1.LinkState)) };
    case 'task':
      return { kind, body: readTask(decode(v1.Task)) };
    case 'task-result':
      return { kind, body: readTaskResult(decode(v1.TaskResult)) };
    default:
      return assertNever(kind);
  }
}

/** A message of the generated code. */
interface Decoder<T> {
  decode(reader: BoundedReader): T;
}

/**
 * Takes protobuf apart, whatever the bytes are.
 * @param path what is read, for the error
 * @throws RR_PROTOCOL_MALFORMED
 */
export function decodeBounded<T>(path: string, part: Decoder<T>, bytes: Uint8Array, maxFields: number): T {
  try {
    return part.decode(new BoundedReader(bytes, maxFields));
  } catch (error) {
    throw malformed(path, `cannot be read as protobuf: ${errorMessage(error)}`);
  }
}

function requireSize(kind: Message['kind'], bytes: Uint8Array): void {
  const most = kindLimits[kind].bytes;
  if (bytes.length > most) throw malformed(kind, `has ${bytes.length} bytes; ${most} are allowed`);
}
