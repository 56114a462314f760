import { describe, expect, it } from 'vitest';
import { findOutside, type GeneralName } from './general-name.ts';

const web = 'spiffe://cluster.local/ns/default/sa/web';
const uri = (value: string): GeneralName => ({ kind: 'uri', value });
const dns = (value: string): GeneralName => ({ kind: 'dns', value });
const permit = (base: GeneralName, name: GeneralName): string | undefined =>
  findOutside({ permitted: [base], excluded: [] }, [name]);
const exclude = (base: GeneralName, name: GeneralName): string | undefined =>
  findOutside({ permitted: [], excluded: [base] }, [name]);

describe('name constraints', () => {
  it.each([
    [uri('cluster.local'), uri(web)],
    [uri('CLUSTER.local'), uri(web)],
    [uri('.local'), uri(web)],
    [uri('cluster.local'), uri('https://user@cluster.local:8443/path')],
    [dns('example.com'), dns('example.com')],
    [dns('example.com'), dns('a.b.Example.com')],
    [dns('.example.com'), dns('a.example.com')],
    [dns(''), dns('anything')],
  ])('hold %j to lie above %j', (base, name) => {
    expect(permit(base, name)).toBeUndefined();
    expect(exclude(base, name)).toMatch(/^excludes/);
  });

  it.each([
    [uri('local'), uri(web)],
    [uri('other.local'), uri(web)],
    [uri('.cluster.local'), uri(web)],
    [dns('example.com'), dns('badexample.com')],
    [dns('a.example.com'), dns('example.com')],
  ])('hold %j not to lie above %j', (base, name) => {
    expect(permit(base, name)).toMatch(/^does not permit/);
    expect(exclude(base, name)).toBeUndefined();
  });

  it.each<[GeneralName, GeneralName]>([
    [uri('cluster.local'), uri('urn:uuid:0')],
    [uri('cluster.local'), uri('spiffe:///ns/default')],
    [uri('cluster.local'), uri('https://127.0.0.1/')],
    [uri('cluster.local'), uri('https://[::1]/')],
    [
      { kind: 'ip', value: '0a000000ff000000' },
      { kind: 'ip', value: '0a000001' },
    ],
    [
      { kind: 'email', value: 'example.com' },
      { kind: 'email', value: 'a@example.com' },
    ],
  ])('refuse both ways where it cannot be told whether %j lies above %j', (base, name) => {
    expect(permit(base, name)).toMatch(/^does not permit/);
    expect(exclude(base, name)).toMatch(/^excludes/);
  });

  it('do not bear on names of other kinds', () => {
    for (const base of [dns('example.com'), { kind: 'ip', value: '0a000000ff000000' } as const]) {
      expect(permit(base, uri(web))).toBeUndefined();
      expect(exclude(base, uri(web))).toBeUndefined();
    }
  });

  it('are refused as a whole where they name a kind that Go does not know', () => {
    for (const kind of ['directory', 'other'] as const) {
      expect(findOutside({ permitted: [{ kind, value: '' }], excluded: [] }, [])).toContain(kind);
    }
  });

  it('permit a name that lies below one of several', () => {
    expect(findOutside({ permitted: [uri('other.local'), uri('cluster.local')], excluded: [] }, [uri(web)])).toBeUndefined();
  });
});
