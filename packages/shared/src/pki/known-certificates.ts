import type { Certificate } from './certificate.ts';

/** So many are as good as all of a mesh and of its clusters that one process has to do with. */
const maxKnown = 512;
/** Of the text or the bytes that one was read from: memory is not for what somebody made large. */
const maxSourceLength = 8_192;

/** A certificate with the text that it is remembered by: a copy, for a part of a text keeps all of that text in memory. */
interface Known {
  readonly source: string;
  readonly certificate: Certificate;
}

/** By the very bytes or the very text that they were read from, the one that was asked for last at the end. */
const known = new Map<string, Known>();

/**
 * Gives the certificate of a source that was read before, or has it read. A mesh has a handful of CAs, and they stand in every
 * bundle, every Secret and every message, pass after pass. Leaves are not remembered: each is seen once.
 * @param source what it is read from, whole: a PEM block, or DER as Latin-1
 */
export function knownCertificate(source: string, read: () => Certificate): Certificate {
  const remembered = known.get(source);
  if (remembered !== undefined) {
    known.delete(remembered.source);
    known.set(remembered.source, remembered);
    return remembered.certificate;
  }
  const certificate = read();
  if (!certificate.isCa || source.length > maxSourceLength) return certificate;
  const copy = Buffer.from(source, 'utf8').toString('utf8');
  known.set(copy, { source: copy, certificate });
  if (known.size > maxKnown) known.delete(known.keys().next().value ?? '');
  return certificate;
}
