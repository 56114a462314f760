import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { createLogger, type Log } from '@reroot/shared/log';
import { parseCertificate, parseCertificates, verifyChain } from '@reroot/shared/pki';
import { type DesiredTrust, renewalDueAtMs, type VaultAuth, type VaultCa } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { generateRoot } from '@reroot/vault';
import {
  defaultSigningPath,
  type Operator,
  operate,
  startTokenReviewer,
  startVaultStandIn,
  type VaultStandIn,
} from '@reroot/vault/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgentRig, createAgentRig, patienceMs, rigCluster, trustOf } from './testing/agent-rig.ts';
import type { Ca } from './testing/ca.ts';
import { createMemoryVaultCredentials, type MemoryVaultCredentials } from './testing/memory-vault-credentials.ts';

const hourMs = 3_600_000;
const { signal } = new AbortController();
const tokenSecret = { namespace: 'reroot', name: 'vault-token' };
const byToken: VaultAuth = { kind: 'token-secret', secret: tokenSecret };

let server: NatsServer;
let vault: VaultStandIn;
let operator: Operator;
/** Where two roots sign. */
let mount: string;
/** Where keys are made. */
let keyMount: string;
let a: Ca;
let b: Ca;
let token: string;
let rig: AgentRig;
let credentials: MemoryVaultCredentials;
let log: Log;
/** Everything that the agent of a test has logged. */
let logged: string;
/** How far the clocks of agent, cluster and Vault were put forward. */
let aheadMs = 0;

const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };

beforeAll(async () => {
  [server, vault] = await Promise.all([startNatsServer(), startVaultStandIn({ clock })]);
  operator = operate({ ...vault, unsealKey: 'any' }, signal);
  mount = await operator.mount('pki', { max_lease_ttl: '87600h' });
  keyMount = await operator.mount('pki');
  [a, b] = [await rootOf('one'), await rootOf('two')];
  await operator.allow('reroot-agent', { pki: mount, 'pki-agent': keyMount });
  token = await operator.createToken({ policies: ['reroot-agent'], ttl: '87600h' });
});
afterAll(async () => {
  await operator.close();
  await Promise.all([server.stop(), vault.stop()]);
});
beforeEach(async () => {
  aheadMs = 0;
  logged = '';
  log = createLogger({ level: 'debug', name: 'agent', stream: { write: (line) => void (logged += line) } });
  credentials = createMemoryVaultCredentials();
  credentials.putSecret(tokenSecret, { token: `${token}\n` });
  rig = await createAgentRig({ natsUrl: server.url, cas: [], clock, vaultCredentials: credentials, log });
});
afterEach(async () => {
  vault.heal();
  await rig.dispose();
});

/** A root whose key is in Vault. */
async function rootOf(name: string): Promise<Ca> {
  const request = { commonName: `mesh ${name}`, ttlDays: 3_650, notBeforeDurationMs: hourMs, issuerName: name };
  const keyAlgorithm = { kind: 'ecdsa', curve: 'P-256' } as const;
  const { certificate } = await generateRoot(operator.root, mount, { ...request, keyAlgorithm }, signal);
  const refuse = () => Promise.reject(new Error('nobody but Vault has the key'));
  const selfMade = () => {
    throw new Error('nobody but Vault has the key');
  };
  return { certificate, issue: refuse, signCrl: refuse, selfMade };
}

/** The row, with intermediates from Vault. */
function trust(roots: readonly Ca[], signer: Ca, ca: Partial<VaultCa> = {}, changes: Partial<DesiredTrust> = {}): DesiredTrust {
  const usual: VaultCa = {
    ...{ server: vault.server, caBundle: vault.caBundlePem, namespace: '', auth: byToken },
    ...{ caPath: defaultSigningPath(mount), csrPath: '' },
  };
  return trustOf(roots, signer, { intermediateSource: { kind: 'vault', vault: { ...usual, ...ca } }, ...changes });
}

const pair = { term: 1, generation: 1 };

/** Tells the agent, and waits for the cluster to hold it. */
async function install(row: DesiredTrust, generation = 1): Promise<void> {
  rig.mgmt.tell(row, { term: 1, generation });
  await rig.arrived(1, generation, row);
}

async function untilProblem(code: string) {
  const found = await rig.reported(code, ({ problems }) => problems.some((problem) => problem.code === code));
  expect(rig.cluster.writes).toEqual([]);
  return found.problems.find((problem) => problem.code === code)!;
}

/** What the last write left. */
function written() {
  const { caCert, caKey, certChain } = rig.cluster.writes.at(-1)!;
  return { caKey, intermediate: parseCertificate(caCert), chain: parseCertificates(certChain) };
}

/** No token and no key went anywhere but to Vault and into the Secret. */
function expectNothingLeaked(...secrets: readonly string[]): void {
  const told = logged + JSON.stringify(rig.mgmt.reports) + JSON.stringify(rig.mgmt.requests);
  expect(logged).not.toBe('');
  for (const secret of [token, vault.rootToken, ...secrets]) expect(told.includes(secret)).toBe(false);
  expect(told).not.toMatch(/PRIVATE KEY/);
  for (const { caKey } of rig.cluster.writes) {
    for (const line of caKey.split('\n').filter((each) => each.length > 20)) expect(told.includes(line)).toBe(false);
  }
}

describe('an agent whose intermediate comes from Vault', () => {
  it('installs one for a key that it made itself, under the asked root, and asks mgmt for none', async () => {
    await rig.start();
    await install(trust([a], a));
    const { caKey, intermediate, chain } = written();
    expect(chain.map(({ fingerprint }) => fingerprint)).toEqual([intermediate.fingerprint]);
    expect(verifyChain(chain, [a.certificate], clock.now())).toMatchObject({ ok: true });
    expect(intermediate).toMatchObject({ isCa: true, pathLength: 0, subject: `O=test\nCN=${rigCluster} intermediate` });
    expect(intermediate.publicKey.equals(createPublicKey(createPrivateKey(caKey)))).toBe(true);
    expect(Math.abs(intermediate.notAfterMs - clock.now() - 365 * 24 * hourMs)).toBeLessThan(hourMs);
    expect(rig.mgmt.requests).toEqual([]);
    const asked = vault.seen.findLast(({ url }) => url.endsWith('/sign-intermediate'))!;
    expect(JSON.parse(asked.body)).toMatchObject({ uri_sans: ['spiffe://cluster.local'] });
    expect(vault.seen.some(({ body }) => body.includes('PRIVATE KEY'))).toBe(false);
    expectNothingLeaked();
  });

  it('installs one for a key that Vault made, which leaves no copy of it in Vault', async () => {
    await rig.start();
    await install(trust([a], a, { csrPath: `${keyMount}/intermediate/generate/exported` }));
    const { caKey, intermediate } = written();
    expect(intermediate.publicKey.equals(createPublicKey(createPrivateKey(caKey)))).toBe(true);
    const asked = vault.seen.findLast(({ url }) => url.endsWith('/generate/exported'))!;
    expect(JSON.parse(asked.body)).toMatchObject({ common_name: `${rigCluster} intermediate`, key_type: 'ec', key_bits: 256 });
    expect(vault.seen.some(({ method, url }) => method === 'DELETE' && url.includes(`/${keyMount}/key/`))).toBe(true);
    expectNothingLeaked();
  });

  it('keeps the key of Vault though the policy does not let it be removed there', async () => {
    const own = await operator.mount('pki');
    await operator.root.write(
      'sys/policies/acl/reroot-agent-strict',
      {
        policy: `path "${own}/intermediate/generate/exported" { capabilities = ["update"] }
                 path "${mount}/issuer/+/sign-intermediate" { capabilities = ["update"] }
                 path "${mount}/issuer/+" { capabilities = ["read"] }`,
      },
      signal,
    );
    const policies = ['reroot-agent-strict'] as unknown as readonly ['reroot-agent'];
    credentials.putSecret(tokenSecret, { token: await operator.createToken({ policies }) });
    await rig.start();
    await install(trust([a], a, { csrPath: `${own}/intermediate/generate/exported` }));
  });

  it('follows the root through a rotation between two issuers of one mount', async () => {
    await rig.start();
    const rows = [trust([a], a), trust([a, b], a), trust([a, b], b), trust([b], b)];
    for (const [index, row] of rows.entries()) await install(row, index + 1);
    const signers = rig.cluster.writes.map(({ certChain }) => parseCertificates(certChain));
    expect(verifyChain(signers[0]!, [a.certificate], clock.now())).toMatchObject({ ok: true });
    expect(verifyChain(signers.at(-1)!, [b.certificate], clock.now())).toMatchObject({ ok: true });
    expect(new Set(rig.cluster.writes.map(({ caKey }) => caKey)).size).toBe(2);
    const signed = vault.seen.filter(({ url }) => url.includes(`/${mount}/issuer/`) && url.endsWith('/sign-intermediate'));
    expect(new Set(signed.map(({ url }) => url)).size).toBe(2);
    expectNothingLeaked();
  });

  it('renews it under the same root when it is due', async () => {
    await rig.start();
    await install(trust([a], a));
    const before = written();
    aheadMs = renewalDueAtMs(before.intermediate, 0) - systemClock.now() + hourMs;
    rig.mgmt.tell(trust([a], a), pair);
    await waitFor(() => rig.cluster.writes.length === 2, { timeoutMs: patienceMs, what: 'the renewal' });
    const after = written();
    expect(after.caKey).not.toBe(before.caKey);
    expect(verifyChain(after.chain, [a.certificate], clock.now())).toMatchObject({ ok: true });
    expect(after.intermediate.notAfterMs).toBeGreaterThan(before.intermediate.notAfterMs);
    expectNothingLeaked();
  });

  it('goes over from mgmt to Vault with the next intermediate', async () => {
    await rig.start();
    rig.mgmt.answerWith(async () => ({ kind: 'refused', problem: { code: 'RR_X', message: 'no', remedy: 'wait' } }));
    rig.mgmt.tell(trustOf([a], a), pair);
    await untilProblem('RR_ISSUE_REFUSED');
    await install(trust([a], a), 2);
  });

  it('logs in as a service account', async () => {
    const reviewer = await startTokenReviewer();
    try {
      await operator.root.write('sys/auth/kubernetes-east', { type: 'kubernetes' }, signal);
      const config = { kubernetes_host: reviewer.host, disable_local_ca_jwt: true };
      await operator.root.write('auth/kubernetes-east/config', config, signal);
      const bound = { bound_service_account_names: ['reroot-vault'], bound_service_account_namespaces: ['reroot'] };
      const role = { ...bound, token_policies: ['reroot-agent'], token_ttl: '1h' };
      await operator.root.write('auth/kubernetes-east/role/agent', role, signal);
      const account = { namespace: 'reroot', name: 'reroot-vault' };
      const as = { kind: 'kubernetes', mountPath: 'kubernetes-east', role: 'agent' } as const;
      const auth: VaultAuth = { ...as, account: { kind: 'reference', account, tokenKey: 'token' } };
      await rig.start();

      const foreign = reviewer.issue('reroot', 'default');
      credentials.putJwt(account, foreign);
      rig.mgmt.tell(trust([a], a, { auth }), pair);
      await untilProblem('RR_VAULT_UNAUTHENTICATED');

      const jwt = reviewer.issue('reroot', 'reroot-vault');
      credentials.putJwt(account, jwt);
      await rig.arrived(1, 1, trust([a], a));
      expectNothingLeaked(foreign, jwt);
    } finally {
      await reviewer.stop();
    }
  });
});

describe('an agent that cannot have its intermediate from Vault changes nothing, says why, and goes on when it can:', () => {
  it('a sealed Vault', async () => {
    vault.break({ kind: 'sealed' });
    await rig.start();
    rig.mgmt.tell(trust([a], a), pair);
    const problem = await untilProblem('RR_VAULT_SEALED');
    expect(problem.remedy).toContain('unseal');
    vault.heal();
    await rig.arrived(1, 1, trust([a], a));
    expectNothingLeaked();
  });

  it.each([
    ['a standby', 'RR_VAULT_STANDBY', { kind: 'redirect', location: 'https://127.0.0.1:1' }],
    ['too many requests', 'RR_VAULT_THROTTLED', { kind: 'status', status: 429, errors: ['slow down'], retryAfterSeconds: 60 }],
    ['a failure', 'RR_VAULT_FAILED', { kind: 'status', status: 500, errors: ['internal error'] }],
    ['silence', 'RR_VAULT_UNREACHABLE', { kind: 'silent' }],
    ['an answer of something else', 'RR_VAULT_ANSWER_INVALID', { kind: 'text', text: 'hello' }],
  ] as const)('%s', async (_, code, fault) => {
    vault.break(fault);
    await rig.start();
    rig.mgmt.tell(trust([a], a), pair);
    await untilProblem(code);
    vault.heal();
    // Those that wait for Vault to answer may be waiting still.
    vault.cut();
    await rig.arrived(1, 1, trust([a], a));
    expectNothingLeaked();
  });

  it('a token that is not there, is none, is not known, or may do nothing', async () => {
    credentials.putSecret(tokenSecret, {});
    await rig.start();
    rig.mgmt.tell(trust([a], a), pair);
    expect((await untilProblem('RR_VAULT_CREDENTIAL_INVALID')).message).toContain('Secret reroot/vault-token, key token,');
    credentials.putSecret(tokenSecret, { token: 'hvs.canary-unknown' });
    await untilProblem('RR_VAULT_UNAUTHENTICATED');
    const powerless = await operator.createToken({});
    credentials.putSecret(tokenSecret, { token: powerless });
    await untilProblem('RR_VAULT_FORBIDDEN');
    credentials.putSecret(tokenSecret, { token });
    // Vault knows the powerless one, so nothing but its end makes the agent look for another.
    await operator.revokeToken(powerless);
    await rig.arrived(1, 1, trust([a], a));
    expectNothingLeaked('canary', powerless);
  });

  it('a root that the mount does not have, and one that a fixed path does not sign with', async () => {
    const elsewhere = await operator.mount('pki');
    await rig.start();
    rig.mgmt.tell(trust([a], a, { caPath: defaultSigningPath(elsewhere) }), pair);
    await untilProblem('RR_VAULT_NOT_FOUND');
    const asRoot: VaultAuth = { kind: 'token-secret', secret: { ...tokenSecret, name: 'root-token' } };
    credentials.putSecret({ ...tokenSecret, name: 'root-token' }, { token: vault.rootToken });
    rig.mgmt.tell(trust([a], a, { caPath: `${mount}/issuer/two/sign-intermediate`, auth: asRoot }), { term: 1, generation: 2 });
    const { message } = await untilProblem('RR_ISSUE_ANSWER_INVALID');
    expect(message).toContain(`does not verify under root ${a.certificate.fingerprint}`);
    const signed = () => vault.seen.filter(({ url }) => url.endsWith('/issuer/two/sign-intermediate')).length;
    const before = rig.mgmt.reports.length;
    await waitFor(() => rig.mgmt.reports.length > before + 2, { timeoutMs: patienceMs, what: 'three more reports' });
    // Vault keeps each certificate that it signs.
    expect(signed()).toBe(1);
    expectNothingLeaked();
  });

  it('a server that another CA has certified', async () => {
    await rig.start();
    rig.mgmt.tell(trust([a], a, { caBundle: a.certificate.pem }), pair);
    await untilProblem('RR_VAULT_TLS');
    await install(trust([a], a), 2);
    expectNothingLeaked();
  });

  it('an address that cannot be meant', async () => {
    await rig.start();
    rig.mgmt.tell(trust([a], a, { server: 'http://vault.example' }), pair);
    expect((await untilProblem('RR_TRUST_INVALID')).message).toContain('in the clear');
    expect(credentials.reads()).toBe(0);
  });
});

describe('an agent without credentials', () => {
  it('says that it has none', async () => {
    await rig.dispose();
    rig = await createAgentRig({ natsUrl: server.url, cas: [] });
    await rig.start();
    rig.mgmt.tell(trust([a], a), pair);
    expect((await untilProblem('RR_VAULT_CREDENTIAL_UNSUPPORTED')).message).toContain('Secret reroot/vault-token');
  });
});
