import type { Certificate } from './certificate.ts';
import { type Broken, broken, nameOf } from './chain-problem.ts';
import { asGoReads, findOutside } from './general-name.ts';
import { isSignedByKeyOf } from './signed-by.ts';

/**
 * Checks a certificate as the issuer of the last of a path (RFC 5280 §6.1.3 (a), §6.1.4): name, key identifier, signature, and
 * whether it may issue what is below it.
 * @param below the path so far, the subject first; never empty
 */
export function issuerProblem(issuer: Certificate, below: readonly Certificate[]): Broken | undefined {
  const issued = below.at(-1);
  return issued === undefined
    ? undefined
    : (linkProblem(issuer, issued) ?? repetitionProblem(issuer, below) ?? limitProblem(issuer, below));
}

/**
 * What of an issuer that is known to have signed the last of a path Go refuses: its right to issue, its path length, its name
 * constraints; all of it, where `issuerProblem` gives the first. Constraints of kinds that Go does not know are left to
 * `certificateProblems`.
 */
export function issuingProblems(issuer: Certificate, below: readonly Certificate[]): readonly Broken[] {
  const constraints = issuer.nameConstraints && asGoReads(issuer.nameConstraints);
  const found = [rightProblem(issuer), pathLengthProblem(issuer, below), nameProblem(issuer, constraints, below)];
  return found.filter((problem) => problem !== undefined);
}

/** Whether two names are one: byte by byte, as Go compares. OpenSSL also takes names that differ in case or string type. */
export function sameName(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function linkProblem(issuer: Certificate, issued: Certificate): Broken | undefined {
  const names = `${nameOf(issued)} was not issued by ${nameOf(issuer)}`;
  if (!sameName(issued.issuerDer, issuer.subjectDer)) return broken('NoIssuer', names);
  const [wanted, found] = [issued.authorityKeyId, issuer.subjectKeyId];
  if (wanted !== undefined && found !== undefined && wanted !== found)
    return broken('KeyIdMismatch', `${names}: it asks for the key ${wanted}, and the issuer has ${found}`);
  return rightProblem(issuer) ?? signedProblem(issuer, issued, names);
}

function rightProblem(issuer: Certificate): Broken | undefined {
  if (!issuer.claimsCa) return broken('NotCa', `${nameOf(issuer)} is not a CA`);
  return issuer.isCa ? undefined : broken('KeyUsage', `${nameOf(issuer)} is a CA whose keyUsage lacks keyCertSign`);
}

function signedProblem(issuer: Certificate, issued: Certificate, names: string): Broken | undefined {
  // OpenSSL also compares the issuer's serial that an authority key identifier may name, and the kinds of key and signature.
  if (!issued.x509.checkIssued(issuer.x509)) return broken('NoIssuer', names);
  return isSignedByKeyOf(issued, issuer)
    ? undefined
    : broken('BadSignature', `${nameOf(issued)} is not signed by ${nameOf(issuer)}`);
}

/** Go lets no CA stand twice in one path, not even in another form: a chain that is a form of its own root verifies nowhere. */
export function repetitionProblem(issuer: Certificate, below: readonly Certificate[]): Broken | undefined {
  const repeated = below.some(
    ({ subjectDer, publicKey }) => sameName(subjectDer, issuer.subjectDer) && publicKey.equals(issuer.publicKey),
  );
  return repeated ? broken('NoIssuer', `${nameOf(issuer)} would stand above itself`) : undefined;
}

function limitProblem(issuer: Certificate, below: readonly Certificate[]): Broken | undefined {
  return pathLengthProblem(issuer, below) ?? nameProblem(issuer, issuer.nameConstraints, below);
}

function pathLengthProblem(issuer: Certificate, below: readonly Certificate[]): Broken | undefined {
  // The subject at the start does not count. A CA that certified itself does, as for Go, though not in RFC 5280 §6.1.4 (l):
  // istiod would refuse the chain.
  const between = below.length - 1;
  return issuer.pathLength === undefined || between <= issuer.pathLength
    ? undefined
    : broken('PathTooLong', `${nameOf(issuer)} allows ${issuer.pathLength} intermediates below it and has ${between}`);
}

function nameProblem(
  issuer: Certificate,
  constraints: Parameters<typeof findOutside>[0] | undefined,
  below: readonly Certificate[],
): Broken | undefined {
  if (constraints === undefined) return undefined;
  const names = below.flatMap(({ alternativeNames }) => alternativeNames);
  const outside = findOutside(constraints, names);
  return outside === undefined ? undefined : broken('NameConstraints', `${nameOf(issuer)} ${outside}`);
}
