import { generateKeyPairSync, sign } from 'node:crypto';
import { type Certificate, parseCertificate } from '../../pki/index.ts';
import { bits, booleanTrue, element, integer, octets, oid, sequence, time } from '../../pki/testing/corpus/der-writer.ts';
import { type CorpusKey, commonName, corpusKey, type Draft, make } from '../../pki/testing/corpus/draft.ts';
import { caBelow, corpusNowMs, leafBelow, rootDraft } from '../../pki/testing/corpus/plan.ts';
import { type NamedFiles, readCaSet, readPemFile } from '../ca-set.ts';
import { type CaReport, checkCa } from '../check-ca.ts';
import { parseIstioVersion } from '../istio-version.ts';
import type { CaFacts } from '../rule.ts';

export { corpusNowMs as nowMs, dayMs, having, lacking } from '../../pki/testing/corpus/plan.ts';

const pairs = Object.fromEntries(
  ['rootA', 'rootB', 'rootC', 'upper', 'signer', 'otherSigner', 'leaf'].map((name) => {
    return [name, corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }))];
  }),
);

/** RSA of 1024 bits, which is good for SHA-1 and too short for Envoy. */
export const shortKey = corpusKey('RSA', generateKeyPairSync('rsa', { modulusLength: 1024 }));

/** Below what Go takes since 1.24. */
export const tinyKey = corpusKey('RSA', generateKeyPairSync('rsa', { modulusLength: 512 }));

/** On a curve that Go does not know; signed with like any other. */
export const strangeKey = corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));

/** The key of a name; made once, for the whole file of tests. */
export function keyOf(name: 'rootA' | 'rootB' | 'rootC' | 'upper' | 'signer' | 'otherSigner' | 'leaf'): CorpusKey {
  const key = pairs[name];
  if (key === undefined) throw new Error(`there is no key ${name}`);
  return key;
}

export function keyPemOf(key: CorpusKey): string {
  return key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Drafts of two roots, a third, the CAs below the first and a leaf; to be changed before they are made. */
export const drafts = (() => {
  const rootA = rootDraft(keyOf('rootA'), commonName('root A'));
  const rootB = rootDraft(keyOf('rootB'), commonName('root B'));
  const rootC = rootDraft(keyOf('rootC'), commonName('root C'));
  const upper = caBelow(rootA, 2, keyOf('upper'));
  const signer = caBelow(rootA, 1, keyOf('signer'));
  const signerOfB = caBelow(rootB, 1, keyOf('otherSigner'));
  return { rootA, rootB, rootC, upper, signer, signerOfB, leaf: leafBelow(signer, keyOf('leaf')) };
})();

/** The PEM of drafts, one after the other. */
export function pem(...wanted: readonly Draft[]): string {
  return wanted.map((draft) => certificate(draft).pem).join('');
}

const made = new WeakMap<Draft, Certificate>();

/** A draft is made once: signatures of ECDSA differ each time, and one draft shall be one certificate. */
export function certificate(draft: Draft): Certificate {
  const found = made.get(draft) ?? parseCertificate(make(draft));
  made.set(draft, found);
  return found;
}

/** A CRL that revokes nothing, of a CA with a P-256 key. @param scope `partial`: a critical extension says of what it is */
export function crl({ subject, key }: Draft, scope: 'complete' | 'partial' = 'complete'): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const point = sequence(oid('2.5.29.28'), booleanTrue, octets(sequence()));
  const extensions = scope === 'partial' ? [element(0xa0, sequence(point))] : [];
  const tbs = sequence(integer(1), algorithm, subject, time(corpusNowMs), time(corpusNowMs + 86_400_000), ...extensions);
  const der = sequence(tbs, algorithm, bits(sign('sha256', tbs, key.privateKey)));
  return `-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`;
}

/** A sound set: a signer below root A. */
export function soundFiles(changes: NamedFiles = {}): NamedFiles {
  return {
    'ca-cert.pem': pem(drafts.signer),
    'ca-key.pem': keyPemOf(keyOf('signer')),
    'cert-chain.pem': pem(drafts.signer),
    'root-cert.pem': pem(drafts.rootA),
    ...changes,
  };
}

/** What a test says of a case; the rest is sound, of 1.30.0, and for the moment that the certificates are made for. */
export interface Told {
  readonly istio?: string;
  readonly multiRoot?: CaFacts['multiRoot'];
  readonly atMs?: number;
  readonly files?: NamedFiles;
  /** A bundle alone, in the place of files. */
  readonly bundle?: string;
  readonly before?: NamedFiles;
  readonly leaf?: string;
}

export function reportOn({ istio = '1.30.0', multiRoot = 'on', atMs = corpusNowMs, ...told }: Told): CaReport {
  const version = parseIstioVersion(istio);
  if (version === undefined) throw new Error(`${istio} is not a version`);
  return checkCa({
    istio: version,
    multiRoot,
    atMs,
    ...(told.bundle === undefined
      ? { scope: 'whole', set: readCaSet(told.files ?? soundFiles()) }
      : { scope: 'parts', set: readCaSet({ 'root-cert.pem': told.bundle }) }),
    ...(told.before === undefined ? {} : { before: readCaSet(told.before) }),
    ...(told.leaf === undefined ? {} : { leaf: readPemFile('leaf.pem', told.leaf) }),
  });
}

/** The rules that found something, each once, without those that only say what is well. */
export function rulesFound(told: Told): readonly string[] {
  const { findings } = reportOn(told);
  return [...new Set(findings.filter(({ verdict }) => verdict !== 'ok').map(({ rule }) => rule))].toSorted();
}

/** All rules that found something. */
export function rulesSaid(told: Told): readonly string[] {
  return [...new Set(reportOn(told).findings.map(({ rule }) => rule))];
}
