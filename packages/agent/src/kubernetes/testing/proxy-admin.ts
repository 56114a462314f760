import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubeObject } from '@reroot/kube-api';
import {
  type Certificate,
  composeBundle,
  generateKey,
  importPrivateKey,
  issueLeaf,
  parseCertificate,
  signerFromKey,
} from '@reroot/shared/pki';
import { type Ca, dayMs, hourMs, makeIntermediate } from '../../testing/ca.ts';

/** What a proxy holds. */
export interface Identity {
  readonly certChain: string;
  readonly rootCert: string;
}

/** Lets a CA issue what a workload holds: a leaf, its intermediate, and the roots. */
export async function issueIdentity(signer: Ca, roots: readonly Ca[] = [signer]): Promise<Identity> {
  const { caCert, caKey } = await makeIntermediate(signer);
  const issuer = parseCertificate(caCert);
  const leaf: Certificate = await issueLeaf({
    issuer,
    issuerKey: signerFromKey(importPrivateKey(caKey)),
    publicKeySpki: signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' })).publicKeySpki,
    uris: ['spiffe://cluster.local/ns/default/sa/web'],
    notBeforeMs: issuer.notBeforeMs,
    notAfterMs: issuer.notBeforeMs + hourMs + dayMs,
  });
  const rootCert = composeBundle(
    undefined,
    roots.map(({ certificate }) => certificate),
  );
  return { certChain: `${leaf.pem}${caCert}`, rootCert };
}

/** What Envoy 1.40 answers to `/config_dump?resource=dynamic_active_secrets&mask=…`. */
export function envoyAnswer({ certChain, rootCert }: Identity): string {
  const secretType = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
  const secret = (name: string, content: object): object => ({
    '@type': 'type.googleapis.com/envoy.admin.v3.SecretsConfigDump.DynamicSecret',
    name,
    secret: { '@type': secretType, ...content },
  });
  const bytes = (text: string): object => ({ inline_bytes: Buffer.from(text).toString('base64') });
  const configs = [
    secret('kubernetes://gateway-host', { tls_certificate: { certificate_chain: bytes('of a host') } }),
    secret('default', { tls_certificate: { certificate_chain: bytes(certChain) } }),
    secret('ROOTCA', { validation_context: { trusted_ca: bytes(rootCert) } }),
  ];
  return JSON.stringify({ configs }, null, 1);
}

/** An admin interface that answers every request alike. */
export interface ProxyAdmin {
  readonly port: number;
  /** Paths that were asked for. */
  readonly paths: string[];
  answer: { status: number; body: string };
  close(): Promise<void>;
}

/** Starts one on 127.0.0.1. */
export async function startProxyAdmin(body = ''): Promise<ProxyAdmin> {
  const server = createServer((request, response) => {
    admin.paths.push(request.url ?? '');
    response.writeHead(admin.answer.status, { 'content-type': 'application/json' });
    // Without a length, in chunks, as Envoy does.
    response.write(admin.answer.body.slice(0, 1_000));
    response.end(admin.answer.body.slice(1_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const admin: ProxyAdmin = {
    port: (server.address() as AddressInfo).port,
    paths: [],
    answer: { status: 200, body },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return admin;
}

/** A pod with a running sidecar, as the injector leaves it. */
export function sidecarPod(namespace: string, name: string, startedAt = '2026-01-01T00:00:00Z'): KubeObject {
  return {
    metadata: {
      namespace,
      name,
      uid: `uid-of-${name}`,
      labels: { 'pod-template-hash': '6b9f' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-6b9f', uid: 'rs', controller: true }],
    },
    spec: {
      containers: [
        { name: 'app' },
        {
          name: 'istio-proxy',
          args: ['proxy', 'sidecar', '--domain', '$(POD_NAMESPACE).svc.cluster.local'],
          env: [
            { name: 'PROXY_CONFIG', value: '{}\n' },
            { name: 'PROXY_CONFIG_XDS_AGENT', value: 'true' },
          ],
        },
      ],
    },
    status: {
      phase: 'Running',
      containerStatuses: [
        { name: 'app', state: { running: { startedAt } } },
        { name: 'istio-proxy', state: { running: { startedAt } } },
      ],
    },
  } as KubeObject;
}
