import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CreatedRoot, RootAuthority, RootRequest } from '../root-authority.ts';

/** An authority under test. */
export interface AuthorityUnderTest {
  readonly authority: RootAuthority;
  /** The same one as the next process finds it. */
  readonly reopen: () => Promise<RootAuthority>;
  readonly dispose: () => Promise<void>;
}

/** A root that is quick to make. */
export const rootRequest: RootRequest = {
  mesh: 'demo',
  keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' },
  organization: 'reroot',
  ttlDays: 10,
};

/** What every authority must do, wherever its keys are. */
export function describeRootAuthorityContract(name: string, make: () => Promise<AuthorityUnderTest>): void {
  describe(name, () => {
    let tested: AuthorityUnderTest;
    let authority: RootAuthority;
    beforeEach(async () => {
      tested = await make();
      authority = tested.authority;
    });
    afterEach(() => tested.dispose());

    const publicKeyOf = ({ certificate }: CreatedRoot): Buffer =>
      new X509Certificate(certificate.der).publicKey.export({ type: 'spki', format: 'der' });

    it('gives two roots neither the same name nor the same serial number', async () => {
      const [a, b] = [await authority.create(rootRequest), await authority.create(rootRequest)];
      expect(a.certificate.subject).not.toBe(b.certificate.subject);
      expect(a.certificate.serial).not.toBe(b.certificate.serial);
      expect(a.keyRef).not.toBe(b.keyRef);
    });

    it('signs with the key of the root that is asked for, after a restart too', async () => {
      const roots = [await authority.create(rootRequest), await authority.create(rootRequest)];
      for (const each of [authority, await tested.reopen()]) {
        for (const root of roots) {
          expect(Buffer.from((await each.signer(root.keyRef)).publicKeySpki)).toEqual(publicKeyOf(root));
        }
      }
    });

    it('signs with a destroyed key no more, after a restart neither', async () => {
      const { keyRef } = await authority.create(rootRequest);
      await authority.signer(keyRef);
      await authority.destroy(keyRef);
      for (const each of [authority, await tested.reopen()]) {
        await expect(each.signer(keyRef)).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
      }
    });

    it('destroys a key that another process has made', async () => {
      const { keyRef } = await authority.create(rootRequest);
      const restarted = await tested.reopen();
      await restarted.destroy(keyRef);
      await expect(restarted.signer(keyRef)).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
    });

    it('destroys no other key', async () => {
      const [a, b] = [await authority.create(rootRequest), await authority.create(rootRequest)];
      await authority.destroy(a.keyRef);
      for (const each of [authority, await tested.reopen()]) {
        expect(Buffer.from((await each.signer(b.keyRef)).publicKeySpki)).toEqual(publicKeyOf(b));
      }
    });

    it('has nothing to do for a key that is destroyed already', async () => {
      const { keyRef } = await authority.create(rootRequest);
      await authority.destroy(keyRef);
      await authority.destroy(keyRef);
      await (await tested.reopen()).destroy(keyRef);
    });
  });
}
