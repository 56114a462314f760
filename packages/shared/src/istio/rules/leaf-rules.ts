import { type Certificate, inline, verifyChain } from '../../pki/index.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { sources } from '../sources.ts';
import { momentText, nameOf, placeOf } from '../wording.ts';

/** A workload's certificate, as another workload would see it under the bundle. */
export const leafRules: readonly Rule[] = [
  {
    id: 'leaf-unreadable',
    verdict: 'breaks',
    versions: {},
    title: 'a block of the leaf and its chain is not a certificate',
    why: 'a proxy that holds it cannot serve, and a peer cannot read it',
    remedy: 'give the leaf, then its chain, each in a block of its own',
    source: sources.envoy,
    check: ({ leaf }) => {
      if (leaf === undefined) return [];
      if (leaf.items.length === 0) return [{ message: 'there is no PEM block', where: leaf.name }];
      return leaf.items
        .filter(({ kind }) => kind !== 'certificate' && kind !== 'private-key' && kind !== 'encrypted-key')
        .map((item) => ({
          message: 'problem' in item ? `a ${item.label}: ${item.problem}` : `a ${item.label}`,
          where: placeOf(leaf, item),
        }));
    },
  },
  {
    id: 'leaf-not-verified',
    verdict: 'breaks',
    versions: {},
    title: 'the leaf does not verify under the bundle',
    why: 'a workload that trusts the bundle ends the handshake',
    remedy: 'see that the chain behind the leaf reaches a root of the bundle',
    source: sources.envoy,
    check: (known) => {
      const result = verifyLeaf(known);
      return result === undefined || result.ok ? [] : [{ message: result.message, ...where(known) }];
    },
  },
  {
    id: 'leaf-not-spiffe',
    verdict: 'breaks',
    versions: {},
    title: 'the leaf does not have one SPIFFE URI',
    why: 'Istio takes the identity of a workload from the one URI of its SAN, spiffe://<trust domain>/ns/<namespace>/sa/<account>',
    remedy: 'let istiod sign the request of a workload; it sets the name',
    source: sources.spiffe,
    check: (known) =>
      of(known, ({ uris }) => {
        if (uris.length === 1 && /^spiffe:\/\/[^/?#]+\/ns\/[^/?#]+\/sa\/[^/?#]+$/.test(uris[0] ?? '')) return undefined;
        return uris.length === 0 ? 'has no URI in its SAN' : `has ${uris.join(', ')} in its SAN`;
      }),
  },
  {
    id: 'leaf-extended-key-usage',
    verdict: 'breaks',
    versions: {},
    title: 'the leaf may not be used for both sides of TLS',
    why: 'a workload is client and server; a peer refuses it on the side that the extended key usage leaves out',
    remedy: 'issue it with serverAuth and clientAuth, as istiod does',
    source: sources.envoy,
    check: (known) =>
      of(known, ({ extendedKeyUsage }) => {
        const missing = ['serverAuth', 'clientAuth'].filter((each) => extendedKeyUsage?.includes(each) === false);
        return missing.length === 0 || extendedKeyUsage?.includes('anyExtendedKeyUsage')
          ? undefined
          : `is not for ${missing.join(' and ')}`;
      }),
  },
  {
    id: 'leaf-key',
    verdict: 'breaks',
    versions: {},
    title: "the leaf's key is of a kind that Envoy does not serve with",
    why: 'Envoy takes RSA of 2048 bits or more, and ECDSA on P-256, P-384 or P-521',
    remedy: 'make the key RSA of 2048 bits or ECDSA on P-256, as pilot-agent does',
    source: sources.envoy,
    check: (known) =>
      of(known, ({ publicKey }) => {
        const { modulusLength = 0, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {};
        const taken = modulusLength >= 2048 || ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve);
        return taken ? undefined : `has ${publicKey.asymmetricKeyType ?? 'a key'} ${namedCurve || modulusLength || ''}`.trim();
      }),
  },
  {
    id: 'leaf-is-ca',
    verdict: 'warns',
    versions: {},
    title: 'the leaf is a CA',
    why: 'whoever holds its key can sign for every workload of the mesh',
    remedy: 'give the certificate of a workload, not that of its CA',
    source: sources.generateCert,
    check: (known) => of(known, ({ claimsCa }) => (claimsCa ? 'is a CA' : undefined)),
  },
  {
    id: 'leaf-no-authority-key-id',
    verdict: 'warns',
    versions: {},
    title: 'the leaf does not name the key of its issuer',
    why: 'a verifier then goes by the name of the issuer alone, and picks the wrong one where two CAs share it',
    remedy: 'give the signing certificate a subject key identifier; istiod copies it into what it signs',
    source: sources.generateCert,
    check: (known) =>
      of(known, ({ authorityKeyId }) => (authorityKeyId === undefined ? 'has no authority key identifier' : undefined)),
  },
  {
    id: 'leaf-outlives-chain',
    verdict: 'warns',
    versions: {},
    title: 'the leaf is valid for longer than a CA above it',
    why: 'it fails when the first of them ends, while its proxy still counts on its own end',
    remedy: 'renew the CA that ends first',
    source: sources.generateCert,
    check: (known) => {
      const result = verifyLeaf(known);
      const [leaf, ...chain] = leafChain(known);
      if (leaf === undefined || !result?.ok) return [];
      const first = [...chain, result.root].toSorted((a, b) => a.notAfterMs - b.notAfterMs)[0];
      if (first === undefined || leaf.notAfterMs <= first.notAfterMs) return [];
      return [
        {
          message: `the leaf ends at ${momentText(leaf.notAfterMs)}, ${nameOf(first)} at ${momentText(first.notAfterMs)}`,
          ...where(known),
        },
      ];
    },
  },
  {
    id: 'leaf-of-another-signer',
    verdict: 'warns',
    versions: {},
    title: 'the leaf was not signed by the signing certificate of the set',
    why: 'its proxy has not renewed since the signer changed; it does so at half the life of the leaf by itself',
    remedy:
      'wait for the renewal, or change a byte of the bundle to bring it on (ISTIO_MULTIROOT_MESH and PROXY_CONFIG_XDS_AGENT)',
    source: sources.ca,
    check: (known) =>
      of(known, (leaf) => {
        const { signer } = known;
        if (signer === undefined || (leaf.issuer === signer.subject && leaf.x509.verify(signer.publicKey))) return undefined;
        return `was issued by ${inline(leaf.issuer)}, not by ${nameOf(signer)}`;
      }),
  },
  {
    id: 'leaf-verified',
    verdict: 'ok',
    versions: {},
    title: 'the leaf verifies under the bundle',
    why: 'a workload that trusts the bundle takes it',
    remedy: 'nothing is to be done',
    source: sources.envoy,
    check: (known) => {
      const result = verifyLeaf(known);
      return result?.ok ? [{ message: `the leaf verifies under ${nameOf(result.root)}`, ...where(known) }] : [];
    },
  },
];

/** The leaf and the CAs between it and the roots; from the set where the file has the leaf alone. */
function leafChain({ leaf, chain, roots }: CaCase): readonly Certificate[] {
  const [first, ...others] = (leaf?.items ?? []).flatMap((item) => (item.kind === 'certificate' ? [item.certificate] : []));
  if (first === undefined) return [];
  const between = (others.length === 0 ? chain : others).filter(({ fingerprint }) =>
    roots.every((root) => root.fingerprint !== fingerprint),
  );
  return [first, ...between];
}

function verifyLeaf(known: CaCase): ReturnType<typeof verifyChain> | undefined {
  const chain = leafChain(known);
  return chain.length === 0 || known.roots.length === 0 ? undefined : verifyChain(chain, known.roots, known.atMs);
}

/** What a check says of the leaf, as an occurrence. */
function of(known: CaCase, problemOf: (leaf: Certificate) => string | undefined): readonly Occurrence[] {
  const [leaf] = leafChain(known);
  const problem = leaf === undefined ? undefined : problemOf(leaf);
  return problem === undefined ? [] : [{ message: `the leaf ${problem}`, ...where(known) }];
}

function where({ leaf }: CaCase): Pick<Occurrence, 'where'> {
  return leaf === undefined ? {} : { where: leaf.name };
}
