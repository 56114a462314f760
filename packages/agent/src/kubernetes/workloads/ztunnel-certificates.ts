import { type Fields, type HeldTrust, invalid, objectsOf, parseAnswer } from './proxy-answer.ts';

/** It takes no parameters: the certificates come with all that the ztunnel knows of the mesh. */
export const ztunnelDumpPath = '/config_dump';

/** More kinds of trust than this in one ztunnel are no state of a rotation. */
const maxKinds = 16;

/**
 * Reads what a ztunnel holds. It serves all identities of its node, and is right only when each of them is: so trust that
 * differs is given once for each kind, by the first identity that has it. While its first certificate is being fetched, it
 * holds nothing yet. Where there is none to be fetched, as on a node without pods of the ambient mesh, nothing is served, and
 * nothing can lag behind: the list is empty. Before 1.26 a ztunnel kept one root only and did not tell it apart; that cannot be read.
 * @param who is asked; the subject of the error's sentence
 * @throws RR_PROXY_ANSWER_INVALID
 */
export function parseZtunnelCertificates(text: string, who: string): HeldTrust[] {
  const answer = parseAnswer(text, who);
  if (!Array.isArray(answer.certificates)) throw invalid(who, 'no list of certificates');
  const kinds = new Map<string, HeldTrust>();
  const certificates = objectsOf(answer.certificates);
  for (const certificate of certificates) {
    if (certificate.state !== 'Available') continue;
    const [leaf = '', ...above] = pemsOf(certificate.certChain, who);
    const rootCert = joined(pemsOf(certificate.rootCerts, who));
    if (leaf === '' || rootCert === '') throw invalid(who, 'a certificate without its chain or its roots');
    const kind = `${joined(above)}${rootCert}`;
    if (!kinds.has(kind)) kinds.set(kind, { identity: identityOf(certificate), certChain: joined([leaf, ...above]), rootCert });
  }
  if (kinds.size > maxKinds) throw invalid(who, `${kinds.size} kinds of trust`);
  const isFetching = certificates.some(({ state }) => state === 'Initializing');
  return kinds.size === 0 && isFetching ? [{ identity: undefined, certChain: '', rootCert: '' }] : [...kinds.values()];
}

/** `ns/NAMESPACE/sa/ACCOUNT` of the SPIFFE identity. */
function identityOf({ identity }: Fields): string {
  return String(identity).replace(/^spiffe:\/\/[^/]*\//, '');
}

/** In base64, as ztunnel writes them (ztunnel, src/admin.rs), or as they are, as Istio's own samples have them. */
function pemsOf(certificates: unknown, who: string): string[] {
  return objectsOf(certificates).map(({ pem }) => {
    if (typeof pem !== 'string') throw invalid(who, 'a certificate without its PEM');
    return pem.startsWith('-----BEGIN ') ? pem : Buffer.from(pem, 'base64').toString('utf8');
  });
}

function joined(pems: readonly string[]): string {
  return pems.map((pem) => (pem.endsWith('\n') ? pem : `${pem}\n`)).join('');
}
