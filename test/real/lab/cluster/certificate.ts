import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { type Certificate, createRootCertificate, generateKey, signerFromKey } from '@reroot/shared/pki';

/** The CA of one Kubernetes cluster, which has nothing to do with those of the mesh. */
export interface ClusterAuthority {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** Key and certificate of a server or a client of the Kubernetes API. */
export interface Credential {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Whom a certificate is for. */
export interface CredentialOptions {
  readonly commonName: string;
  /** Groups of a user of the Kubernetes API. */
  readonly organization?: string;
  /** DNS names and IP addresses. */
  readonly names?: readonly string[];
}

const dayMs = 24 * 3_600_000;
const p256 = { kind: 'ecdsa', curve: 'P-256' } as const;

export async function createAuthority(commonName: string, nowMs: number): Promise<ClusterAuthority> {
  const key = await generateKey(p256);
  const validity = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 365 * dayMs };
  return { key, certificate: await createRootCertificate({ key: signerFromKey(key), commonName, ...validity }) };
}

/**
 * Issues what kube-apiserver, kubelets and their clients need: a name, groups, and alternative names that are addresses.
 * The PKI of reroot issues for workloads alone, so the few bytes of RFC 5280 §4.1 are written here.
 */
export async function issueCredential(authority: ClusterAuthority, options: CredentialOptions): Promise<Credential> {
  const key = await generateKey(p256);
  const { notBeforeMs, notAfterMs, subject } = authority.certificate;
  const issuer = nameOf({ commonName: subject.replace(/^CN=/, '') });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const validity = sequence(time(notBeforeMs), time(notAfterMs));
  const tbs = sequence(
    tlv(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    ecdsaWithSha256,
    issuer,
    validity,
    nameOf(options),
    spki,
    tlv(0xa3, sequence(extendedKeyUsage(), ...alternativeNames(options.names ?? []))),
  );
  const signature = sign('sha256', tbs, authority.key);
  const der = sequence(tbs, ecdsaWithSha256, tlv(0x03, Buffer.of(0), signature));
  return { certPem: pemOf(der), keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function tlv(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body]);
}

/** X.690 §8.1.3; nothing here is longer than 64 KiB. */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}

const sequence = (...content: readonly Uint8Array[]): Buffer => tlv(0x30, ...content);
const integer = (bytes: Uint8Array): Buffer => tlv(0x02, bytes);
const oid = (...bytes: readonly number[]): Buffer => tlv(0x06, Buffer.of(...bytes));

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** O, then CN: byte for byte what `createRootCertificate` writes, for verifiers compare names so. */
function nameOf({ organization, commonName }: Pick<CredentialOptions, 'organization' | 'commonName'>): Buffer {
  const attribute = (last: number, value: string): Buffer =>
    tlv(0x31, sequence(oid(0x55, 0x04, last), tlv(0x0c, Buffer.from(value))));
  return sequence(...(organization === undefined ? [] : [attribute(10, organization)]), attribute(3, commonName));
}

/** UTCTime, whole seconds. */
function time(atMs: number): Buffer {
  const digits = new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
  return tlv(0x17, Buffer.from(`${digits.slice(2)}Z`));
}

/** serverAuth and clientAuth, 2.5.29.37. */
function extendedKeyUsage(): Buffer {
  const purpose = (last: number): Buffer => oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, last);
  return sequence(oid(0x55, 0x1d, 0x25), tlv(0x04, sequence(purpose(1), purpose(2))));
}

/** 2.5.29.17; none where there are no names. */
function alternativeNames(names: readonly string[]): readonly Buffer[] {
  if (names.length === 0) return [];
  const general = names.map((name) =>
    isIP(name) === 4 ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : tlv(0x82, Buffer.from(name)),
  );
  return [sequence(oid(0x55, 0x1d, 0x11), tlv(0x04, sequence(...general)))];
}

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
