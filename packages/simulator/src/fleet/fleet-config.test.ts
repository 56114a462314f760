import { parseYaml } from '@reroot/shared/config';
import { expect, it } from 'vitest';
import { fleetConfigSchema } from './fleet-config.ts';

it('a cluster needs a name only', () => {
  const { clusters, traffic, port } = parseYaml('clusters: [{name: one}]', fleetConfigSchema, 'fleet.yaml');
  expect({ clusters, traffic, port }).toEqual({
    clusters: [
      {
        name: 'one',
        replicas: 2,
        workloads: 4,
        namespaces: ['default', 'payments'],
        istio: { multiRoot: true, byteRule: 'superset-or-subset', xdsAgent: true },
        volumeDelayMs: [500, 3_000],
        ca: { kind: 'none' },
        leafTtlMs: 86_400_000,
      },
    ],
    traffic: { ratePerSecond: 100, between: 'all' },
    port: 0,
  });
});

it.each([
  ['clusters: []', 'clusters'],
  ['clusters: [{name: One}]', 'clusters.0.name'],
  ['clusters: [{name: one}, {name: one}]', 'two clusters have one name'],
  ['clusters: [{name: one, volumeDelayMs: [9, 3]}]', 'the least must not exceed the most'],
  ['clusters: [{name: one, leafTtlMs: 1}]', 'leafTtlMs'],
  ['clusters: [{name: one, istio: {multiroot: true}}]', 'multiRoot'],
])('%s is refused, and the message says why', (text, part) => {
  let refusal: unknown;
  try {
    parseYaml(text, fleetConfigSchema, 'fleet.yaml');
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ code: 'RR_CONFIG_INVALID' });
  const { message, place } = refusal as { message: string; place: string };
  expect(`${message} ${place}`).toContain(part);
});
