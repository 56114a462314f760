import { type CorpusCase, type Deviations, findSurprises, makeCorpus } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { askGo, type GoVerdict } from './go-x509/ask-go.ts';

const searches = 'it looks for issuers among all that it is given; we take the chain as it was presented';
const hint = 'key identifiers are hints for it, and the signature decides; OpenSSL insists on them';

const deviations: Deviations = {
  'the CAs stand in the wrong order': searches,
  'a CA of somebody else stands below the top CA': searches,
  'the leaf asks for another key than that which signed it': hint,
  'the top CA asks for another key than that which signed it': hint,
  'the leaf names another serial of its issuer': hint,
  'the root is of version 1': 'it asks nothing of a root that has no extensions; istiod does, when it starts',
  'the top CA constrains policies': 'it processes policies since Go 1.24',
  'the root may vouch for a trust domain above only': 'it takes a host for all hosts below it too, for URIs as for DNS names',
};

/** What only the purpose decides. */
const purposeDeviations: Deviations = {
  'the leaf is for clients only': 'any purpose will do',
  'the top CA is for clients only': 'any purpose will do',
  'the root is for signing code': 'any purpose will do',
};

let corpus: readonly CorpusCase[];
let verdicts: readonly GoVerdict[];

beforeAll(async () => {
  corpus = await makeCorpus();
  verdicts = await askGo(corpus, AbortSignal.timeout(280_000));
});

describe("Go's crypto/x509, by which istiod loads a CA", () => {
  it('answers for every chain of the corpus', () => {
    expect(verdicts).toHaveLength(corpus.length);
  });

  it('judges them alike', () => {
    const accepted = verdicts.map(({ server }) => server === '');
    expect(findSurprises(corpus, accepted, deviations)).toEqual([]);
  });

  it('judges them alike when any purpose will do', () => {
    const accepted = verdicts.map(({ any }) => any === '');
    expect(findSurprises(corpus, accepted, { ...deviations, ...purposeDeviations })).toEqual([]);
  });

  it('refuses nothing that we hold for good', () => {
    const refused = corpus.filter(({ expected }, index) => expected === 'ok' && verdicts[index]?.server !== '');
    expect(refused.map(({ name }) => name)).toEqual([]);
  });
});
