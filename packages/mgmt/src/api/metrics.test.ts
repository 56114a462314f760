import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, type Installation, makeInstallation, settle } from '../testing/installation.ts';
import { metrics } from './metrics.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

describe('GET /metrics', () => {
  it('tells Prometheus how each mesh is, with no label for a cluster', async () => {
    const mgmt = await installation.start();
    for (const cluster of ['east', 'west']) installation.agent(cluster);
    await apply(mgmt);
    await settle(mgmt);
    const response = await fetch(`${mgmt.apiUrl}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = text.trimEnd().split('\n');
    expect(
      lines.filter((line) => !line.startsWith('#') && !/^[a-z_]+\{mesh="demo"(,[a-z]+="[^"\\]*")*\} \d+$/.test(line)),
    ).toEqual([]);
    expect(text).not.toMatch(/east|west/);
    expect(lines).toContain('reroot_mesh_state{mesh="demo",state="NOT_ROTATING"} 1');
    expect(lines).toContain('reroot_mesh_state{mesh="demo",state="FAILED"} 0');
    expect(lines).toContain('reroot_mesh_clusters{mesh="demo"} 2');
    expect(lines).toContain('reroot_mesh_drift{mesh="demo",kind="foreign-root"} 0');
    expect(text).not.toContain('reroot_preflight_checks{');
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await fetch(`${mgmt.apiUrl}/v1/meshes/demo/preflight`, asked)).status).toBe(200);
    expect(await (await fetch(`${mgmt.apiUrl}/metrics`)).text()).toContain(
      'reroot_preflight_checks{mesh="demo",outcome="fatal"} 0\n',
    );
  });

  it('has each of its names in docs/metrics.md', () => {
    const page = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| `(reroot_\w+)` \|/gm)].map(([, name]) => name);
    expect(metrics.map(({ name }) => name)).toEqual(listed);
  });
});
