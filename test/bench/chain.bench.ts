import { parseCertificate, verifyChain } from '@reroot/shared/pki';
import { makeAuthority } from './authority.ts';
import { type Bench, compare } from './bench.ts';

const chains = 200;

const bench: Bench = {
  about: 'verifies the chains of many clusters, with each certificate read every time or read once',
  measure: async () => {
    const { root, intermediate } = await makeAuthority({ kind: 'rsa', bits: 4096 }, { kind: 'ecdsa', curve: 'P-256' });
    const atMs = Date.now();
    const verifyAll = (read: (der: Uint8Array) => typeof root): void => {
      for (let chain = 0; chain < chains; chain += 1) {
        const { ok } = verifyChain([read(intermediate.der)], [read(root.der)], atMs);
        if (!ok) throw new Error('a sound chain does not verify');
      }
    };
    const known = new Map([root, intermediate].map((certificate) => [certificate.der, certificate]));
    return [
      await compare({
        what: `${chains} chains: certificates read each time / read once`,
        plain: () => {
          verifyAll(parseCertificate);
        },
        ours: () => {
          verifyAll((der) => known.get(der) ?? parseCertificate(der));
        },
      }),
    ];
  },
};

export default bench;
