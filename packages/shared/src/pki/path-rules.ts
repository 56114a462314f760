import { assertNever } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';
import { type Broken, broken, nameOf } from './chain-problem.ts';
import { findUnchecked } from './general-name.ts';

/** What chains are used for in TLS; `any` asks for nothing. */
export type ChainPurpose = 'serverAuth' | 'clientAuth' | 'any';

/** What every certificate of a path is held to. */
export interface PathRules {
  readonly atMs: number;
  /** How far the clock of whoever made a certificate may be off. */
  readonly skewMs: number;
  readonly purpose: ChainPurpose;
}

/** Below this Go's crypto/rsa verifies nothing, and OpenSSL's security level 1 refuses. */
const minRsaBits = 1024;

/** The curves of Go's crypto/x509. */
const knownCurves: ReadonlySet<string> = new Set(['P-224', 'P-256', 'P-384', 'P-521']);

/** What Go's crypto/x509 verifies; OpenSSL's security level 1 refuses MD5 and SHA-1 too. */
const knownSignatures: ReadonlySet<string> = new Set([
  ...['RSA', 'RSA-PSS', 'ECDSA'].flatMap((kind) => ['SHA256', 'SHA384', 'SHA512'].map((hash) => `${kind}-${hash}`)),
  'Ed25519',
]);

/** What every certificate is asked, in the order in which the problems are told. */
const checks: readonly ((certificate: Certificate, rules: PathRules) => Broken | undefined)[] = [
  validityProblem,
  criticalProblem,
  constraintProblem,
  purposeProblem,
  keyProblem,
];

/** Holds one certificate to the rules, whatever stands above or below it (RFC 5280 §6.1.3, §6.1.4). */
export function certificateProblem(certificate: Certificate, rules: PathRules): Broken | undefined {
  for (const check of checks) {
    const problem = check(certificate, rules);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** All that stands against a certificate, where `certificateProblem` gives the first. */
export function certificateProblems(certificate: Certificate, rules: PathRules): readonly Broken[] {
  return checks.flatMap((check) => check(certificate, rules) ?? []);
}

/** Refuses a signature that could be forged; nobody looks at that of a trusted root, which is trusted by itself. */
export function signatureProblem(certificate: Certificate): Broken | undefined {
  const { signatureAlgorithm } = certificate;
  return knownSignatures.has(signatureAlgorithm)
    ? undefined
    : broken('SignatureAlgorithm', `${nameOf(certificate)} is signed with ${signatureAlgorithm}, which is not accepted`);
}

function validityProblem(certificate: Certificate, { atMs, skewMs }: PathRules): Broken | undefined {
  const { notBeforeMs, notAfterMs } = certificate;
  if (atMs < notBeforeMs - skewMs)
    return broken('NotYetValid', `${nameOf(certificate)} is not valid before ${new Date(notBeforeMs).toISOString()}`);
  if (atMs > notAfterMs + skewMs)
    return broken('Expired', `${nameOf(certificate)} expired at ${new Date(notAfterMs).toISOString()}`);
  return undefined;
}

function criticalProblem(certificate: Certificate): Broken | undefined {
  const { unknownCritical } = certificate;
  return unknownCritical.length === 0
    ? undefined
    : broken('UnknownCritical', `${nameOf(certificate)} has the unknown critical extension ${unknownCritical.join(', ')}`);
}

/** For Go such an extension is as unknown as any other, also in a certificate that nothing stands below. */
function constraintProblem(certificate: Certificate): Broken | undefined {
  const { nameConstraints } = certificate;
  const kind = nameConstraints?.criticality === 'critical' ? findUnchecked(nameConstraints) : undefined;
  return kind === undefined
    ? undefined
    : broken('UncheckedNames', `${nameOf(certificate)} constrains names of kind ${kind}, which istiod cannot check`);
}

function purposeProblem(certificate: Certificate, { purpose }: PathRules): Broken | undefined {
  const { extendedKeyUsage } = certificate;
  const unfit =
    purpose !== 'any' &&
    extendedKeyUsage !== undefined &&
    !extendedKeyUsage.includes(purpose) &&
    !extendedKeyUsage.includes('anyExtendedKeyUsage');
  return unfit
    ? broken(
        'ExtendedKeyUsage',
        `${nameOf(certificate)} has an extendedKeyUsage without ${purpose}: ${extendedKeyUsage.join(', ')}`,
      )
    : undefined;
}

function keyProblem(certificate: Certificate): Broken | undefined {
  const { keyFacts } = certificate;
  switch (keyFacts.kind) {
    case 'rsa':
      return keyFacts.bits >= minRsaBits ? undefined : refusedKey(certificate, `of ${keyFacts.bits} bits of RSA`);
    case 'ec':
      return knownCurves.has(keyFacts.curve) ? undefined : refusedKey(certificate, `on the curve ${keyFacts.curve}`);
    case 'other':
      return keyFacts.name === 'Ed25519' ? undefined : refusedKey(certificate, `of the kind ${keyFacts.name}`);
    default:
      return assertNever(keyFacts);
  }
}

function refusedKey(certificate: Certificate, which: string): Broken {
  return broken('KeyAlgorithm', `${nameOf(certificate)} has a key ${which}, which is not accepted`);
}
