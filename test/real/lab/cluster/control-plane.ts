import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { waitFor } from '@reroot/shared/testing';
import type { FleetProcess } from '@reroot/simulator/processes';
import type { controlPlanePrograms, Servers } from '../../servers/find-servers.ts';
import type { CreateProcess } from '../lab-process.ts';
import type { ClusterNetwork } from '../network.ts';
import { type AdminClient, createAdminClient } from './admin-client.ts';
import { type ClusterAuthority, type Credential, createAuthority, issueCredential } from './certificate.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** etcd, kube-apiserver and the controllers of one cluster. */
export interface ControlPlane {
  readonly server: string;
  readonly authority: ClusterAuthority;
  /** Signs tokens of ServiceAccounts: a test makes one that has expired, or that soon will. */
  readonly tokenKey: KeyObject;
  readonly admin: AdminClient;
  readonly adminKubeconfig: string;
  /** What ServiceAccounts of the namespace `reroot` have asked for, by tokens of theirs: lines of JSON (audit.k8s.io/v1). */
  readonly auditLog: string;
  readonly etcd: FleetProcess;
  readonly apiServer: FleetProcess;
  readonly controllers: FleetProcess;
  /** Resolves when it answers. */
  untilReady(signal: AbortSignal): Promise<void>;
}

/** What a control plane is made of. */
export interface ControlPlaneOptions {
  readonly name: string;
  /** Keys, certificates and etcd's data. */
  readonly dir: string;
  readonly network: ClusterNetwork;
  readonly servers: Pick<Servers, (typeof controlPlanePrograms)[number]>;
  readonly create: CreateProcess;
  readonly signal: AbortSignal;
}

const apiPort = 6443;
const readyTimeoutMs = 60_000;
export const tokenIssuer = 'https://kubernetes.default.svc';

/** Only what makes pods, and what keeps namespaces and their ServiceAccounts: each controller costs time on two cores. */
const controllers = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemonset-controller',
  'disruption-controller',
  'serviceaccount-controller',
  'namespace-controller',
  'garbage-collector-controller',
  'resourcequota-controller',
];

/** Who asked for what, of those whose rights are shipped here; no contents. */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  omitManagedFields: true,
  rules: [{ level: 'Metadata', userGroups: ['system:serviceaccounts:reroot'] }, { level: 'None' }],
};

/** Starts a control plane; resolves when the API answers. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { dir, network, signal } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(`kubernetes ${options.name}`, systemClock.now());
  const { files, tokenKey, adminCredential } = await writeCredentials(dir, network, authority);
  const server = `https://${network.apiServer}:${apiPort}`;
  const admin = createAdminClient(server, authority.certificate.pem, adminCredential);
  await writeKubeconfig(files.adminKubeconfig, {
    server,
    caPem: authority.certificate.pem,
    user: { kind: 'certificate', ...adminCredential },
  });
  const [etcd, apiServer, manager] = createProcesses(options, files);
  const untilReady = async (deadline: AbortSignal): Promise<void> => {
    const answers = async (): Promise<boolean> =>
      deadline.aborted || (await admin.find('/api/v1/namespaces/default')) !== undefined;
    await waitFor(answers, { timeoutMs: readyTimeoutMs, what: `the API server of ${options.name}` });
    deadline.throwIfAborted();
  };
  await etcd.start(signal);
  await apiServer.start(signal);
  await untilReady(signal);
  await manager.start(signal);
  const { adminKubeconfig, auditLog } = files;
  return {
    ...{ server, authority, tokenKey, admin, adminKubeconfig, auditLog, etcd, apiServer },
    controllers: manager,
    untilReady,
  };
}

interface CredentialFiles {
  readonly ca: string;
  readonly serverCert: string;
  readonly serverKey: string;
  readonly kubeletClientCert: string;
  readonly kubeletClientKey: string;
  readonly tokenKey: string;
  readonly adminKubeconfig: string;
  readonly auditPolicy: string;
  readonly auditLog: string;
}

async function writeCredentials(
  dir: string,
  network: ClusterNetwork,
  authority: ClusterAuthority,
): Promise<{ files: CredentialFiles; tokenKey: KeyObject; adminCredential: Credential }> {
  const write = async (name: string, content: string): Promise<string> => {
    const file = join(dir, name);
    await writeFile(file, content, { mode: 0o600 });
    return file;
  };
  const server = await issueCredential(authority, {
    commonName: 'kube-apiserver',
    names: [network.apiServer, 'kubernetes.default.svc'],
  });
  const kubeletClient = await issueCredential(authority, { commonName: 'kube-apiserver', organization: 'system:masters' });
  const adminCredential = await issueCredential(authority, { commonName: 'lab-admin', organization: 'system:masters' });
  const tokenKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const files = {
    ca: await write('ca.pem', authority.certificate.pem),
    serverCert: await write('server.pem', server.certPem),
    serverKey: await write('server.key', server.keyPem),
    kubeletClientCert: await write('kubelet-client.pem', kubeletClient.certPem),
    kubeletClientKey: await write('kubelet-client.key', kubeletClient.keyPem),
    tokenKey: await write('token.key', tokenKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    adminKubeconfig: join(dir, 'admin.kubeconfig'),
    auditPolicy: await write('audit-policy.json', JSON.stringify(auditPolicy)),
    auditLog: join(dir, 'audit.log'),
  };
  return { files, tokenKey, adminCredential };
}

function createProcesses(
  { name, dir, network, servers, create }: ControlPlaneOptions,
  files: CredentialFiles,
): readonly [FleetProcess, FleetProcess, FleetProcess] {
  const etcdUrl = `http://${network.etcd}:2379`;
  return [
    create(`${name}-etcd`, servers.etcd, etcdArgs(join(dir, 'etcd'), network.etcd), { readyText: undefined }),
    create(`${name}-kube-apiserver`, servers.kubeApiserver, apiServerArgs(dir, network, etcdUrl, files), {}),
    create(`${name}-kube-controller-manager`, servers.kubeControllerManager, controllerArgs(network, files), {}),
  ];
}

/** Without fsync: nobody's data outlives the lab. */
function etcdArgs(dataDir: string, address: string): readonly string[] {
  const [client, peer] = [`http://${address}:2379`, `http://${address}:2380`];
  return [
    ...['--name', 'lab', '--data-dir', dataDir, '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `lab=${peer}`],
  ];
}

function apiServerArgs(dir: string, { apiServer }: ClusterNetwork, etcdUrl: string, files: CredentialFiles): readonly string[] {
  return [
    ...['--etcd-servers', etcdUrl, '--endpoint-reconciler-type', 'none', '--service-cluster-ip-range', '10.96.0.0/16'],
    ...['--bind-address', apiServer, '--advertise-address', apiServer, '--secure-port', String(apiPort)],
    ...['--cert-dir', dir, '--tls-cert-file', files.serverCert, '--tls-private-key-file', files.serverKey],
    ...['--client-ca-file', files.ca, '--authorization-mode', 'RBAC'],
    ...['--audit-policy-file', files.auditPolicy, '--audit-log-path', files.auditLog],
    ...['--service-account-issuer', tokenIssuer],
    ...['--service-account-signing-key-file', files.tokenKey, '--service-account-key-file', files.tokenKey],
    ...['--kubelet-certificate-authority', files.ca, '--kubelet-preferred-address-types', 'InternalIP'],
    ...['--kubelet-client-certificate', files.kubeletClientCert, '--kubelet-client-key', files.kubeletClientKey],
  ];
}

function controllerArgs({ node }: ClusterNetwork, files: CredentialFiles): readonly string[] {
  return [
    ...['--kubeconfig', files.adminKubeconfig, '--controllers', controllers.join(',')],
    ...['--leader-elect=false', '--bind-address', node, '--secure-port', '0'],
  ];
}
