import { assertNever } from '../errors/index.ts';
import { malformed, readBytes, readCount, readFingerprint, readList, readShort, readText, requirePart } from './field.ts';
import type { reroot } from './generated/reroot.js';
import { limits } from './limits.ts';
import type { Credentials, CredentialsRequest, CredentialsResponse } from './message.ts';
import { readProblem } from './problem-codec.ts';
import { quoteText } from './quote-text.ts';

/** To the wire's form. */
export function writeCredentialsRequest(request: CredentialsRequest): reroot.v1.CredentialsRequest.$Properties {
  return { ...request };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readCredentialsRequest(wire: reroot.v1.CredentialsRequest.$Properties): CredentialsRequest {
  return {
    publicKey: readBytes('credentials-request.public_key', wire.publicKey, limits.publicKeyBytes),
    natsUser: readNatsUser('credentials-request.nats_user', wire.natsUser),
    tokenId: readShort('credentials-request.token_id', wire.tokenId),
    proof: readBytes('credentials-request.proof', wire.proof, limits.proofBytes),
    agentVersion: readShort('credentials-request.agent_version', wire.agentVersion),
  };
}

/** To the wire's form. */
export function writeCredentialsResponse(response: CredentialsResponse): reroot.v1.CredentialsResponse.$Properties {
  switch (response.kind) {
    case 'granted':
      return { granted: { ...response.credentials, mgmtPublicKeys: [...response.credentials.mgmtPublicKeys] } };
    case 'refused':
      return { refused: { ...response.problem } };
    default:
      return assertNever(response);
  }
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readCredentialsResponse(wire: reroot.v1.CredentialsResponse.$Properties): CredentialsResponse {
  const { granted, refused } = wire;
  if (refused !== null && refused !== undefined)
    return { kind: 'refused', problem: readProblem('credentials-response.refused', refused) };
  return { kind: 'granted', credentials: readCredentials('credentials-response.granted', granted) };
}

function readCredentials(path: string, wire: reroot.v1.Credentials.$Properties | null | undefined): Credentials {
  const granted = requirePart(path, wire);
  return {
    keyId: readFingerprint(`${path}.key_id`, granted.keyId),
    natsJwt: readText(`${path}.nats_jwt`, granted.natsJwt),
    epoch: readCount(`${path}.epoch`, granted.epoch),
    mgmtPublicKeys: readPublicKeys(`${path}.mgmt_public_keys`, granted.mgmtPublicKeys),
  };
}

/** At least one: an agent that accepts no key of mgmt could never be told of another. @throws RR_PROTOCOL_MALFORMED */
export function readPublicKeys(path: string, list: readonly Uint8Array[] | null | undefined): Uint8Array[] {
  const keys = readList(path, list, limits.publicKeys, (each, key) => readBytes(each, key, limits.publicKeyBytes));
  if (keys.length === 0) throw malformed(path, 'is empty');
  return keys;
}

/** The public nkey of a user, whose checksum is for whoever makes a JWT of it to verify; perhaps none. */
function readNatsUser(path: string, text: string | null | undefined): string {
  const user = readShort(path, text);
  if (user === '' || /^U[A-Z2-7]{55}$/.test(user)) return user;
  throw malformed(path, `is ${quoteText(user)}, not the public nkey of a user`);
}
