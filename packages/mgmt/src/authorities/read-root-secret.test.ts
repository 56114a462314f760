import { createPrivateKey, createPublicKey } from 'node:crypto';
import { inspect } from 'node:util';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, verifyChain } from '@reroot/shared/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeCa, makeCa } from '../testing/openssl-authority.ts';
import { type ReadRootContext, type RootMaterial, readRootSecret } from './read-root-secret.ts';

const dayMs = 86_400_000;
const secret = { namespace: 'istio-system', name: 'next-root' };
const asCa = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];

const characters = ['A', 'Z', 'a', 'z', '0', '9', '+', '/', '=', '-', ' ', '\n'];

type Texts = Readonly<Record<string, string | undefined>>;

const read = (texts: Texts, changes: Partial<ReadRootContext> = {}): RootMaterial => {
  const filled = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const data = new Map(filled.map(([key, text]) => [key, Buffer.from(text)]));
  return readRootSecret(data, { secret, signing: 'mgmt', known: [], nowMs: Date.now(), ...changes });
};
const refusalOf = (texts: Texts, changes: Partial<ReadRootContext> = {}): RerootError => {
  try {
    read(texts, changes);
  } catch (error) {
    if (error instanceof RerootError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('a root CA in a Secret', () => {
  let root: MadeCa;
  let other: MadeCa;
  let policy: MadeCa;
  let issuing: MadeCa;
  beforeAll(async () => {
    [root, other] = await Promise.all([makeCa({ commonName: 'offline root' }), makeCa({ commonName: 'other root' })]);
    policy = await makeCa({ commonName: 'policy CA', issuer: root, pathLength: 2 });
    issuing = await makeCa({ commonName: 'issuing CA', issuer: policy, pathLength: 1 });
  });

  const bundle = (...cas: readonly MadeCa[]): string => cas.map(({ certificate }) => certificate.pem).join('');
  const rootAlone = (): Texts => ({ 'ca-cert.pem': bundle(root), 'ca-key.pem': root.keyPem, 'root-cert.pem': bundle(root) });
  const belowRoot = (): Texts => ({
    ...{ 'ca-cert.pem': bundle(issuing), 'ca-key.pem': issuing.keyPem },
    ...{ 'cert-chain.pem': bundle(issuing, policy), 'root-cert.pem': bundle(root) },
  });
  const certManager = (): Texts => ({ 'tls.crt': bundle(issuing, policy), 'tls.key': issuing.keyPem, 'ca.crt': bundle(root) });
  const sec1 = (ca: MadeCa): string => createPrivateKey(ca.keyPem).export({ type: 'sec1', format: 'pem' }).toString();
  const signing = (ca: MadeCa): Texts => ({ 'ca-cert.pem': bundle(ca), 'ca-key.pem': ca.keyPem, 'root-cert.pem': bundle(root) });

  const alone: readonly (readonly [string, () => Texts])[] = [
    ['in Istio’s form', rootAlone],
    ['with its chain, which is itself', () => ({ ...rootAlone(), 'cert-chain.pem': bundle(root) })],
    ['without root-cert.pem, for it is its own', () => ({ ...rootAlone(), 'root-cert.pem': undefined })],
    ['twice in root-cert.pem', () => ({ ...rootAlone(), 'root-cert.pem': bundle(root, root) })],
    [
      'as cert-manager writes a self-signed one',
      () => ({ 'tls.crt': bundle(root), 'tls.key': sec1(root), 'ca.crt': bundle(root) }),
    ],
    [
      'in both forms, which say the same',
      () => ({ ...rootAlone(), 'tls.crt': bundle(root), 'tls.key': sec1(root), 'ca.crt': bundle(root) }),
    ],
    ['among keys of other purposes', () => ({ ...rootAlone(), 'ca-crl.pem': 'x', 'keystore.jks': 'x' })],
    ['with text around the blocks', () => ({ ...rootAlone(), 'root-cert.pem': `# made by hand\r\n${bundle(root)}\n` })],
  ];
  it.each(alone)('is read %s', (_, texts) => {
    const material = read(texts());
    expect(material.root.fingerprint).toBe(root.certificate.fingerprint);
    expect(material.chain).toEqual([]);
    expect(createPublicKey(material.key!).equals(root.certificate.publicKey)).toBe(true);
  });

  const below: readonly (readonly [string, () => Texts])[] = [
    ['in Istio’s form', belowRoot],
    [
      'with the chain in any order, and the root in it',
      () => ({ ...belowRoot(), 'cert-chain.pem': bundle(root, policy, issuing) }),
    ],
    [
      'with the chain in ca-cert.pem',
      () => ({ ...belowRoot(), 'ca-cert.pem': bundle(issuing, policy), 'cert-chain.pem': undefined }),
    ],
    ['with a stranger in the chain', () => ({ ...belowRoot(), 'cert-chain.pem': bundle(other, policy) })],
    ['as cert-manager writes it', certManager],
    ['in both forms, which say the same', () => ({ ...belowRoot(), ...certManager() })],
  ];
  it.each(below)('may keep its key elsewhere, and a CA below it signs: %s', (_, texts) => {
    const { root: found, chain, key } = read(texts());
    expect(found.fingerprint).toBe(root.certificate.fingerprint);
    expect(chain.map(({ fingerprint }) => fingerprint)).toEqual(
      [issuing, policy].map(({ certificate }) => certificate.fingerprint),
    );
    expect(createPublicKey(key!).equals(issuing.certificate.publicKey)).toBe(true);
    expect(verifyChain(chain, [found], Date.now())).toMatchObject({ ok: true });
  });

  it.each([
    ['is alone', () => ({ 'ca.crt': bundle(root) })],
    ['has a key beside it, which is nobody’s business', () => ({ ...rootAlone(), 'ca-key.pem': 'damaged' })],
    ['has a CA below it', belowRoot],
  ])('needs no key where the agents sign: it %s', (_, texts: () => Texts) => {
    const material = read(texts(), { signing: 'agents' });
    expect(material).toMatchObject({ chain: [], key: undefined });
    expect(material.root.fingerprint).toBe(root.certificate.fingerprint);
  });

  const incomplete: readonly (readonly [string, () => Texts, string])[] = [
    [
      'nothing of a CA',
      () => ({ token: 'x' }),
      'it has neither ca-cert.pem, ca-key.pem and root-cert.pem nor tls.crt, tls.key and ca.crt',
    ],
    ['no key', () => ({ ...rootAlone(), 'ca-key.pem': undefined }), 'it has no ca-key.pem'],
    ['no key in the form of cert-manager', () => ({ ...certManager(), 'tls.key': undefined }), 'it has no tls.key'],
    ['a key alone', () => ({ 'ca-key.pem': root.keyPem }), 'ca-cert.pem holds 0 certificates'],
    [
      'the key of another CA',
      () => ({ ...rootAlone(), 'ca-key.pem': other.keyPem }),
      'ca-key.pem is not the key of the first certificate of ca-cert.pem',
    ],
    ['the key of the root for a CA below it', () => ({ ...certManager(), 'tls.key': root.keyPem }), 'tls.key is not the key'],
    ['no CA that signs', () => ({ ...rootAlone(), 'ca-cert.pem': '' }), 'ca-cert.pem holds no certificate'],
    ['no root', () => ({ ...belowRoot(), 'root-cert.pem': '' }), 'root-cert.pem holds 0 certificates, not one root'],
    [
      'two roots',
      () => ({ ...rootAlone(), 'root-cert.pem': bundle(root, other) }),
      'root-cert.pem holds 2 certificates, not one root',
    ],
    [
      'a root that is none',
      () => ({ ...belowRoot(), 'root-cert.pem': bundle(policy) }),
      'what root-cert.pem holds is no self-signed root',
    ],
    [
      'the root of others',
      () => ({ ...rootAlone(), 'root-cert.pem': bundle(other) }),
      'no trusted root is named CN=offline root',
    ],
    [
      'a gap in the chain',
      () => ({ ...belowRoot(), 'cert-chain.pem': bundle(issuing) }),
      'no trusted root is named CN=policy CA',
    ],
    [
      'a damaged certificate',
      () => ({ ...rootAlone(), 'root-cert.pem': bundle(root).replace('MII', 'MIJ') }),
      'root-cert.pem cannot be read: block 1',
    ],
    [
      'a key among certificates',
      () => ({ ...rootAlone(), 'root-cert.pem': `${bundle(root)}${root.keyPem}` }),
      'block 2 is a PRIVATE KEY',
    ],
    [
      'a damaged key',
      () => ({ ...rootAlone(), 'ca-key.pem': root.keyPem.replace('MIG', 'MIX') }),
      'ca-key.pem cannot be read: the text holds no unencrypted private key',
    ],
    [
      'two forms that differ',
      () => ({ ...rootAlone(), 'tls.crt': bundle(other), 'tls.key': other.keyPem, 'ca.crt': bundle(other) }),
      'it holds two CAs that differ',
    ],
    ['a second form that is broken', () => ({ ...rootAlone(), 'tls.crt': bundle(root) }), 'it has no tls.key'],
  ];
  it.each(incomplete)('is refused for %s, by the Secret and the key, without what stands there', (_, texts, why) => {
    const refusal = refusalOf(texts());
    expect(refusal).toMatchObject({
      ...{ code: 'RR_ROOT_SECRET_INVALID', place: 'Secret istio-system/next-root' },
      message: expect.stringContaining(why),
    });
    const told = inspect(refusal, { depth: 9 });
    for (const line of Object.values(texts()).flatMap((text = '') => text.split('\n'))) {
      if (line.length > 30 && !line.startsWith('-----')) expect(told).not.toContain(line.slice(0, 30));
    }
  });

  it('is refused with a root that is known by its name only, and its end', async () => {
    const twin = await makeCa({ commonName: 'offline root' });
    const refusal = refusalOf(rootAlone(), { known: [other.certificate, twin.certificate] });
    expect(refusal.message).toContain(`root ${twin.certificate.fingerprint} of the mesh has the same name, CN=offline root`);
    // The very root is no twin of itself: it is told apart by whoever asks for a new one.
    expect(read(rootAlone(), { known: [root.certificate] }).root.fingerprint).toBe(root.certificate.fingerprint);
  });

  it.each([
    ['its root', () => rootAlone(), 'CN=offline root'],
    ['the CA that signs', () => belowRoot(), 'CN=issuing CA'],
  ])('is refused when %s ends within a day', (_, texts, name) => {
    const nowMs = root.certificate.notAfterMs - dayMs / 2;
    expect(refusalOf(texts(), { nowMs }).message).toContain(
      `${name} ends at ${new Date(issuing.certificate.notAfterMs).toISOString().slice(0, 10)}`,
    );
  });

  it('is refused before its time', () => {
    const nowMs = root.certificate.notBeforeMs - 1_000;
    expect(refusalOf(rootAlone(), { nowMs }).message).toContain('is not valid before');
  });

  const unfit: readonly (readonly [string, Parameters<typeof makeCa>[0], string])[] = [
    ['is no CA', { commonName: 'odd', extensions: ['basicConstraints=critical,CA:FALSE'] }, 'CN=odd is no CA'],
    [
      'may not sign certificates',
      { commonName: 'odd', extensions: [asCa[0]!, 'keyUsage=critical,cRLSign'] },
      'CN=odd is no CA, or its keyUsage lacks keyCertSign',
    ],
    ['leaves no room below it', { commonName: 'odd', pathLength: 0 }, 'the path length of CN=odd leaves no room'],
    [
      'is for clients',
      { commonName: 'odd', extensions: [...asCa, 'extendedKeyUsage=clientAuth'] },
      'has an extendedKeyUsage without serverAuth',
    ],
    [
      'has no key identifier',
      { commonName: 'odd', extensions: [...asCa, 'subjectKeyIdentifier=none', 'authorityKeyIdentifier=none'] },
      'CN=odd has no subject key identifier',
    ],
    ['has no name', { commonName: '' }, 'has no subject'],
    ['has a key of Ed25519', { commonName: 'odd', key: 'ed25519' }, 'the key is of the kind Ed25519'],
    ['has a short key', { commonName: 'odd', key: 'rsa:1024' }, 'the key is RSA of 1024 bits'],
    [
      'has something critical that nobody knows',
      { commonName: 'odd', extensions: [...asCa, '1.2.3.4=critical,ASN1:NULL'] },
      'the unknown critical extension 1.2.3.4',
    ],
  ];
  it.each(unfit)('is refused when it %s, as root and as a CA below one', async (_, plan, why) => {
    const odd = await makeCa(plan);
    expect(refusalOf({ 'root-cert.pem': bundle(odd) }, { signing: 'agents' }).message).toContain(why);
    const oddBelow = await makeCa({ ...plan, issuer: root });
    const { message } = refusalOf(signing(oddBelow));
    // A key that cannot be imported is told of as such.
    expect(message).toContain(plan.key === undefined ? why : 'ca-key.pem cannot be read: the key is');
  });

  it('is refused when it asks for another key than its own', async () => {
    const foreign = `authorityKeyIdentifier=DER:30168014${'ab'.repeat(20)}`;
    const odd = await makeCa({ commonName: 'odd', extensions: [...asCa, 'subjectKeyIdentifier=hash', foreign] });
    expect(refusalOf({ 'root-cert.pem': bundle(odd) }, { signing: 'agents' }).message).toContain(
      'authority key identifier of the root, CN=odd',
    );
  });

  it('is refused when it has its own name, and another’s signature', async () => {
    const forged = await makeCa({ commonName: 'offline root', issuer: root });
    const texts = { 'ca-cert.pem': bundle(forged), 'ca-key.pem': forged.keyPem, 'root-cert.pem': bundle(forged) };
    expect(refusalOf(texts).message).toContain('is not signed by its own key');
  });

  it('is refused when a CA in between leaves too little room', async () => {
    const narrow = await makeCa({ commonName: 'narrow CA', issuer: root, pathLength: 1 });
    const last = await makeCa({ commonName: 'last CA', issuer: narrow, pathLength: 1 });
    const texts = { ...signing(last), 'cert-chain.pem': bundle(last, narrow) };
    expect(refusalOf(texts).message).toContain('the path length of CN=narrow CA leaves no room');
  });

  it('finds its way where a CA has two issuers of one name', async () => {
    const twin = await makeCa({ commonName: 'policy CA', issuer: root, pathLength: 2 });
    const { chain } = read({ ...belowRoot(), 'cert-chain.pem': bundle(twin, policy, issuing) });
    expect(chain.map(({ fingerprint }) => fingerprint)).toEqual(
      [issuing, policy].map(({ certificate }) => certificate.fingerprint),
    );
  });

  it('is refused or read as it is, wherever a character of it was changed', () => {
    const texts = belowRoot() as Readonly<Record<string, string>>;
    const fingerprints = (material: RootMaterial): Certificate['fingerprint'][] =>
      [...material.chain, material.root].map(({ fingerprint }) => fingerprint);
    const whole = read(texts);
    const changed = fc
      .constantFrom(...Object.keys(texts))
      .chain((key) =>
        fc.record({ key: fc.constant(key), at: fc.nat(texts[key]!.length - 1), char: fc.constantFrom(...characters) }),
      );
    fc.assert(
      fc.property(changed, ({ key, at, char }) => {
        const text = texts[key]!;
        let material: RootMaterial;
        try {
          material = read({ ...texts, [key]: `${text.slice(0, at)}${char}${text.slice(at + 1)}` });
        } catch (error) {
          expect(error).toMatchObject({ code: 'RR_ROOT_SECRET_INVALID' });
          return;
        }
        expect(fingerprints(material)).toEqual(fingerprints(whole));
        expect(createPublicKey(material.key!).equals(issuing.certificate.publicKey)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
