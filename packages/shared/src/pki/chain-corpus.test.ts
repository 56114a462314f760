import { CertificateChainValidationEngine, Certificate as OtherCertificate } from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { RerootError } from '../errors/index.ts';
import { parseCertificate, pemOf } from './certificate.ts';
import { verifyChain } from './chain.ts';
import { type CorpusCase, makeCorpus } from './testing/corpus/corpus.ts';
import type { CorpusVerdict } from './testing/corpus/mutation.ts';
import { type Deviations, findSurprises } from './testing/corpus/second-opinion.ts';
import { opensslVerify } from './testing/openssl.ts';

const searches = 'it looks for issuers among all that it is given; we take the chain as it was presented';
const prepares = 'it compares names without regard to case and type of string; Go compares bytes';
const looksLess = 'it does not look at this';

/** With `-purpose sslserver -auth_level 1 -partial_chain`. */
const opensslDeviations: Deviations = {
  'a root of the same name with another key is trusted too, and nobody has key identifiers':
    'it takes the first root of the name, and looks no further when that did not sign',
  'certificates begin and end at this second': 'it counts the last second as over; RFC 5280 §4.1.2.5 includes it',
  'CAs are for any purpose': 'it asks for serverAuth by name',
  'the chain begins with a CA': 'it asks for the keyUsage of a server, which a CA has not',
  'the chain is the root alone': 'it asks for the keyUsage of a server, which a CA has not',
  'the CAs stand in the wrong order': searches,
  'a CA of somebody else stands below the top CA': searches,
  'the root has no basicConstraints': 'a self-signed certificate with keyCertSign is CA enough for it',
  'the root is of version 1': 'a self-signed certificate of version 1 is CA enough for it',
  'the top CA constrains policies': 'it knows the extension, and asks for no policy unless it is told to',
  'the top CA has a key on a curve that Go does not know': 'it knows the curve',
  'a CA certified itself anew below path lengths that leave no room for one more':
    'such a CA does not count (RFC 5280 §6.1.4 (l)); for Go it does',
  'the root may vouch for some directory names only': 'it compares directory names, and the leaf has none; Go refuses them',
  'the name of the root is written in another type of string': prepares,
  'the name of the root is written in capitals': prepares,
};

const pkijsDeviations: Deviations = {
  'an expired root of the same name and key is trusted too': 'it takes the first of two paths that are equally long',
  'a root of the same name and key that is yet to come is trusted too': 'it takes the first of two paths that are equally long',
  'the root is cross-signed by another one, which is not trusted': 'one dead end makes it give up all paths',
  'the certificate that signed is named by issuer and serial': 'it compares a name with a list of names, which never fits',
  'the root has an Ed25519 key': 'it does not know the algorithm',
  'the CAs stand in the wrong order': searches,
  'a CA of somebody else stands below the top CA': searches,
  'the algorithm inside of the leaf is not the one outside': looksLess,
  'the root has a CA more below it than it allows': looksLess,
  'the top CA has a CA more below it than it allows': looksLess,
  'a CA certified itself anew below path lengths that leave no room for one more': looksLess,
  'the leaf has an unknown critical extension': looksLess,
  'the top CA has an unknown critical extension': looksLess,
  'the root has an unknown critical extension': looksLess,
  'the top CA constrains policies': 'it knows the extension, and asks for no policy unless it is told to',
  'the leaf is signed with SHA-1': looksLess,
  'the top CA is signed with SHA-1': looksLess,
  'the root has an RSA key of 512 bits': looksLess,
  'the leaf is for clients only': looksLess,
  'the top CA is for clients only': looksLess,
  'the root is for signing code': looksLess,
  'the root may vouch for another trust domain only': 'it looks at none of the constraints of a root',
  'the root may vouch for a trust domain above only': 'it looks at none of the constraints of a root',
  'the root may vouch for some directory names only': 'it looks at none of the constraints of a root',
  'the name of the root is written in another type of string': prepares,
  'the name of the root is written in capitals': prepares,
  'the leaf has an extension twice': looksLess,
};

/** Half of them wait for files while the others compute. */
const opensslsAtOnce = 4;

let corpus: readonly CorpusCase[];

beforeAll(async () => {
  corpus = await makeCorpus();
});

describe('the corpus of chains', () => {
  it('has hundreds of them, no two with one name', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(500);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it('is judged as it was made', () => {
    const wrong = corpus.map((each) => ({ name: each.name, expected: each.expected, found: judge(each) }));
    expect(wrong.filter(({ expected, found }) => expected !== found)).toEqual([]);
  });

  it('is judged alike by openssl', { timeout: 120_000 }, async () => {
    expect(findSurprises(corpus, await askOpenssl(corpus), opensslDeviations)).toEqual([]);
  });

  it('is judged alike by pkijs', { timeout: 60_000 }, async () => {
    const accepted: boolean[] = [];
    for (const each of corpus) accepted.push(await askPkijs(each));
    expect(findSurprises(corpus, accepted, pkijsDeviations)).toEqual([]);
  });
});

function judge({ chain, roots, atMs }: CorpusCase): CorpusVerdict {
  try {
    const [certificates, trusted] = [chain, roots].map((ders) => ders.map((der) => parseCertificate(der)));
    const result = verifyChain(certificates ?? [], trusted ?? [], atMs);
    return result.ok ? 'ok' : result.reason;
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_PKI_BAD_CERTIFICATE') return 'Unreadable';
    throw error;
  }
}

async function askOpenssl(cases: readonly CorpusCase[]): Promise<readonly boolean[]> {
  const accepted: boolean[] = [];
  const left = cases.entries();
  const work = async (): Promise<void> => {
    for (const [index, { chain, roots, atMs }] of left) {
      accepted[index] = (await opensslVerify(chain.map(toPem), roots.map(toPem), atMs, 'server')).ok;
    }
  };
  await Promise.all(Array.from({ length: opensslsAtOnce }, work));
  return accepted;
}

function toPem(der: Buffer): { readonly pem: string } {
  return { pem: pemOf('CERTIFICATE', der) };
}

async function askPkijs({ chain, roots, atMs }: CorpusCase): Promise<boolean> {
  try {
    // The one to be verified comes last.
    const certs = chain.toReversed().map((der) => OtherCertificate.fromBER(der));
    const trustedCerts = roots.map((der) => OtherCertificate.fromBER(der));
    return (await new CertificateChainValidationEngine({ certs, trustedCerts, checkDate: new Date(atMs) }).verify()).result;
  } catch {
    // It throws at what it cannot read, and at keys that it does not know.
    return false;
  }
}
