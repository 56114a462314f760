import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenApi, openApi } from '../testing/open-api.ts';
import { addDashboard } from './add-dashboard.ts';
import { readDashboard, readEmbeddedDashboard } from './read-dashboard.ts';

let dir: string;
let api: OpenApi;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-dashboard-'));
  api = await openApi({ access: { tokens: [{ name: 'ann', sha256: '0'.repeat(64), role: 'viewer' }] } });
});

afterEach(async () => {
  await api.close();
  await rm(dir, { recursive: true });
});

async function build(): Promise<void> {
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>reroot</title>');
  await writeFile(join(dir, 'assets/index-abc.js'), 'export {};');
  await writeFile(join(dir, '.built-from'), 'a hash');
}

describe('the dashboard', () => {
  it('is a page for everybody, under a policy that lets it talk to nobody else', async () => {
    await build();
    addDashboard(api.app, await readDashboard(dir, 'in the configuration'));
    const { status, headers, body } = await api.ask('/ui/');
    expect(status).toBe(200);
    expect(body).toContain('<title>reroot</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';.*connect-src 'self'/,
    );
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'.*trusted-types 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:|http/);
    expect(headers).toMatchObject({ 'cross-origin-opener-policy': 'same-origin', 'x-content-type-options': 'nosniff' });
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('keeps what is named by its content for ever, and gives it compressed to whoever takes that', async () => {
    await build();
    addDashboard(api.app, await readDashboard(dir, 'in the configuration'));
    const { headers, body } = await api.ask('/ui/assets/index-abc.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([headers['content-type'], body]).toEqual(['text/javascript; charset=utf-8', 'export {};']);
    const compressed = await api.app.inject({ url: '/ui/assets/index-abc.js', headers: { 'accept-encoding': 'br, gzip' } });
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(compressed.rawPayload).toString()).toBe('export {};');
  });

  it('is served as well where it is a part of the program, and not where that runs from its sources', async () => {
    expect(await readEmbeddedDashboard()).toBeUndefined();
    addDashboard(api.app, await readEmbeddedDashboard({ 'index.html': '<title>embedded</title>', 'assets/a.js': 'export {};' }));
    expect((await api.ask('/ui/')).body).toContain('<title>embedded</title>');
    const { headers } = await api.ask('/ui/assets/a.js');
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('is where the root of the API leads', async () => {
    addDashboard(api.app, undefined);
    for (const path of ['/', '/ui']) {
      const { status, headers } = await api.ask(path);
      expect([status, headers.location]).toEqual([302, '/ui/']);
    }
  });

  it.each(['/ui/../app.ts', '/ui/%2e%2e/%2e%2e/etc/passwd', '/ui/.built-from', '/ui/assets/', '/ui/nothing.js'])(
    'has no file %s',
    async (path) => {
      await build();
      addDashboard(api.app, await readDashboard(dir, 'in the configuration'));
      const { statusCode, body } = await api.app.inject({ url: path });
      expect([401, 404]).toContain(statusCode);
      expect(body).not.toContain('a hash');
    },
  );

  it('says so where none was built, and fails the start where one was named', async () => {
    expect(await readDashboard(dir, 'by default')).toBeUndefined();
    await expect(readDashboard(dir, 'in the configuration')).rejects.toMatchObject({ code: 'RR_DASHBOARD_UNREADABLE' });
    addDashboard(api.app, undefined);
    expect(await api.ask('/ui/')).toMatchObject({ status: 404, code: 'RR_DASHBOARD_MISSING' });
  });

  it('asks for credentials where it asks for anything of a mesh', async () => {
    addDashboard(api.app, undefined);
    expect(await api.ask('/v1/meshes')).toMatchObject({ status: 401, code: 'RR_API_UNAUTHORIZED' });
  });
});
