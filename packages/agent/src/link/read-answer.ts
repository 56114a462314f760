import { type ErrorCode, errorCatalogue, RerootError } from '@reroot/shared/errors';
import { requireOwnJwt } from '@reroot/shared/nats-auth';
import { type Opened, type Problem, publicKeyPemOf } from '@reroot/shared/protocol';
import type { TermsMark } from './link-record.ts';
import type { ShownKeys } from './pending-keys.ts';

/** What mgmt has answered to a request for credentials. */
export type CredentialsAnswer =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'refused'; readonly error: RerootError; readonly finality: 'final' | 'passing' };

/** What mgmt has granted to keys that were shown to it. */
export interface Granted {
  /** Undefined where the NATS credentials are not of reroot's making. */
  readonly natsJwt: string | undefined;
  readonly epoch: number;
  /** SPKI in PEM; at least one. */
  readonly mgmtPublicKeys: readonly string[];
  readonly mark: TermsMark;
}

/** Codes by which mgmt says that the same question will get the same answer. */
const finalCodes = /^RR_ENROL_/;

/**
 * Reads an answer whose signature holds. It must be for the keys that were shown: mgmt answers others too, and whoever runs
 * the bus could pass on what it has answered them.
 * @throws RR_ENROL_ANSWER_INVALID when it is for other keys, or for another NATS user; RR_IDENTITY_INVALID
 */
export function readAnswer({ message, address, sequence }: Opened<'credentials-response'>, shown: ShownKeys): CredentialsAnswer {
  if (message.body.kind === 'refused') return refusalOf(message.body.problem);
  const { keyId, natsJwt, epoch, mgmtPublicKeys } = message.body.credentials;
  if (keyId !== shown.identity.keyId) {
    throw new RerootError('RR_ENROL_ANSWER_INVALID', `the answer is for key ${keyId}, not for ${shown.identity.keyId}`);
  }
  const granted = {
    natsJwt: natsJwt === '' ? undefined : requireShownUser(natsJwt, shown),
    epoch,
    mgmtPublicKeys: mgmtPublicKeys.map((der) => publicKeyPemOf(der)),
    mark: { term: address.term, sequence },
  };
  return { kind: 'granted', granted };
}

/** A newer mgmt may have reasons that this agent does not know. */
function refusalOf({ code, message, remedy }: Problem): CredentialsAnswer {
  const error = isKnown(code)
    ? new RerootError(code, message, { remedy })
    : new RerootError('RR_ENROL_REFUSED', `${code}: ${message}`, { remedy });
  return { kind: 'refused', error, finality: finalCodes.test(code) ? 'final' : 'passing' };
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

function requireShownUser(natsJwt: string, { natsUser }: ShownKeys): string {
  if (natsUser === undefined) throw new RerootError('RR_ENROL_ANSWER_INVALID', 'the answer has a NATS user, and none was shown');
  try {
    return requireOwnJwt({ jwt: natsJwt, seed: natsUser.seed }).jwt;
  } catch (cause) {
    throw new RerootError('RR_ENROL_ANSWER_INVALID', `the JWT is not of NATS user ${natsUser.publicKey}`, { cause });
  }
}
