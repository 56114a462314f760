import { ErrorCode as NatsErrorCode } from 'nats';
import { type ErrorCode, RerootError } from '../errors/index.ts';
import { codeOf, reasonOf } from './reason.ts';
import { tlsReasonOf } from './tls-reason.ts';

const refusals: readonly (string | undefined)[] = [
  NatsErrorCode.AuthorizationViolation,
  NatsErrorCode.AuthenticationExpired,
  NatsErrorCode.AccountExpired,
  NatsErrorCode.AuthenticationTimeout,
];

/** Where servers fail in several ways, the first of these says most to the operator: it does not heal by waiting. */
const telling: readonly ErrorCode[] = ['RR_NATS_CREDENTIALS_INVALID', 'RR_NATS_PLAINTEXT', 'RR_NATS_TLS', 'RR_NATS_REFUSED'];

/**
 * Why an attempt to connect to a server failed.
 * @param server `host:port`
 * @param expiredAtMs when the credentials that were shown expired by the clock here, milliseconds since the Unix epoch
 */
export function dialFailureOf(server: string, error: unknown, expiredAtMs?: number): RerootError {
  if (error instanceof RerootError) return error;
  const facts = { place: server, cause: error };
  const tlsReason = tlsReasonOf(error);
  if (tlsReason !== undefined) {
    return new RerootError('RR_NATS_TLS', `no TLS with the nats-server at ${server}: ${tlsReason}`, facts);
  }
  if (refusals.includes(codeOf(error))) {
    const why = expiredAtMs === undefined ? reasonOf(error) : `the credentials expired at ${new Date(expiredAtMs).toISOString()}`;
    return new RerootError('RR_NATS_REFUSED', `the nats-server at ${server} does not let this user in: ${why}`, facts);
  }
  return new RerootError('RR_NATS_UNREACHABLE', `no nats-server answers at ${server}: ${reasonOf(error)}`, facts);
}

/** One error for all the servers that failed, each in its words. */
export function joinFailures(failures: readonly RerootError[]): RerootError {
  const first = telling.flatMap((code) => failures.find((each) => each.code === code) ?? [])[0] ?? failures[0];
  if (first === undefined) return new RerootError('RR_NATS_UNREACHABLE', 'no nats-server was asked');
  if (failures.length === 1) return first;
  return new RerootError(first.code, failures.map(({ message }) => message).join('; '), {
    place: failures.flatMap(({ place }) => place ?? []).join(', '),
    remedy: first.remedy,
    cause: new AggregateError(failures),
  });
}
