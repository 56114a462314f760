import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { makeRoot } from '../testing/certificates.ts';
import { listen } from './listen.ts';
import { openApiTls } from './tls/open-api-tls.ts';
import { chainPem, makePair, makeTlsFolder } from './tls/testing/tls-folder.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

describe('the API', () => {
  it('says which address is taken, or not to be had', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const [taken, strange] = [fastify(), fastify()];
    ends.push(
      () => other.close(),
      () => taken.close(),
      () => strange.close(),
    );
    const place = `127.0.0.1:${port}`;
    await expect(listen(taken, { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'RR_ADDRESS_IN_USE', place });
    // TEST-NET-1 of RFC 5737.
    await expect(listen(strange, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'RR_ADDRESS_UNUSABLE' });
  });

  it('listens by TLS at one address of localhost, so that no other keeps a certificate that was renewed', async () => {
    const folder = await makeTlsFolder();
    const pair = await makePair(await makeRoot('api root'));
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { certFile, keyFile } = folder.files;
    const { options } = await openApiTls({ certFile, keyFile }, { clock: systemClock, log: silentLog });
    const app = fastify({ https: options }) as unknown as FastifyInstance;
    ends.push(
      () => folder.dispose(),
      () => app.close(),
    );
    expect(await listen(app, { host: 'localhost', port: 0 })).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(app.addresses()).toMatchObject([{ address: '127.0.0.1' }]);
  });
});
