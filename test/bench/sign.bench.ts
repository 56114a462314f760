import { generateKey, issueLeaf, type KeyAlgorithm, signerFromKey } from '@reroot/shared/pki';
import { makeAuthority } from './authority.ts';
import { type Bench, compare, type Ratio } from './bench.ts';

const leaves = 32;

async function oneByOneOrTogether(what: string, algorithm: KeyAlgorithm): Promise<Ratio> {
  const { intermediate, intermediateKey, notBeforeMs, notAfterMs } = await makeAuthority(algorithm, algorithm);
  const { publicKeySpki } = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const issue = () =>
    issueLeaf({
      publicKeySpki,
      issuer: intermediate,
      issuerKey: intermediateKey,
      uris: ['spiffe://cluster.local/ns/default/sa/bench'],
      notBeforeMs,
      notAfterMs,
    });
  return compare({
    what: `${leaves} leaves by ${what}: one by one / together`,
    plain: async () => {
      for (let leaf = 0; leaf < leaves; leaf += 1) await issue();
    },
    ours: () => Promise.all(Array.from({ length: leaves }, issue)),
  });
}

const bench: Bench = {
  about: 'issues leaves, waiting for each or handing all of them to the thread pool',
  measure: async () => [
    await oneByOneOrTogether('RSA-2048', { kind: 'rsa', bits: 2048 }),
    await oneByOneOrTogether('ECDSA P-256', { kind: 'ecdsa', curve: 'P-256' }),
  ],
};

export default bench;
