import { childrenOf, dottedOf, type Element, elementOf, tags } from './der-reader.ts';
import type { GeneralName } from './general-name.ts';
import { type KeyFacts, readKeyFacts } from './key-facts.ts';
import { type ReadExtensions, readExtensions } from './read-extensions.ts';
import { signatureNameOf } from './signature-name.ts';

/** Identifier of the attribute (RFC 2985 §5.4.2). */
export const extensionRequest = '1.2.840.113549.1.9.14';
const attributesTag = 0xa0;

/** What a request says, whether or not anybody would issue for it. */
export interface RequestFacts {
  readonly subjectDer: Uint8Array;
  readonly key: KeyFacts;
  /** As `RSA-SHA256`; dotted where reroot knows no name. */
  readonly signatureAlgorithm: string;
  /** All names of the requested SAN. */
  readonly alternativeNames: readonly GeneralName[];
  /** Whether its basicConstraints ask for a CA. */
  readonly claimsCa: boolean;
}

/**
 * Reads what a PKCS#10 request says (RFC 2986 §4), to be shown. Its signature is not verified, and a key of any kind will do.
 * @throws Error on what is none
 */
export function readRequestFacts(der: Uint8Array): RequestFacts {
  const [info, algorithm, signature, ...rest] = childrenOf(elementOf(der));
  const [version, subject, spki, ...attributes] = childrenOf(info);
  const isRequest = version?.tag === tags.integer && subject?.tag === tags.sequence && spki?.tag === tags.sequence;
  if (!isRequest || signature === undefined || rest.length > 0) throw new Error('it is not PKCS#10');
  const { alternativeNames, claimsCa } = requestedExtensions(attributes);
  const signatureAlgorithm = signatureNameOf(algorithm);
  return { subjectDer: subject.whole, key: readKeyFacts(spki), signatureAlgorithm, alternativeNames, claimsCa };
}

/**
 * The extensions that a request asks for (RFC 2985 §5.4.2).
 * @param tail what stands behind the key in its CertificationRequestInfo
 * @throws Error on what is malformed
 */
export function requestedExtensions(tail: readonly Element[]): ReadExtensions {
  const attributes = childrenOf(tail.find(({ tag }) => tag === attributesTag));
  const requested = attributes.find((each) => dottedOf(childrenOf(each)[0]?.content ?? new Uint8Array()) === extensionRequest);
  return readExtensions(childrenOf(childrenOf(requested)[1])[0]);
}
