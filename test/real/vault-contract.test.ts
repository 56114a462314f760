import { createCsr, csrToPem, generateKey, parseCertificate, signerFromKey, verifyChain } from '@reroot/shared/pki';
import { generateRoot, type IntermediateRequest, type RootRequest, signIntermediate, signingPath } from '@reroot/vault';
import { type ContractVault, describeVaultContract, type Operator, operate } from '@reroot/vault/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startAlone } from './lab/vault/start-alone.ts';
import { startOpenbao } from './lab/vault/start-openbao.ts';
import { startVault } from './lab/vault/start-vault.ts';

const servers = [
  { name: 'Vault', start: startVault },
  { name: 'OpenBao', start: startOpenbao },
] as const;

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const longLived = { max_lease_ttl: '87600h' };
const uri = 'spiffe://cluster.local/reroot';

for (const { name, start } of servers) describeVaultContract(name, () => startAlone(start));

describe.each(servers)('what only a real one shows: $name', ({ start }) => {
  const signal = AbortSignal.timeout(280_000);
  let running: ContractVault;
  let operator: Operator;
  beforeAll(async () => {
    running = await startAlone(start);
    operator = operate(running, signal);
  });
  afterAll(async () => {
    await operator.close();
    await running.stop();
  });

  const rootRequest: RootRequest = {
    commonName: 'mesh root',
    organization: 'Acme, Inc.',
    uriSans: [uri, 'spiffe://cluster.local/a,b'],
    ttlDays: 3_650,
    keyAlgorithm: { kind: 'rsa', bits: 4096 },
    issuerName: 'root',
    notBeforeDurationMs: minuteMs,
  };
  const intermediateRequest = async (): Promise<IntermediateRequest> => {
    const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
    const csrPem = csrToPem(await createCsr({ key, commonName: 'cluster-1', uris: ['spiffe://elsewhere/x'] }));
    return { csrPem, commonName: 'cluster-1', uriSans: [uri], notAfterMs: Date.now() + dayMs, notBeforeDurationMs: minuteMs };
  };

  it('a root of RSA-4096 with URIs, and an intermediate with one of its own', async () => {
    const mount = await operator.mount('pki', longLived);
    const { certificate, issuerId } = await generateRoot(operator.root, mount, rootRequest, signal);
    expect(certificate.uris).toEqual(rootRequest.uriSans);
    const path = `${mount}/issuer/${issuerId}/sign-intermediate`;
    const chain = await signIntermediate(operator.root, path, await intermediateRequest(), signal);
    expect(chain.map(({ uris }) => uris)).toEqual([[uri]]);
    expect(verifyChain(chain, [certificate], Date.now())).toMatchObject({ ok: true });
  });

  it('an issuer below the root: found by the root, and part of the chain', async () => {
    const [above, below] = [await operator.mount('pki', longLived), await operator.mount('pki', longLived)];
    const keyAlgorithm = { kind: 'ecdsa', curve: 'P-384' } as const;
    const { certificate: root, issuerId } = await generateRoot(operator.root, above, { ...rootRequest, keyAlgorithm }, signal);
    const subject = { common_name: 'regional CA', key_type: 'ec', key_bits: 256 };
    const made = await operator.root.write(`${below}/intermediate/generate/internal`, subject, signal);
    const { csr } = z.object({ csr: z.string() }).parse(made);
    const body = { csr, common_name: 'regional CA', max_path_length: 1, ttl: '8760h' };
    const signed = await operator.root.write(`${above}/issuer/${issuerId}/sign-intermediate`, body, signal);
    const { certificate } = z.object({ certificate: z.string() }).parse(signed);
    await operator.root.write(`${below}/intermediate/set-signed`, { certificate: `${certificate}\n${root.pem}` }, signal);
    const path = await signingPath(operator.root, `${below}/root/sign-intermediate`, root.fingerprint, signal);
    const chain = await signIntermediate(operator.root, path, await intermediateRequest(), signal);
    expect(chain.map(({ fingerprint }) => fingerprint).slice(1)).toEqual([parseCertificate(certificate).fingerprint]);
    expect(verifyChain(chain, [root], Date.now())).toMatchObject({ ok: true });
  });

  it('how a quota is kept: requests wait, and none is lost', async () => {
    const mount = await operator.mount('transit');
    await operator.root.write(`${mount}/keys/reroot`, {}, signal);
    await operator.root.write('sys/quotas/rate-limit/slow', { path: mount, rate: 2, interval: '1s' }, signal);
    const before = Date.now();
    const write = (): Promise<unknown> => operator.root.write(`${mount}/encrypt/reroot`, { plaintext: 'AAAA' }, signal);
    await Promise.all(Array.from({ length: 8 }, write));
    expect(Date.now() - before).toBeGreaterThan(2_000);
  });

  it('as who it was when its token is short of a policy: not let in, and not taken for a stranger', async () => {
    const mount = await operator.mount('pki');
    const vault = operator.open(await operator.createToken());
    await expect(vault.read(`${mount}/config/urls`, signal)).rejects.toMatchObject({ code: 'RR_VAULT_FORBIDDEN' });
  });
});

it('OpenBao keeps one namespace apart from another', async () => {
  const signal = AbortSignal.timeout(60_000);
  const running = await startAlone(startOpenbao);
  const operator = operate(running, signal);
  try {
    await operator.root.write('sys/namespaces/team', {}, signal);
    const inside = operator.open(running.rootToken, { target: { ...running, namespace: 'team' } });
    await inside.write('sys/mounts/pki', { type: 'pki' }, signal);
    expect(await inside.list('pki/issuers', signal)).toMatchObject({ keys: [] });
    await expect(operator.root.list('pki/issuers', signal)).rejects.toMatchObject({ code: 'RR_VAULT_NOT_FOUND' });
    const nowhere = operator.open(running.rootToken, { target: { ...running, namespace: 'nowhere' } });
    await expect(nowhere.list('pki/issuers', signal)).rejects.toMatchObject({ code: 'RR_VAULT_NOT_FOUND' });
  } finally {
    await operator.close();
    await running.stop();
  }
});
