import { describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { createPresentState } from './present-state.ts';

const secretAt = (version: string): CaSecret => ({
  caCert: '',
  caKey: '',
  certChain: 'chain',
  rootCert: 'roots',
  source: 'cacerts',
  version,
  owner: 'reroot',
  editedBy: [],
  staleCopies: [],
  annotations: undefined,
});

describe('the present state', () => {
  it('is unknown before the Secret has been seen, and another with each version of it', () => {
    const state = createPresentState();
    expect(state.current().secretVersion).toBeUndefined();
    state.noteSecret(secretAt('1'));
    const first = state.current();
    expect(state.current().secretVersion).toBe(first.secretVersion);
    state.noteSecret(secretAt('2'));
    expect(state.current().secretVersion).not.toBe(first.secretVersion);
    state.noteSecret(undefined);
    expect(state.current().secretVersion).toBeUndefined();
  });

  it('keeps of the Secret what proxies end up with, and not its key', () => {
    const state = createPresentState();
    state.noteSecret(secretAt('1'));
    expect(state.current().files).toStrictEqual({ certChain: 'chain', rootCert: 'roots' });
  });

  it('changes when replicas come together, by loading or by ending, and not with each new leaf', () => {
    const state = createPresentState();
    const now = (): string | undefined => state.current().secretVersion;
    state.noteSecret(secretAt('1'));
    state.noteAnswer('a', ['leaf 1', 'signer', 'new roots']);
    state.noteAnswer('b', ['leaf 2', 'signer', 'old roots']);
    const apart = now();
    state.noteAnswer('a', ['leaf 3', 'signer', 'new roots']);
    expect(now()).toBe(apart);
    state.noteAnswer('b', ['leaf 4', 'signer', 'new roots']);
    const together = now();
    expect(together).not.toBe(apart);
    state.noteAnswer('b', ['leaf 5', 'signer', 'old roots']);
    expect(now()).toBe(apart);
    state.noteReplicas(['a']);
    expect(now()).toBe(together);
  });

  it('changes when a replica answers for the first time, whatever it hands out', () => {
    const state = createPresentState();
    state.noteSecret(secretAt('1'));
    state.noteReplicas(['a', 'b']);
    state.noteAnswer('a', ['leaf 1', 'signer', 'new roots']);
    const silent = state.current().secretVersion;
    state.noteAnswer('b', ['leaf 2', 'signer', 'new roots']);
    expect(state.current().secretVersion).not.toBe(silent);
  });
});
