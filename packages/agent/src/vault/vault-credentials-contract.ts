import type { ObjectRef } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import type { VaultCredentials } from './vault-credentials.ts';

/** Credentials to look at, and what stands behind them. */
export interface CredentialsSubject {
  readonly credentials: VaultCredentials;
  /** Puts a Secret there, or another content into it. */
  readonly putSecret: (secret: ObjectRef, data: Readonly<Record<string, string>>) => Promise<void>;
  /** A service account that is there. */
  readonly account: ObjectRef;
  dispose(): Promise<void>;
}

/** What holds for every `VaultCredentials`. */
export function describeVaultCredentialsContract(name: string, create: () => Promise<CredentialsSubject>): void {
  const { signal } = new AbortController();
  const secret: ObjectRef = { namespace: 'default', name: 'vault-token' };
  const within = async (look: (subject: CredentialsSubject) => Promise<void>): Promise<void> => {
    const subject = await create();
    try {
      await look(subject);
    } finally {
      await subject.dispose();
    }
  };

  describe(`credentials for Vault from ${name}`, () => {
    it('hold the token of a Secret as it stands at that time, without the newline at its end', () =>
      within(async ({ credentials, putSecret }) => {
        await putSecret(secret, { token: 's.first\n' });
        expect(await credentials.readToken(secret, signal)).toBe('s.first');
        await putSecret(secret, { token: 's.second' });
        expect(await credentials.readToken(secret, signal)).toBe('s.second');
      }));

    it('are refused with the name of a Secret that is not there, lacks the key or holds no token, and without its content', () =>
      within(async ({ credentials, putSecret }) => {
        const refused = {
          code: 'RR_VAULT_CREDENTIAL_INVALID',
          message: expect.stringContaining('Secret default/vault-token') as string,
        };
        const read = () => credentials.readToken(secret, signal);
        await expect(read()).rejects.toMatchObject(refused);
        for (const data of [{ password: 'canary' }, { token: '' }, { token: 'canary\ncanary' }]) {
          await putSecret(secret, data);
          await expect(read()).rejects.toMatchObject(refused);
          await expect(read()).rejects.not.toThrow(/canary/);
        }
      }));

    it('hold a token of a service account, and none of one that is not there', () =>
      within(async ({ credentials, account }) => {
        const reference = { kind: 'reference', account, tokenKey: 'token' } as const;
        expect(await credentials.readJwt(reference, signal)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
        const absent = { ...reference, account: { ...account, name: 'absent' } };
        await expect(credentials.readJwt(absent, signal)).rejects.toMatchObject({
          code: 'RR_VAULT_CREDENTIAL_INVALID',
          message: expect.stringContaining(`${account.namespace}/absent`) as string,
        });
      }));

    it('are not looked for once the signal has aborted', () =>
      within(async ({ credentials, account, putSecret }) => {
        await putSecret(secret, { token: 's.first' });
        const reason = new Error('enough');
        const aborted = AbortSignal.abort(reason);
        await expect(credentials.readToken(secret, aborted)).rejects.toBe(reason);
        const reference = { kind: 'reference', account, tokenKey: 'token' } as const;
        await expect(credentials.readJwt(reference, aborted)).rejects.toBe(reason);
      }));
  });
}
