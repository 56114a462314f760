import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kubernetesConfigSchema } from './config.ts';

describe('the configuration of the cluster', () => {
  it('has a default for everything', () => {
    expect(kubernetesConfigSchema.parse({})).toMatchObject({
      istio: { namespaces: ['istio-system'], trustBundle: 'config-map', rootConfigMap: 'istio-ca-root-cert' },
      probe: { port: 15_012, intervalMs: 250, validityMs: 600_000, tokenLifetimeMs: 3_600_000 },
    });
  });

  it.each([
    [{ istio: { namespaces: [] } }],
    [{ istio: { namespaces: ['Istio'] } }],
    [{ istio: { namespaces: ['a/../b'] } }],
    [{ istio: { trustBundle: 'both' } }],
    [{ probe: { tokenLifetimeMs: 60_000 } }],
    [{ probe: { port: 0 } }],
    [{ serviceAccount: { name: 'agent' } }],
    [{ kubeconfig: 'file' }],
  ])('refuses %j', (config) => {
    expect(kubernetesConfigSchema.safeParse(config).success).toBe(false);
  });

  it('is described key by key in docs/kubernetes.md, with its defaults', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/kubernetes.md'), 'utf8');
    const rows = new Map([...page.matchAll(/^\| `([\w.]+)` \| (.*?) \|/gm)].map(([, key, value]) => [key, value]));
    const defaults = Object.entries(kubernetesConfigSchema.parse({})).flatMap(([part, values]) =>
      typeof values === 'object'
        ? Object.entries(values).map(([key, value]): [string, unknown] => [`${part}.${key}`, value])
        : [[part, values] satisfies [string, unknown]],
    );
    const shown = ([key, value]: readonly [string, unknown]): [string, string] => [
      key,
      `\`${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}\``,
    ];
    expect(defaults.map(([key]) => [key, rows.get(key)])).toEqual(defaults.map(shown));
  });
});
