import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterStatus, MeshStatus } from '@reroot/shared/api';

/** What a server in the place of mgmt was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An HTTP server in the place of mgmt: speaks the contract's types, decides nothing. */
export interface MeshServer {
  readonly url: string;
  readonly asked: Asked[];
  stop(): Promise<void>;
}

/** Listens on a free port of the loopback interface and answers as `answer` says. */
export async function startMeshServer(answer: (asked: Asked) => Answer): Promise<MeshServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, body: Buffer.concat(chunks).toString(), authorization: headers.authorization };
      asked.push(one);
      const { status, body } = answer(one);
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

export const oldRoot = 'a'.repeat(64);
export const newRoot = 'b'.repeat(64);

/** A mesh of two clusters in its first step, with differences. */
export function meshStatus(differing: Partial<MeshStatus> = {}): MeshStatus {
  const validity = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z' };
  return {
    mesh: 'demo',
    state: 'ADDING_NEW_ROOT',
    step: 'ADDING_NEW_ROOT',
    direction: 'forward',
    generation: 2,
    term: 1,
    enteredAt: '2026-01-01T00:00:00Z',
    trustDomain: 'cluster.local',
    roots: [
      { ...validity, fingerprint: oldRoot, subject: 'CN=one', role: 'old' },
      { ...validity, fingerprint: newRoot, subject: 'CN=two', role: 'new' },
    ],
    rotation: {
      id: 'r-1',
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      startedBy: 'ana',
      startedAt: '2026-01-01T00:00:00Z',
      oldRoot,
      newRoot,
    },
    verdict: { passed: false, reason: 'ReplicaNotLoaded', message: 'waiting: cluster-2: istiod-1 has not loaded', laggards: [] },
    clusters: [clusterStatus('cluster-1'), clusterStatus('cluster-2')],
    ...differing,
  };
}

/** The same mesh outside of any rotation. */
export function withoutRotation(differing: Partial<MeshStatus>): MeshStatus {
  const status: { -readonly [K in keyof MeshStatus]: MeshStatus[K] } = meshStatus(differing);
  delete status.rotation;
  return status;
}

function clusterStatus(name: string): ClusterStatus {
  return {
    name,
    presence: 'reporting',
    lastReportAt: '2026-01-01T00:00:00Z',
    verdict: { passed: true, reason: 'Passed', message: 'the cluster holds ADDING_NEW_ROOT', laggards: [] },
    roots: [oldRoot, newRoot],
    signerRoot: oldRoot,
    replicas: { reached: 2, total: 2 },
    namespaces: { reached: 2, total: 2 },
    workloads: { reached: 4, total: 4 },
    nudges: 0,
    problems: [],
  };
}
