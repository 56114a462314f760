import { createHash, verify } from 'node:crypto';
import { errorMessage, RerootError } from '../errors/index.ts';
import { sha256Hex } from '../pki/index.ts';
import { type Identity, joinParts, keyFromDer } from '../protocol/index.ts';
import type { AuditEntry, AuditHead } from './audit-entry.ts';
import { canonicalJson } from './canonical-json.ts';

/** What stands before the first entry. */
export const originHash = '0'.repeat(64);

/** SHA-256 of the canonical bytes of an entry. */
export function digestOfEntry(entry: AuditEntry): string {
  return sha256Hex(Buffer.from(canonicalJson(entry)));
}

/** The hash of an entry's place. It is over the digest: an entry can be left out of what is handed on, and the chain still holds. */
export function linkHash(previous: string, digest: string): string {
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(Buffer.from(digest, 'hex')).digest('hex');
}

/** Signs the head of a journal. */
export function signHead(
  identity: Pick<Identity, 'publicKeyDer' | 'sign'>,
  head: Pick<AuditHead, 'seq' | 'hash' | 'atMs'>,
): AuditHead {
  const signature = Buffer.from(identity.sign(signedBytes(head))).toString('base64');
  return { ...head, publicKey: Buffer.from(identity.publicKeyDer).toString('base64'), signature };
}

/**
 * Whether the key that a head names has signed it.
 * @returns the id of that key: the SHA-256 of its SPKI
 * @throws RR_AUDIT_BROKEN
 */
export function checkHead(head: AuditHead): string {
  const publicKey = Buffer.from(head.publicKey, 'base64');
  let holds: boolean;
  try {
    holds = verify(null, signedBytes(head), keyFromDer(publicKey), Buffer.from(head.signature, 'base64'));
  } catch (cause) {
    throw new RerootError('RR_AUDIT_BROKEN', `the head at entry ${head.seq} has no key: ${errorMessage(cause)}`, { cause });
  }
  if (!holds) throw new RerootError('RR_AUDIT_BROKEN', `the signature of the head at entry ${head.seq} does not hold`);
  return sha256Hex(publicKey);
}

/** The first part keeps it apart from everything else that the key signs. */
function signedBytes({ seq, hash, atMs }: Pick<AuditHead, 'seq' | 'hash' | 'atMs'>): Uint8Array {
  return joinParts(['reroot/v1 audit head', seq, Buffer.from(hash, 'hex'), atMs]);
}
