import { beforeAll, describe, expect, it } from 'vitest';
import { type Ca, createCa, makeContent } from '../../testing/ca.ts';
import { type Identity, issueIdentity } from '../testing/proxy-admin.ts';
import { createHoldsFiles } from './holds-files.ts';

describe('whether a proxy holds what the Secret leads to', () => {
  let a: Ca;
  let b: Ca;
  beforeAll(async () => {
    [a, b] = await Promise.all([createCa('a', Date.now()), createCa('b', Date.now())]);
  });
  const holds = async (roots: readonly Ca[], signer: Ca, identity: Identity): Promise<boolean> =>
    createHoldsFiles(await makeContent(roots, signer))({ identity: undefined, ...identity });

  it('goes by the set of roots and the root that signs', async () => {
    expect(await holds([a, b], a, await issueIdentity(a, [b, a]))).toBe(true);
    expect(await holds([a, b], a, await issueIdentity(a, [a]))).toBe(false);
    expect(await holds([a], a, await issueIdentity(a, [a, b]))).toBe(false);
    expect(await holds([a, b], b, await issueIdentity(a, [a, b]))).toBe(false);
    expect(await holds([a, b], b, await issueIdentity(b, [a, b]))).toBe(true);
  });

  it('is so for leaves of an intermediate that was renewed since', async () => {
    // Each identity has an intermediate of its own.
    expect(await holds([a], a, await issueIdentity(a))).toBe(true);
  });

  it('is never so without a certificate, without the files, or for what cannot be read', async () => {
    const identity = await issueIdentity(a);
    expect(await holds([a], a, { ...identity, certChain: '' })).toBe(false);
    expect(await holds([a], a, { ...identity, rootCert: '-----BEGIN CERTIFICATE-----\nx' })).toBe(false);
    expect(createHoldsFiles(undefined)({ identity: undefined, ...identity })).toBe(false);
    expect(createHoldsFiles({ certChain: 'x', rootCert: 'x' })({ identity: undefined, ...identity })).toBe(false);
  });

  it('is told anew for each proxy, though much is remembered', async () => {
    const right = await issueIdentity(a);
    const measure = createHoldsFiles(await makeContent([a], a));
    for (let index = 0; index < 300; index += 1) {
      expect(measure({ identity: undefined, certChain: right.certChain, rootCert: `${right.rootCert}# ${index}\n` })).toBe(true);
    }
    expect(measure({ identity: undefined, ...(await issueIdentity(b)) })).toBe(false);
  });
});
