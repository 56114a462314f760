import { ErrorCode, NatsError } from 'nats';
import { errorMessage, RerootError } from '../errors/index.ts';

/** A server's own words come from outside, of any length. */
const maxWords = 200;

const reasons: Partial<Record<string, string>> = {
  [ErrorCode.NoResponders]: 'nobody listens there',
  [ErrorCode.Timeout]: 'the time is up',
  [ErrorCode.ConnectionRefused]: 'connection refused',
  [ErrorCode.AuthorizationViolation]: 'the credentials were refused',
  [ErrorCode.AuthenticationExpired]: 'the credentials have expired',
  [ErrorCode.AccountExpired]: 'the account has expired',
  [ErrorCode.AuthenticationTimeout]: 'the credentials did not come in time',
  [ErrorCode.PermissionsViolation]: 'the credentials do not permit it',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ENOTFOUND: 'the host has no address',
  EAI_AGAIN: 'the address of the host cannot be looked up now',
  EPIPE: 'it hung up',
  ETIMEDOUT: 'the time is up',
};

/** What an error of the client, of a socket or of a server says to a person. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error) ?? '';
  // An error of several attempts at once has a code and no words.
  return reasons[code] ?? (errorMessage(error).slice(0, maxWords) || code);
}

/** The `code` that Node and the client of NATS give their errors. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof NatsError) return error.code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** With the code, by which an operator finds the remedy. */
export function describe(error: unknown): string {
  return error instanceof RerootError ? `${error.code} ${error.message}` : reasonOf(error);
}
