import { withoutRotation } from '@reroot/shared/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const gloo = `
apiVersion: networking.mesh.gloo.solo.io/v1
kind: VirtualMesh
metadata: { name: demo }
spec:
  mtlsConfig: { autoRestartPods: true, shared: { rootCertificateAuthority: { generated: {} } } }
  federation: { selectors: [{}] }
  meshes: [{ name: istiod-istio-system-east }, { name: old-west }]
`;

let server: MeshServer;
beforeEach(async () => {
  server = await startMeshServer(() => ({ status: 200, body: withoutRotation({ state: 'NOT_ROTATING' }) }));
});
afterEach(() => server.stop());

const run = (...more: string[]) => runCaptured(['mesh', 'import', '--server', server.url, '-f', '-', ...more], { stdin: gloo });

it('prints the mesh, says what became of each field, and makes nothing', async () => {
  const { exit, stdout, stderr } = await run('--cluster', 'old-west=west');
  expect(exit).toBe(0);
  expect(parse(stdout)).toMatchObject({ kind: 'VirtualMesh', spec: { clusters: ['east', 'west'] } });
  expect(stderr).toMatch(/^ {2}mapped +spec\.meshes\[1\]: old-west to cluster west$/m);
  expect(stderr).toMatch(/^ {2}unsupported spec\.federation: is about traffic/m);
  expect(server.asked).toEqual([]);
});

it('makes the mesh without a word to its clusters', async () => {
  const { exit, stderr } = await run('--cluster', 'old-west=west', '--apply');
  expect([exit, server.asked.map(({ method, path }) => `${method} ${path}`)]).toEqual([0, ['PUT /v1/meshes/demo/held-back']]);
  expect(stderr).toContain('told nothing until they are adopted');
});

it('names the cluster that it was not told', async () => {
  expect(await run()).toMatchObject({ exit: 2, code: 'RR_GLOO_INVALID', remedy: 'add --cluster old-west=CLUSTER' });
});

it('gives meshes and reports as JSON', async () => {
  const { stdout } = await run('--cluster', 'old-west=west', '-o', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ meshes: [{ source: 'VirtualMesh demo', report: expect.any(Array) }], others: [] });
});
