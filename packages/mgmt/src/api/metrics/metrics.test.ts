import { once } from 'node:events';
import { connect } from 'node:net';
import { mgmtMetrics, processMetrics } from '@reroot/shared/metrics';
import { type ReadSample, readExposition } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, type Installation, makeInstallation, type Reachable, rotate, settle } from '../../testing/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

async function read(mgmt: Reachable): Promise<readonly ReadSample[]> {
  const response = await fetch(`${mgmt.apiUrl}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readExposition(await response.text());
}

function valueOf(samples: readonly ReadSample[], name: string, labels: Record<string, string> = {}): number | undefined {
  const wanted = Object.entries(labels);
  return samples.find((each) => each.name === name && wanted.every(([label, value]) => each.labels[label] === value))?.value;
}

describe('GET /metrics', () => {
  it('tells Prometheus how each mesh is, and how mgmt does', async () => {
    const mgmt = await installation.start();
    for (const cluster of ['east', 'west']) installation.agent(cluster);
    await apply(mgmt);
    await settle(mgmt);
    const samples = await read(mgmt);
    const definitions: Record<string, { type: string; labels: object }> = { ...mgmtMetrics, ...processMetrics };
    const undefinedLabels = samples.filter(({ name, labels }) => {
      const { labels: defined = {} } = definitions[name.replace(/_(bucket|sum|count)$/, '')] ?? definitions[name] ?? {};
      const own = Object.keys(labels).filter((label) => label !== 'le');
      return own.toSorted().join() !== Object.keys(defined).toSorted().join();
    });
    expect(undefinedLabels).toEqual([]);
    expect(valueOf(samples, 'reroot_mesh_state', { mesh: 'demo', state: 'NOT_ROTATING' })).toBe(1);
    expect(valueOf(samples, 'reroot_mesh_state', { state: 'FAILED' })).toBe(0);
    expect(valueOf(samples, 'reroot_mesh_clusters_by_presence', { presence: 'reporting' })).toBe(2);
    expect(valueOf(samples, 'reroot_mesh_clusters_by_evidence', { level: 'held' })).toBe(2);
    expect(valueOf(samples, 'reroot_cluster_evidence_level', { cluster: 'east' })).toBe(4);
    expect(valueOf(samples, 'reroot_mesh_transitions_total', { state: 'ROLLING_BACK' })).toBe(0);
    expect(valueOf(samples, 'reroot_acknowledge_duration_seconds_count')).toBe(2);
    expect(valueOf(samples, 'reroot_evidence_held_duration_seconds_count')).toBe(2);
    expect(valueOf(samples, 'reroot_mesh_gate', { reason: 'Passed' })).toBe(1);
    expect(valueOf(samples, 'reroot_bus_connected')).toBe(1);
    expect(valueOf(samples, 'reroot_leader')).toBe(1);
    expect(valueOf(samples, 'reroot_mesh_root_expiry_timestamp_seconds', { role: 'current' })).toBeGreaterThan(
      Date.now() / 1_000,
    );
    expect(valueOf(samples, 'reroot_preflight_timestamp_seconds')).toBeUndefined();
  });

  it('counts what happens: states, requests, problems, preflights', async () => {
    const mgmt = await installation.start({ config: installation.config({ metrics: { clusterSeries: 0 } }) });
    for (const cluster of ['east', 'west']) installation.agent(cluster);
    await apply(mgmt);
    await settle(mgmt);
    await rotate(mgmt);
    expect((await fetch(`${mgmt.apiUrl}/v1/meshes/none`)).status).toBe(404);
    expect((await fetch(`${mgmt.apiUrl}/no/such/place`)).status).toBe(404);
    const samples = await read(mgmt);
    expect(valueOf(samples, 'reroot_mesh_transitions_total', { state: 'ADDING_NEW_ROOT' })).toBe(1);
    expect(valueOf(samples, 'reroot_preflight_checks', { outcome: 'fatal' })).toBe(0);
    expect(valueOf(samples, 'reroot_api_requests_total', { method: 'GET', route: '/v1/meshes/:mesh', status: '404' })).toBe(1);
    expect(valueOf(samples, 'reroot_api_requests_total', { route: 'none', status: '404' })).toBe(1);
    expect(valueOf(samples, 'reroot_api_refusals_total', { code: 'RR_MESH_NOT_FOUND' })).toBe(1);
    expect(samples.filter(({ labels }) => 'cluster' in labels)).toEqual([]);
  });

  it('counts a request under no method, and no path, that somebody has made up', async () => {
    const mgmt = await installation.start();
    const methods = ['PROPFIND', 'MKCOL', 'LOCK', 'SEARCH'];
    for (const method of methods) expect((await fetch(`${mgmt.apiUrl}/v1/meshes`, { method })).status).toBe(405);
    const samples = await read(mgmt);
    const counted = samples.filter(({ name, labels }) => name === 'reroot_api_requests_total' && labels['status'] === '405');
    expect(counted).toEqual([
      {
        name: 'reroot_api_requests_total',
        labels: { method: 'other', route: '/v1/meshes', status: '405' },
        value: methods.length,
      },
    ]);
    expect(samples.filter(({ labels }) => methods.includes(labels['method'] ?? ''))).toEqual([]);
  });

  it('counts what is refused before any route hears of it', async () => {
    const mgmt = await installation.start();
    const { hostname, port } = new URL(mgmt.apiUrl);
    for (const [text, code] of [
      ['nonsense\r\n\r\n', 'RR_API_BODY_MALFORMED'],
      [
        'GET /v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        'RR_LIVE_HANDSHAKE_INVALID',
      ],
    ] as const) {
      const socket = connect(Number(port), hostname).end(text).resume();
      await once(socket, 'close');
      expect(valueOf(await read(mgmt), 'reroot_api_refusals_total', { code })).toBe(1);
    }
  });
});
