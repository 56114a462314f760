import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findOwnAccount } from './own-account.ts';

describe('the account of the agent', () => {
  it('is read from the claims of its mounted token', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'reroot-account-'));
    try {
      const claims = { 'kubernetes.io': { namespace: 'mesh', serviceaccount: { name: 'agent' } } };
      const file = join(directory, 'token');
      await writeFile(file, `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`);
      expect(await findOwnAccount(file)).toEqual({ namespace: 'mesh', name: 'agent' });
      await writeFile(file, 'not a token');
      expect(await findOwnAccount(file)).toEqual({ namespace: 'reroot', name: 'reroot-agent' });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('is the usual one outside a pod', async () => {
    expect(await findOwnAccount('/nonexistent/token')).toEqual({ namespace: 'reroot', name: 'reroot-agent' });
  });
});
