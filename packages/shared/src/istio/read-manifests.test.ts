import { describe, expect, it } from 'vitest';
import { readManifests } from './read-manifests.ts';

const encode = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

describe('readManifests', () => {
  it('refuses a key that is there twice, by its line', () => {
    const text = 'kind: Secret\nmetadata: {name: a}\nkind: ConfigMap\n';
    expect(() => readManifests(text, 'a.yaml')).toThrow(
      expect.objectContaining({ code: 'RR_CONFIG_INVALID', place: 'a.yaml:3' }),
    );
  });

  it('decodes data, takes stringData as it is, and lets it win', () => {
    const text = `
apiVersion: v1
kind: Secret
metadata: {name: cacerts, namespace: istio-system}
data:
  ca-cert.pem: ${encode('old')}
  root-cert.pem: ${encode('root')}
stringData:
  ca-cert.pem: |
    new
`;
    expect(readManifests(text, 'secret.yaml')).toEqual([
      {
        kind: 'Secret',
        namespace: 'istio-system',
        name: 'cacerts',
        line: 2,
        files: { 'ca-cert.pem': 'new\n', 'root-cert.pem': 'root' },
      },
    ]);
  });

  it('reads the data of a ConfigMap as it is, and its binaryData from base64', () => {
    const map = { kind: 'ConfigMap', metadata: { name: 'roots' }, data: { a: 'x' }, binaryData: { b: encode('y') } };
    expect(readManifests(JSON.stringify(map), 'map.json')).toMatchObject([{ kind: 'ConfigMap', files: { a: 'x', b: 'y' } }]);
  });

  it('reads several documents and every kind of List, and passes over other objects', () => {
    const text = `
kind: Service
---
kind: List
items:
- {kind: Secret, metadata: {name: a}, data: {x: ${encode('1')}}}
- {kind: Deployment, metadata: {name: b}}
---
kind: SecretList
items:
- {metadata: {name: c}, data: {x: ${encode('2')}}}
---
`;
    expect(readManifests(text, 'all.yaml').map(({ name, line }) => [name, line])).toEqual([
      ['a', 3],
      ['c', 8],
    ]);
  });

  it('reads an array of objects, as jq writes them, and keys in quotes', () => {
    const text = '[{"kind": "Secret", "metadata": {"name": "a"}}, {"kind": "ConfigMap", "metadata": {"name": "b"}}]';
    expect(readManifests(text, 'all.json').map(({ name }) => name)).toEqual(['a', 'b']);
    expect(readManifests('"kind" : Secret\n"metadata": {name: c}\n', 'c.yaml').map(({ name }) => name)).toEqual(['c']);
  });

  it('leaves out what is not text', () => {
    const text = `kind: Secret\nmetadata: {name: s}\ndata: {keystore: ${encode(Buffer.of(0xfe, 0xff))}, x: ""}`;
    expect(readManifests(text, 's.yaml')[0]?.files).toEqual({ x: '' });
  });

  it.each([
    ['YAML that is none', 'kind: Secret\n  data: [c2VjcmV0\n', 's.yaml:1'],
    [
      'a value that is not base64',
      'kind: Secret\nmetadata: {name: s}\ndata: {ca-key.pem: "not base 64, but secret"}',
      's.yaml:1 (Secret s) ca-key.pem',
    ],
    ['an alias that leads nowhere', 'kind: Secret\nmetadata: {name: s}\ndata: {ca-key.pem: *secretc2VjcmV0}', 's.yaml'],
    ['a list for a key', 'kind: Secret\nmetadata: {name: s}\ndata:\n  ? [a, secretc2VjcmV0]\n  : [x]\n', 's.yaml:1 (Secret s)'],
    ['a value that is no text', 'kind: Secret\nmetadata: {name: s}\ndata: {ca-key.pem: [secret]}', 's.yaml:1 (Secret s)'],
    ['data that is no map', 'kind: Secret\nmetadata: {name: s}\ndata: secret', 's.yaml:1 (Secret s)'],
    [
      'aliases without end',
      `kind: Secret\nx: &a [1,1,1,1,1,1,1,1,1]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nz: [*b,*b,*b,*b,*b,*b,*b,*b,*b]`,
      's.yaml',
    ],
  ])('refuses %s, names the place and never the value', (_, text, place) => {
    const thrown = thrownBy(() => readManifests(text, 's.yaml'));
    expect(thrown).toMatchObject({ code: 'RR_CONFIG_INVALID', place });
    expect(String(thrown)).not.toMatch(/secret|c2VjcmV0/);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
