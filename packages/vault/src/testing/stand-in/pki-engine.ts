import { randomUUID } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage } from '@reroot/shared/errors';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  csrToPem,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  type KeyAlgorithm,
  parseCertificates,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import {
  type Answer,
  data,
  durationMsAt,
  type Engine,
  failure,
  listAt,
  nothing,
  refusal,
  type StandInRequest,
  textAt,
} from './answer.ts';

interface StoredIssuer {
  readonly id: string;
  readonly name: string;
  readonly keyId: string;
  readonly certificate: Certificate;
}

interface Mount {
  readonly clock: Clock;
  readonly maxTtlMs: number;
  readonly issuers: Map<string, StoredIssuer>;
  readonly keys: Map<string, Signer>;
}

type Body = StandInRequest['body'];

const defaultMaxTtlMs = 768 * 3_600_000;

/** A mount of the PKI engine, with the paths that are used here; its first issuer is the default. */
export function createPkiEngine(config: Body, clock: Clock): Engine {
  const mount: Mount = {
    clock,
    maxTtlMs: durationMsAt(config, 'max_lease_ttl') ?? defaultMaxTtlMs,
    issuers: new Map(),
    keys: new Map(),
  };
  return { answer: async (request) => answer(mount, request) };
}

async function answer(mount: Mount, { operation, path, body }: StandInRequest): Promise<Answer | undefined> {
  const [area = '', reference = '', verb = ''] = path.split('/');
  switch (`${operation} ${path.replace(/^(issuer|key)\/[^/]+/, '$1/+')}`) {
    case 'list issuers':
      return listIssuers(mount);
    case 'write issuers/generate/root/internal':
    case 'write root/generate/internal':
      return generateRoot(mount, body);
    case 'write issuers/import/cert':
      return importCertificates(mount, body);
    case 'write intermediate/generate/exported':
      return generateExported(mount, body);
    case 'read issuer/+':
      return orMissing(mount, reference, (issuer) => data(show(issuer)));
    case 'write root/sign-intermediate':
      return signIntermediate(mount, 'default', body);
    case 'write issuer/+/sign-intermediate':
      return verb === 'sign-intermediate' ? signIntermediate(mount, reference, body) : undefined;
    case 'delete issuer/+':
      mount.issuers.delete(find(mount, reference)?.id ?? '');
      return data(null);
    case 'delete key/+':
      return area === 'key' ? deleteKey(mount, reference) : undefined;
    default:
      return undefined;
  }
}

function find({ issuers }: Mount, reference: string): StoredIssuer | undefined {
  const all = [...issuers.values()];
  return reference === 'default' ? all[0] : all.find(({ id, name }) => id === reference || name === reference);
}

function orMissing<T extends Answer | Promise<Answer>>(
  mount: Mount,
  reference: string,
  use: (issuer: StoredIssuer) => T,
): T | Answer {
  const issuer = find(mount, reference);
  if (issuer !== undefined) return use(issuer);
  return failure(
    reference === 'default' ? 'no default issuer currently configured' : `unable to find PKI issuer for reference: ${reference}`,
  );
}

function show({ id, name, keyId, certificate: { pem } }: StoredIssuer): object {
  return {
    issuer_id: id,
    issuer_name: name,
    key_id: keyId,
    certificate: pem,
    ca_chain: [pem],
    manual_chain: null,
    revoked: false,
  };
}

function listIssuers({ issuers }: Mount): Answer {
  if (issuers.size === 0) return refusal(404);
  const info = [...issuers.values()].map(({ id, name }, index) => [id, { issuer_name: name, is_default: index === 0 }] as const);
  return data({ keys: [...issuers.keys()], key_info: Object.fromEntries(info) });
}

/** As Vault does it: what exceeds the mount's limit is cut, with a warning that nobody reads. */
async function generateRoot(mount: Mount, body: Body): Promise<Answer> {
  const name = textAt(body, 'issuer_name');
  if (name !== '' && find(mount, name) !== undefined) return refusal(400, 'issuer name already in use');
  const ttlMs = Math.min(durationMsAt(body, 'ttl') ?? mount.maxTtlMs, mount.maxTtlMs);
  const nowMs = mount.clock.now();
  const key = signerFromKey(await generateKey(algorithmOf(body)));
  const validity = { notBeforeMs: nowMs - (durationMsAt(body, 'not_before_duration') ?? 30_000), notAfterMs: nowMs + ttlMs };
  const certificate = await createRootCertificate({ key, ...subjectOf(body), ...validity });
  const issuer = { id: randomUUID(), name, keyId: randomUUID(), certificate };
  mount.issuers.set(issuer.id, issuer);
  mount.keys.set(issuer.keyId, key);
  return data({ ...show(issuer), issuing_ca: certificate.pem, key_name: textAt(body, 'key_name') });
}

/** Certificates alone: what is imported so signs nothing. */
function importCertificates({ issuers }: Mount, body: Body): Answer {
  const imported = parseCertificates(textAt(body, 'pem_bundle')).map((certificate) => ({
    id: randomUUID(),
    name: '',
    keyId: '',
    certificate,
  }));
  for (const issuer of imported) issuers.set(issuer.id, issuer);
  return data({ imported_issuers: imported.map(({ id }) => id), imported_keys: null });
}

async function generateExported(mount: Mount, body: Body): Promise<Answer> {
  const key = await generateKey(algorithmOf(body));
  const signer = signerFromKey(key);
  const keyId = randomUUID();
  mount.keys.set(keyId, signer);
  const csr = csrToPem(await createCsr({ key: signer, ...subjectOf(body) }));
  return data({
    csr: csr.trim(),
    private_key: exportPrivateKey(key).trim(),
    private_key_type: textAt(body, 'key_type'),
    key_id: keyId,
  });
}

async function signIntermediate(mount: Mount, reference: string, body: Body): Promise<Answer> {
  return orMissing(mount, reference, async ({ certificate: issuer, keyId }) => {
    const issuerKey = mount.keys.get(keyId);
    if (issuerKey === undefined) return failure('unable to fetch the key of the issuer');
    try {
      const csr = parseCsr(textAt(body, 'csr'));
      const notAfterMs = Date.parse(textAt(body, 'not_after'));
      const notBeforeMs = mount.clock.now() - (durationMsAt(body, 'not_before_duration') ?? 30_000);
      const certificate = await issueIntermediate({ csr, issuer, issuerKey, ...subjectOf(body), notBeforeMs, notAfterMs });
      return data({ certificate: certificate.pem, issuing_ca: issuer.pem, ca_chain: [certificate.pem, issuer.pem] });
    } catch (error) {
      return refusal(400, errorMessage(error));
    }
  });
}

function deleteKey({ issuers, keys }: Mount, reference: string): Answer {
  const user = [...issuers.values()].find(({ keyId }) => keyId === reference);
  if (user !== undefined) return refusal(400, `Failed to Delete Key.  Key in Use by Issuer: ${user.id}`);
  keys.delete(reference);
  return nothing;
}

/** Of the names that a certificate may have besides, those who are served here ask for that of a trust domain alone. */
function subjectOf(body: Body): { commonName: string; organization?: string; trustDomain?: string | undefined } {
  const [organization] = listAt(body, 'organization');
  const trustDomain = listAt(body, 'uri_sans')[0]?.replace(/^spiffe:\/\//, '');
  return { commonName: textAt(body, 'common_name'), ...(organization === undefined ? {} : { organization }), trustDomain };
}

function algorithmOf(body: Body): KeyAlgorithm {
  const bits = body['key_bits'];
  if (body['key_type'] === 'rsa') return { kind: 'rsa', bits: bits === 4096 || bits === 3072 ? bits : 2048 };
  return { kind: 'ecdsa', curve: bits === 384 ? 'P-384' : 'P-256' };
}
