import {
  createCsr,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  parseCertificate,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';
import { makeCorpus } from '@reroot/shared/testing';
import { expect, it } from 'vitest';
import { dayMs } from '../testing/ca.ts';
import { checkAnswer } from './check-answer.ts';

const nowMs = Date.UTC(2026, 0, 1);
const newKey = async () => signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));

it('refuses an intermediate that may issue further CAs', async () => {
  const corpus = await makeCorpus();
  const check = (mutation: string) => {
    const { chain, roots, atMs } = corpus.find((each) => each.mutation === mutation)!;
    const [, intermediate] = chain;
    const publicKeySpki = parseCertificate(intermediate!).publicKey.export({ type: 'spki', format: 'der' });
    const signerRoot = parseCertificate(roots[0]!);
    return () => checkAnswer([intermediate!], { publicKeySpki, signerRoot, graceRatio: 0, nowMs: atMs });
  };
  expect(check('nothing is changed')).not.toThrow();
  expect(check('no CA has a path length')).toThrow('may issue further CAs');
});

it('refuses an intermediate that outlives its root', async () => {
  const [rootKey, key] = [await newKey(), await newKey()];
  const rootUntil = (notAfterMs: number) =>
    createRootCertificate({ key: rootKey, commonName: 'root', notBeforeMs: nowMs - dayMs, notAfterMs });
  const [short, long] = [await rootUntil(nowMs + 10 * dayMs), await rootUntil(nowMs + 100 * dayMs)];
  const csr = parseCsr(await createCsr({ key, commonName: 'test' }));
  const span = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 50 * dayMs };
  const { der } = await issueIntermediate({ csr, issuer: long, issuerKey: rootKey, commonName: 'test', ...span });
  const expectation = { publicKeySpki: key.publicKeySpki, graceRatio: 0, nowMs };
  expect(() => checkAnswer([der], { ...expectation, signerRoot: long })).not.toThrow();
  expect(() => checkAnswer([der], { ...expectation, signerRoot: short })).toThrow(`outlives ${short.fingerprint} above it`);
});
