import { clipMessage } from '@reroot/kube-api';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';

/** How a gRPC call ended: in the trailers, or in the headers of an answer that has no body. */
export interface GrpcStatus {
  readonly code: number | undefined;
  readonly message: string;
}

/** Reads `grpc-status` and `grpc-message` (percent-encoded, by PROTOCOL-HTTP2.md of gRPC). */
export function readGrpcStatus(headers: Readonly<Record<string, string | string[] | undefined>>): GrpcStatus {
  const { 'grpc-status': status, 'grpc-message': message } = headers;
  const code = typeof status === 'string' && /^\d{1,3}$/.test(status) ? Number(status) : undefined;
  return { code, message: clipMessage(decode(typeof message === 'string' ? message : '')) };
}

/** @throws what a status other than OK means for a replica */
export function requireOk({ code, message }: GrpcStatus, replica: string): void {
  if (code === 0) return;
  const how = code === undefined ? 'ended its answer without a gRPC status' : `answered with gRPC status ${code}: ${message}`;
  throw new RerootError(errorCodeOf(code), `replica ${replica} ${how}`);
}

/** 4 DEADLINE_EXCEEDED, 8 RESOURCE_EXHAUSTED, 14 UNAVAILABLE; 7 PERMISSION_DENIED, 16 UNAUTHENTICATED; none: it broke off. */
function errorCodeOf(code: number | undefined): ErrorCode {
  switch (code) {
    case undefined:
    case 4:
    case 8:
    case 14:
      return 'RR_REPLICA_UNREACHABLE';
    case 7:
    case 16:
      return 'RR_REPLICA_UNAUTHENTICATED';
    default:
      return 'RR_REPLICA_ANSWER_INVALID';
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
