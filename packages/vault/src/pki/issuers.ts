import { type Certificate, parseCertificate } from '@reroot/shared/pki';
import { z } from 'zod';
import { parseAnswer, readPem } from '../parse-answer.ts';
import type { Vault } from '../vault.ts';
import { below } from '../vault-path.ts';

/** An issuer as the list of its mount has it. */
export interface ListedIssuer {
  readonly issuerId: string;
  /** Empty where it has none. */
  readonly issuerName: string;
}

/** An issuer of a mount: a CA certificate, and the key that belongs to it. */
export interface Issuer extends ListedIssuer {
  /** Empty where the mount has the certificate alone: such an issuer signs nothing. */
  readonly keyId: string;
  readonly certificate: Certificate;
  /** The certificate first, each followed by its issuer, as far as the mount knows them. */
  readonly chain: readonly Certificate[];
}

const orEmpty = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const infoSchema = z.object({ issuer_name: orEmpty });
const issuerSchema = z.object({
  issuer_id: z.string().min(1),
  issuer_name: orEmpty,
  key_id: orEmpty,
  certificate: z.string(),
  ca_chain: z
    .array(z.string())
    .nullish()
    .transform((chain) => chain ?? []),
});

/** The issuers of a mount of the PKI engine; none where nothing was generated or imported (Vault 1.11 or later). */
export async function listIssuers(vault: Vault, mount: string, signal: AbortSignal): Promise<readonly ListedIssuer[]> {
  const path = below(mount, 'issuers');
  const { keys, keyInfo } = await vault.list(path, signal);
  return keys.map((issuerId) => ({ issuerId, issuerName: parseAnswer(infoSchema, keyInfo[issuerId] ?? {}, path).issuer_name }));
}

/**
 * Reads an issuer.
 * @param reference its ID or name, or `default`
 * @throws RR_VAULT_NOT_FOUND
 */
export async function readIssuer(vault: Vault, mount: string, reference: string, signal: AbortSignal): Promise<Issuer> {
  const path = below(mount, `issuer/${reference}`);
  const answer = parseAnswer(issuerSchema, await vault.read(path, signal), path);
  const [certificate, ...chain] = readPem(
    () => [answer.certificate, ...answer.ca_chain].map(parseCertificate),
    'certificate',
    path,
  );
  if (certificate === undefined) throw new TypeError('a list that was made of one is not empty');
  const others = chain.filter(({ fingerprint }) => fingerprint !== certificate.fingerprint);
  return {
    issuerId: answer.issuer_id,
    issuerName: answer.issuer_name,
    keyId: answer.key_id,
    certificate,
    chain: [certificate, ...others],
  };
}

/**
 * The issuer that has a certificate, or else one that chains up to it, as far as the mount tells; one without a key does not count.
 * @param fingerprint of the certificate, lower-case hex SHA-256
 */
export async function findIssuerByFingerprint(
  vault: Vault,
  mount: string,
  fingerprint: string,
  signal: AbortSignal,
): Promise<Issuer | undefined> {
  let below: Issuer | undefined;
  for (const { issuerId } of await listIssuers(vault, mount, signal)) {
    const issuer = await readIssuer(vault, mount, issuerId, signal);
    if (issuer.keyId === '') continue;
    if (issuer.certificate.fingerprint === fingerprint) return issuer;
    if (issuer.chain.some((each) => each.fingerprint === fingerprint)) below ??= issuer;
  }
  return below;
}
