import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow } from './api/live/testing/live-follower.ts';
import { chainPem, makePair, makeTlsFolder } from './api/tls/testing/tls-folder.ts';
import { makeRoot } from './testing/certificates.ts';
import { apply, type Installation, makeInstallation, rotate } from './testing/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

describe('the live stream of mgmt', () => {
  it('tells of a mesh from its making to the end of a rotation, and ends with mgmt', async () => {
    const mgmt = await installation.start();
    const follower = await follow({ url: mgmt.apiUrl });
    await follower.hear('no mesh', ({ meshes }) => meshes.length === 0);
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await follower.hear('a mesh whose cluster holds the root', ({ meshes }) => meshes[0]?.verdict.passed === true);
    await rotate(mgmt);
    await follower.hear('the end of the rotation', ({ meshes }) => meshes[0]?.state === 'FINISHED');
    const generations = follower.heard.flatMap(({ meshes }) => meshes.map(({ generation }) => generation));
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
    await mgmt.stop();
    expect(await follower.closed()).toMatchObject({ code: 1001 });
  });

  it('is served by TLS where mgmt is', async () => {
    const folder = await makeTlsFolder();
    try {
      const root = await makeRoot('api root');
      const pair = await makePair(root);
      await folder.write({ cert: chainPem(pair), key: pair.keyPem });
      const { certFile, keyFile } = folder.files;
      const config = installation.config({ api: { port: 0, tls: { certFile, keyFile } } });
      const mgmt = await installation.start({ config });
      expect(mgmt.apiUrl).toMatch(/^https:/);
      const follower = await follow({ url: mgmt.apiUrl }, { tls: { ca: root.certificate.pem } });
      await follower.hear('no mesh', ({ meshes }) => meshes.length === 0);
    } finally {
      await folder.dispose();
    }
  });
});
