import { generateKeyPairSync } from 'node:crypto';
import { exportPrivateKey, parseCertificate } from '../../pki/index.ts';
import { element } from '../../pki/testing/corpus/der-writer.ts';
import { type CorpusKey, commonName, corpusKey, type Draft, make } from '../../pki/testing/corpus/draft.ts';
import { nameConstraint, uriBase, uriName } from '../../pki/testing/corpus/extensions.ts';
import { caBelow, having, rootDraft } from '../../pki/testing/corpus/plan.ts';
import type { NamedFiles } from '../ca-set.ts';

type Life = Pick<Draft, 'notBeforeMs' | 'notAfterMs'>;

/**
 * CAs that reroot itself would not make, for what Go knows and does not know of keys and extensions: files of `cacerts` by what is
 * odd about them.
 * @param life of every certificate, in whole seconds
 * @param otherRoot PEM of a root that may stand beside
 */
export function makeOddCaSets(life: Life, otherRoot: string): Readonly<Record<string, NamedFiles>> {
  const usual = corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  const strange = corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
  const tiny = corpusKey('RSA', generateKeyPairSync('rsa', { modulusLength: 512 }));
  const root = { ...rootDraft(usual), ...life };
  const directory = nameConstraint('permitted', element(0xa4, commonName('mesh')));
  const strangeRoot = { ...rootDraft(strange, commonName('strange root')), ...life };
  const renewed = { ...root, serial: root.serial + 1 };
  return {
    'the root is on a curve that Go does not know': signedUnder(strangeRoot, life),
    'the bundle has a root on a curve that Go does not know': withRoots(signedUnder(root, life), pemOf(strangeRoot), otherRoot),
    'the root has an RSA key of 512 bits': signedUnder({ ...rootDraft(tiny), ...life }, life),
    'the root constrains directory names': signedUnder(having(directory)(root), life),
    'the root constrains directory names, and not critically': signedUnder(having({ ...directory, critical: false })(root), life),
    'the root permits no URI of the signer': signedUnder(having(nameConstraint('permitted', uriBase('other.local')))(root), life),
    'the root is of version 1': withRoots(signedUnder({ ...root, version: 1 }, life), otherRoot),
    'the signer is another form of the root': {
      ...filesOf(pemOf(renewed), keyPemOf(usual)),
      'root-cert.pem': pemOf(root),
    },
  };
}

/** A signer with a URI below a root. */
function signedUnder(root: Draft, life: Life): NamedFiles {
  const key = corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  const signer = { ...having(uriName('spiffe://cluster.local/ns/istio-system/sa/istiod'))(caBelow(root, 1, key)), ...life };
  return { ...filesOf(pemOf(signer), keyPemOf(key)), 'root-cert.pem': pemOf(root) };
}

function withRoots(files: NamedFiles, ...more: readonly string[]): NamedFiles {
  return { ...files, 'root-cert.pem': [files['root-cert.pem'], ...more].join('') };
}

function pemOf(draft: Draft): string {
  return parseCertificate(make(draft)).pem;
}

function keyPemOf({ privateKey }: CorpusKey): string {
  return exportPrivateKey(privateKey);
}

function filesOf(pem: string, key: string): NamedFiles {
  return { 'ca-cert.pem': pem, 'ca-key.pem': key, 'cert-chain.pem': pem };
}
