import { parseCertificate, verifyChain } from '@reroot/shared/pki';
import { makeAuthority } from './authority.ts';
import { defineBench, measured } from './frame/bench.ts';
import { compare } from './frame/sample.ts';

export default defineBench({
  about: 'verifies the chains of many clusters, with each certificate read every time or read once',
  params: { chains: 200, repeats: 15 },
  measure: async ({ chains, repeats }, { signal }) => {
    const { root, intermediate } = await makeAuthority({ kind: 'rsa', bits: 4096 }, { kind: 'ecdsa', curve: 'P-256' });
    const atMs = Date.now();
    const verifyAll = (read: (der: Uint8Array) => typeof root): void => {
      for (let chain = 0; chain < chains; chain += 1) {
        const { ok } = verifyChain([read(intermediate.der)], [read(root.der)], atMs);
        if (!ok) throw new Error('a sound chain does not verify');
      }
    };
    const known = new Map([root, intermediate].map((certificate) => [certificate.der, certificate]));
    const contest = {
      peer: () => {
        verifyAll(parseCertificate);
      },
      ours: () => {
        verifyAll((der) => known.get(der) ?? parseCertificate(der));
      },
    };
    const { ours, peer } = await compare(contest, { repeats, signal });
    return [
      { metric: 'chains verified, certificates read once', unit: 'ms', value: ours, limit: measured('read each time', peer) },
    ];
  },
});
