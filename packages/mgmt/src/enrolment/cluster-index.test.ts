import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterRecord, StoredCluster } from '../store/index.ts';
import { createClusterIndex } from './cluster-index.ts';
import { ownedBy } from './record-keys.ts';

const agentOf = (key: string) => ({ publicKeyPem: `pem ${key}`, natsUser: `user ${key}` });
const record = (name: string, change: Partial<Record<keyof ClusterRecord, unknown>> = {}): StoredCluster =>
  ({ revision: 1, record: { name, mesh: 'demo', revokedUsers: [], ...change } }) as unknown as StoredCluster;
const show = (key: string) => ({ publicKeyPem: `pem ${key}`, natsUser: `user ${key}` });
const taken = expect.objectContaining({ code: 'RR_ENROL_KEYS_TAKEN' });

describe('the keys that an agent shows', () => {
  it('may be its own, and are refused where another cluster has the key, the user, or had the user', () => {
    const index = createClusterIndex(
      [
        record('east', { agent: agentOf('a'), nextAgent: agentOf('b') }),
        record('west', { invitation: { natsUser: 'user i' }, revokedUsers: [{ natsUser: 'user r' }] }),
      ],
      new Set(),
    );
    for (const key of ['a', 'b', 'new']) expect(() => index.requireOwnKeys('east', show(key))).not.toThrow();
    expect(() => index.requireOwnKeys('west', { ...show('new'), publicKeyPem: 'pem b' })).toThrow(taken);
    for (const key of ['i', 'r']) expect(() => index.requireOwnKeys('east', show(key))).toThrow(taken);
    expect(() => index.requireOwnKeys('south', { publicKeyPem: 'pem new', natsUser: '' })).not.toThrow();
  });

  it('are known to be whose they are, whatever was put, renamed and put again', () => {
    const names = ['east', 'west', 'south'];
    const put = fc.record({
      name: fc.constantFrom(...names),
      agent: fc.option(fc.constantFrom('a', 'b', 'c').map(agentOf), { nil: undefined }),
      nextAgent: fc.option(fc.constantFrom('a', 'b', 'c').map(agentOf), { nil: undefined }),
      former: fc.option(fc.constantFrom(...names), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 12 }), (puts) => {
        const index = createClusterIndex([], new Set());
        for (const { name, agent, nextAgent, former } of puts) {
          // A cluster takes a name that is free, or keeps its own.
          const isRename =
            former !== undefined && former !== name && index.find(former) !== undefined && index.find(name) === undefined;
          index.put(record(name, { agent, nextAgent }), isRename ? former : name);
        }
        for (const key of ['a', 'b', 'c']) {
          const owners = index.records().filter((each) => ownedBy(each).includes(`pem ${key}`));
          for (const name of names) {
            const act = (): void => index.requireOwnKeys(name, show(key));
            if (owners.some((owner) => owner.name !== name)) expect(act).toThrow(taken);
            else expect(act).not.toThrow();
          }
        }
      }),
    );
  });
});
