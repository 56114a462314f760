import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const pem = '-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n';

async function serve(stillUsedBy: readonly string[], status = 200): Promise<MeshServer> {
  const body = {
    root: 'a'.repeat(64),
    pem,
    number: '7',
    thisUpdate: '2026-01-01T00:00:00.000Z',
    nextUpdate: '2026-01-31T00:00:00.000Z',
    revoked: [{ cluster: 'east', serial: '0A' }],
    stillUsedBy,
  };
  const server = await startMeshServer(() => ({ status, body }));
  servers.push(server);
  return server;
}

describe('reroot crl', () => {
  it('prints the list and nothing else on stdout, and says on stderr what is in it and who would be refused', async () => {
    const { url, asked } = await serve(['west']);
    const run = await runCaptured(['crl', '--server', url, '--mesh', 'demo']);
    expect([run.exit, run.stdout, asked[0]?.path]).toEqual([0, pem, '/v1/meshes/demo/crl']);
    expect(run.stderr).toContain(
      `intermediates of root ${'a'.repeat(64)} that are revoked: 1; the list is good until 2026-01-31`,
    );
    expect(run.stderr).toContain('warning: these clusters still use the root, and whoever goes by the list refuses them: west');
  });

  it('gives all of it in JSON, and warns of nobody where nobody uses the root', async () => {
    const { url } = await serve([]);
    const run = await runCaptured(['crl', '--server', url, '--mesh', 'demo', '-o', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ pem, revoked: [{ cluster: 'east', serial: '0A' }] });
    expect(run.stderr).not.toContain('warning');
  });
});
