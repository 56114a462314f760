import { systemClock } from '@reroot/shared/clock';
import { issueLeaf, parseCertificate, parseCsr } from '@reroot/shared/pki';
import type { SimulatedReplica } from '../istiod/replica.ts';
import type { CaFiles } from '../istiod/signing-ca.ts';
import { readSigningCa } from '../istiod/signing-ca.ts';

/** A replica without a volume: it holds what a test gives it. */
export interface SigningReplica extends SimulatedReplica {
  /** Loads files, or goes away. Whoever listens to it must be told. */
  load(files: CaFiles | undefined): void;
  /** How many requests it has signed. */
  signatures(): number;
}

export function createSigningReplica(name: string, ttlMs: number): SigningReplica {
  let files: CaFiles | undefined;
  let signatures = 0;
  const nothing = (): void => undefined;
  return {
    name,
    describe: () => ({ name, startedAtMs: 0, multiRoot: 'on' }),
    bundle: () => files?.rootCert,
    sign: async (csrPem, identity) => {
      if (files === undefined) throw new Error('it does not serve');
      const nowMs = systemClock.now();
      const reading = readSigningCa(files, 'start', nowMs);
      if (reading.kind === 'unusable') throw new Error(reading.why);
      const { publicKeySpki } = parseCsr(csrPem);
      const issuing = { issuer: parseCertificate(files.caCert), issuerKey: reading.ca.signer, uris: [identity] };
      const leaf = await issueLeaf({ ...issuing, publicKeySpki, notBeforeMs: nowMs - 1_000, notAfterMs: nowMs + ttlMs });
      signatures += 1;
      return [leaf.pem, files.certChain, files.rootCert];
    },
    load: (next) => {
      files = next;
    },
    signatures: () => signatures,
    ...{ followSecret: nothing, refreshVolume: nothing, hold: nothing, release: nothing, restart: nothing },
  };
}
