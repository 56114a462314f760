import { readFileSync } from 'node:fs';
import { parseYaml } from '@reroot/shared/config';
import { known, unknown } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryKubeApi } from '../testing/memory-kube-api.ts';
import { inspectRights, rightsOf } from './rights.ts';

const context = {
  namespaces: ['istio-system'],
  account: { namespace: 'reroot', name: 'reroot-agent' },
  rootConfigMap: 'istio-ca-root-cert',
  trustBundle: 'cluster-trust-bundle',
  evidence: 'port-forward',
  events: 'write',
} as const;
const { signal } = new AbortController();

const ruleSchema = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
const documentSchema = z.looseObject({
  metadata: z.looseObject({ namespace: z.string().optional() }),
  rules: z.array(ruleSchema).default([]),
});

/** Every right of the manifest, one a line. */
function granted(): string[] {
  const manifest = readFileSync(new URL('../../../../../deploy/agent/rbac.yaml', import.meta.url), 'utf8');
  return manifest.split('---\n').flatMap((document) => {
    const { metadata, rules } = parseYaml(document, documentSchema, 'rbac.yaml');
    return rules.flatMap(({ apiGroups, resources, resourceNames = [''], verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((name) => verbs.map((verb) => [verb, group, resource, name, metadata.namespace ?? ''].join(' '))),
        ),
      ),
    );
  });
}

describe('the rights that preflight asks for', () => {
  it('are those of deploy/agent/rbac.yaml, but for the Secret of the link, which only a joined agent has', () => {
    const asked = rightsOf(context).map(({ verb, group, resource, subresource, name, namespace }) => {
      const what = subresource === undefined ? resource : `${resource}/${subresource}`;
      return [verb, group, what, name ?? '', namespace ?? ''].join(' ');
    });
    const expected = granted().filter((right) => !right.includes('reroot-agent-link'));
    expect(asked.toSorted()).toEqual(expected.toSorted());
  });

  it('leave out what the configuration makes needless', () => {
    const rights = rightsOf({ ...context, trustBundle: 'config-map', evidence: 'none', events: 'none' });
    expect(rights.some(({ resource }) => resource === 'events')).toBe(false);
    expect(rights.some(({ resource }) => resource === 'clustertrustbundles')).toBe(false);
    expect(rights.some(({ subresource }) => subresource === 'portforward')).toBe(false);
  });

  it('are answered one by one by the API server', async () => {
    const api = createMemoryKubeApi();
    api.answer = ({ body }) => {
      const { spec } = body as { spec: { resourceAttributes: { verb: string } } };
      return { status: { allowed: spec.resourceAttributes.verb !== 'patch' } };
    };
    const found = await inspectRights(
      api,
      [
        { group: '', resource: 'secrets', verb: 'get', namespace: 'istio-system', name: 'cacerts', need: 'needed' },
        { group: 'apps', resource: 'deployments', verb: 'patch', need: 'optional' },
      ],
      signal,
    );
    expect(found).toEqual([
      { right: 'get secrets cacerts in istio-system', need: 'needed', allowed: known('yes') },
      { right: 'patch deployments', need: 'optional', allowed: known('no') },
    ]);
  });

  it.each([
    [{ allowed: false, evaluationError: 'webhook away' }, unknown('the API server could not tell: webhook away')],
    [{ allowed: false, denied: true, evaluationError: 'webhook away' }, known('no')],
    [{ allowed: true, evaluationError: 'webhook away' }, known('yes')],
    [undefined, unknown('the API server gave no answer')],
  ])('are answered with %j as %j', async (status, allowed) => {
    const api = createMemoryKubeApi();
    api.answer = () => ({ status });
    const right = { group: '', resource: 'pods', verb: 'list', need: 'needed' } as const;
    expect(await inspectRights(api, [right], signal)).toEqual([{ right: 'list pods', need: 'needed', allowed }]);
  });
});
