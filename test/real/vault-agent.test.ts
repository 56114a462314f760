import { readFile } from 'node:fs/promises';
import { kubernetesConfigSchema, openKubernetesCluster } from '@reroot/agent/kubernetes';
import { type Ca, describeVaultCredentialsContract, trustOf } from '@reroot/agent/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { type Certificate, importPrivateKey, parseCertificate, parseCertificates, verifyChain } from '@reroot/shared/pki';
import type { DesiredTrust, Report, VaultAuth, VaultCa } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { generateRoot } from '@reroot/vault';
import { beforeAll, describe, expect, it } from 'vitest';
import { startVaultFleet, type VaultFleet } from './lab/vault/vault-fleet.ts';
import { cacertsPath } from './real-mesh.ts';

const patienceMs = 120_000;
const longLived = { max_lease_ttl: '87600h' };
const account = { namespace: 'reroot', name: 'reroot-vault' };
const tokenSecret = { namespace: 'reroot', name: 'vault-token' };
const { signal } = new AbortController();

let fleet: VaultFleet;

beforeAll(async () => {
  fleet = await startVaultFleet(AbortSignal.timeout(patienceMs));
  await enableKubernetesLogin();
  return () => fleet.stop();
});

describeVaultCredentialsContract('a real API server', async () => {
  const { admin, controlPlane, name } = fleet.cluster;
  const config = kubernetesConfigSchema.parse({
    kubeconfigFile: controlPlane.adminKubeconfig,
    serviceAccount: { namespace: 'default', name: 'default' },
  });
  const cluster = await openKubernetesCluster({ name, config, clock: systemClock, random: Math.random, log: silentLog });
  const collection = '/api/v1/namespaces/default/secrets';
  await admin.request('DELETE', collection);
  return {
    credentials: cluster.vaultCredentials,
    account: { namespace: 'default', name: 'default' },
    putSecret: async (secret, stringData) => {
      if ((await admin.find(`${collection}/${secret.name}`)) !== undefined) {
        await admin.request('DELETE', `${collection}/${secret.name}`);
      }
      await admin.request('POST', collection, { metadata: { name: secret.name }, stringData });
    },
    dispose: () => cluster.close(),
  };
});

describe('the agent of a real cluster', () => {
  it('obtains its intermediates from a real Vault, and a real istiod signs with them', async () => {
    const { operator } = fleet;
    const [mount, keyMount] = [await operator.mount('pki', longLived), await operator.mount('pki')];
    const [one, two] = [await makeRoot(mount, 'one'), await makeRoot(mount, 'two')];
    const below = await operator.mount('pki', longLived);
    const issuing = await makeIssuerBelow(below, `${mount}/issuer/one/sign-intermediate`);
    await operator.allow('reroot-agent', { pki: mount, 'pki-agent': keyMount });

    const byAccount: VaultAuth = {
      ...{ kind: 'kubernetes', mountPath: 'kubernetes', role: 'agent' },
      account: { kind: 'reference', account, tokenKey: 'token' },
    };
    const caPath = `${mount}/root/sign-intermediate`;
    // As a service account, whose token the API server makes and reviews; the key is made in the cluster.
    const first = await install(1, trust([one], one, { caPath, auth: byAccount }), [one]);
    expect(first.chain).toHaveLength(1);
    expect(first.chain[0]).toMatchObject({ subject: 'O=test\nCN=cluster-1 intermediate', uris: ['spiffe://cluster.local'] });

    await install(2, trust([one, two], one, { caPath, auth: byAccount }), [one, two]);
    // By a token in a Secret; the key is made in Vault, which keeps no copy of it.
    const token = await operator.createToken({ policies: ['reroot-agent'] });
    await putToken(token);
    const byToken: VaultAuth = { kind: 'token-secret', secret: tokenSecret };
    const csrPath = `${keyMount}/intermediate/generate/exported`;
    const second = await install(3, trust([one, two], two, { caPath, csrPath, auth: byToken }), [one, two]);
    expect(second.chain).toHaveLength(1);
    expect(second.caKey).not.toBe(first.caKey);
    expect((await operator.root.list(`${keyMount}/keys`, signal)).keys).toEqual([]);

    // By an issuer that hangs from the root, which is in the Secret too, and whose root is not.
    await operator.allow('reroot-agent', { pki: below, 'pki-agent': keyMount });
    const row = trust([one, two], one, { caPath: `${below}/root/sign-intermediate`, auth: byToken });
    const third = await install(4, row, [one, two]);
    expect(third.chain.map(({ fingerprint }) => fingerprint).slice(1)).toEqual([issuing.fingerprint]);

    const told = (await readFile(fleet.agentLog, 'utf8')) + JSON.stringify(fleet.mgmt.reports);
    for (const secret of [token, fleet.vault.rootToken]) expect(told.includes(secret)).toBe(false);
    expect(told).toContain('logged in to Vault');
    expect(told).not.toMatch(/PRIVATE KEY|eyJ[\w-]+\./);
    expect(fleet.mgmt.requests).toEqual([]);
  });

  it('has a token made for Vault alone, where its configuration names an audience, and Vault takes it', async () => {
    const { cluster, operator } = fleet;
    const config = kubernetesConfigSchema.parse({ kubeconfigFile: cluster.agent.kubeconfig, vaultTokenAudience: 'vault' });
    const name = cluster.name;
    const asAgent = await openKubernetesCluster({ name, config, clock: systemClock, random: Math.random, log: silentLog });
    try {
      const reference = { kind: 'reference', account, tokenKey: 'token' } as const;
      const readJwt = (aborted: AbortSignal) => asAgent.vaultCredentials.readJwt(reference, aborted);
      const bound = { bound_service_account_names: [account.name], bound_service_account_namespaces: [account.namespace] };
      await operator.root.write('auth/kubernetes/role/strict', { ...bound, audience: 'vault' }, signal);
      await operator.open({ kind: 'kubernetes', role: 'strict', readJwt }).read('auth/token/lookup-self', signal);
      const review = (audiences: readonly string[]) =>
        cluster.admin.request<{ status: object }>('POST', '/apis/authentication.k8s.io/v1/tokenreviews', {
          spec: { token, audiences },
        });
      const token = await readJwt(signal);
      expect((await review(['vault'])).status).toMatchObject({ authenticated: true });
      expect((await review([])).status).not.toMatchObject({ authenticated: true });
    } finally {
      await asAgent.close();
    }
  });
});

interface Installed {
  readonly chain: readonly Certificate[];
  readonly caKey: string;
}

/** Tells the agent; gives what the Secret holds once istiod signs with it and a proxy holds a leaf of it. */
async function install(generation: number, row: DesiredTrust, roots: readonly Ca[]): Promise<Installed> {
  fleet.mgmt.tell(row, { term: 1, generation });
  const all = roots.map(({ certificate }) => certificate.fingerprint).toSorted();
  const signer = roots.find(({ certificate }) => certificate.fingerprint === row.signerRoot)!.certificate;
  const arrived = await waitFor(
    () => {
      fleet.broken.throwIfAborted();
      return fleet.mgmt.reports.findLast((report) => hasArrived(report, generation, all, signer));
    },
    { timeoutMs: patienceMs, what: `generation ${generation} in the whole cluster` },
  );
  expect(arrived.problems).toEqual([]);
  const { data } = await fleet.cluster.admin.request<{ data: Readonly<Record<string, string>> }>('GET', cacertsPath);
  const text = (key: string): string => Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  const chain = parseCertificates(text('cert-chain.pem'));
  expect(verifyChain(chain, [signer], systemClock.now())).toMatchObject({ ok: true });
  expect(chain[0]!.x509.checkPrivateKey(importPrivateKey(text('ca-key.pem')))).toBe(true);
  return { chain, caKey: text('ca-key.pem') };
}

function hasArrived(report: Report, generation: number, roots: readonly string[], signer: Certificate): boolean {
  const { written, replicas, workloads = [], certificates } = report;
  if (report.appliedGeneration !== generation || written === undefined || workloads.length === 0) return false;
  const chain = certificatesOf(certificates, written.signerChain);
  const signs = (chainOf: readonly string[]): boolean => chainOf[0] === written.signerChain[0];
  const loaded = replicas.every(({ result }) => result.kind === 'holding' && signs(result.holding.signerChain));
  const followed = workloads.every(
    ({ holding }) => signs(holding.signerChain) && holding.roots.toSorted().join() === roots.join(),
  );
  return verifyChain(chain, [signer], systemClock.now()).ok && loaded && followed;
}

function certificatesOf(all: readonly Uint8Array[], fingerprints: readonly string[]): readonly Certificate[] {
  const parsed = all.map((der) => parseCertificate(der));
  return fingerprints.map((fingerprint) => parsed.find((each) => each.fingerprint === fingerprint)!);
}

function trust(roots: readonly Ca[], signer: Ca, ca: Pick<VaultCa, 'auth' | 'caPath'> & Partial<VaultCa>): DesiredTrust {
  const { server, caBundlePem } = fleet.vault;
  const vault = { server, caBundle: caBundlePem, namespace: '', csrPath: '', ...ca };
  return trustOf(roots, signer, { intermediateSource: { kind: 'vault', vault }, nudge: 'when-loaded' });
}

async function makeRoot(mount: string, name: string): Promise<Ca> {
  const keyAlgorithm = { kind: 'ecdsa', curve: 'P-256' } as const;
  const request = { commonName: `mesh ${name}`, ttlDays: 3_650, keyAlgorithm, issuerName: name, notBeforeDurationMs: 60_000 };
  const { certificate } = await generateRoot(fleet.operator.root, mount, request, signal);
  const refuse = () => Promise.reject(new Error('nobody but Vault has the key'));
  const selfMade = () => {
    throw new Error('nobody but Vault has the key');
  };
  return { certificate, issue: refuse, signCrl: refuse, selfMade };
}

/** A CA in a mount of its own, signed by a root of another one, as an organization with an offline root has it. */
async function makeIssuerBelow(mount: string, rootPath: string): Promise<Certificate> {
  const { root } = fleet.operator;
  const made = (await root.write(
    `${mount}/intermediate/generate/internal`,
    { common_name: 'issuing', key_type: 'ec' },
    signal,
  )) as {
    readonly csr: string;
  };
  const signed = (await root.write(
    rootPath,
    { csr: made.csr, common_name: 'issuing', ttl: '8760h', max_path_length: 1 },
    signal,
  )) as {
    readonly certificate: string;
    readonly issuing_ca: string;
  };
  await root.write(`${mount}/intermediate/set-signed`, { certificate: `${signed.certificate}\n${signed.issuing_ca}` }, signal);
  return parseCertificate(signed.certificate);
}

/** Vault has tokens reviewed by the API server of the cluster, as an account that may do just that. */
async function enableKubernetesLogin(): Promise<void> {
  const { cluster, operator } = fleet;
  const reviewer = { name: 'vault', namespace: 'default' };
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  await cluster.apply([
    { path: `${accounts}/vault`, object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: reviewer } },
    {
      path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/vault',
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'vault' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:auth-delegator' },
        subjects: [{ kind: 'ServiceAccount', ...reviewer }],
      },
    },
  ]);
  const { status } = await cluster.admin.request<{ status: { token: string } }>('POST', `${accounts}/vault/token`, {
    spec: { expirationSeconds: 3_600 },
  });
  await operator.root.write('sys/auth/kubernetes', { type: 'kubernetes' }, signal);
  const config = {
    kubernetes_host: cluster.controlPlane.server,
    kubernetes_ca_cert: cluster.controlPlane.authority.certificate.pem,
    token_reviewer_jwt: status.token,
  };
  await operator.root.write('auth/kubernetes/config', config, signal);
  const bound = { bound_service_account_names: [account.name], bound_service_account_namespaces: [account.namespace] };
  await operator.root.write(
    'auth/kubernetes/role/agent',
    { ...bound, token_policies: ['reroot-agent'], token_ttl: '1h' },
    signal,
  );
}

async function putToken(token: string): Promise<void> {
  const { name, namespace } = tokenSecret;
  const object = { metadata: { name }, stringData: { token: `${token}\n` } };
  await fleet.cluster.admin.request('POST', `/api/v1/namespaces/${namespace}/secrets`, object);
}
