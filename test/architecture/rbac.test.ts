import { describe, expect, it } from 'vitest';
import { readRepositoryFile } from './sources.ts';

const manifest = readRepositoryFile('deploy/agent/rbac.yaml');
const vaultManifest = readRepositoryFile('deploy/agent/rbac-vault.yaml');
const page = readRepositoryFile('docs/rbac.md');
const access = readRepositoryFile('deploy/mgmt/rbac-access.yaml');
const people = readRepositoryFile('deploy/mgmt/rbac-people.yaml');
const documents = manifest.split('---\n');

const listOf = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`${key}: \\[([^\\]]*)\\]`, 'g'))].flatMap(([, list = '']) =>
    list.split(',').map((each) => each.trim().replaceAll("'", '')),
  );

describe('the rights of the agent', () => {
  it('are shown in docs/rbac.md as they stand in deploy/agent', () => {
    expect([...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml)).toEqual([manifest, vaultManifest]);
  });

  it('are no more than reading, creating and patching', () => {
    const verbs = new Set(listOf(manifest, 'verbs'));
    expect([...verbs].toSorted()).toEqual(['create', 'get', 'list', 'patch', 'watch']);
  });

  it('reach no Secret outside the namespaces of istiod but the one with the state of the link, by its name', () => {
    const [inIstiods, own, ...others] = documents.filter((document) => listOf(document, 'resources').includes('secrets'));
    expect(inIstiods).toMatch(/^kind: Role\n[^]*namespace: istio-system$/m);
    expect(own).toMatch(/^kind: Role\n[^]*namespace: reroot$/m);
    expect(own).toMatch(/resources: \[secrets\]\n +resourceNames: \[reroot-agent-link\]\n +verbs: \[get, patch\]\n/);
    expect(own?.match(/\[secrets\]/g)).toHaveLength(1);
    expect(others).toEqual([]);
  });

  it('reach, for Vault, one object each by its name', () => {
    const rules = vaultManifest.split('- apiGroups:').slice(1);
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.map((rule) => listOf(rule, 'resourceNames').length)).toEqual(rules.map(() => 1));
    expect(new Set(listOf(vaultManifest, 'verbs'))).toEqual(new Set(['get', 'create']));
    expect(vaultManifest).not.toContain('ClusterRole');
  });

  it('are explained for each resource', () => {
    const unexplained = listOf(manifest + vaultManifest, 'resources').filter((resource) => !page.includes(`\`${resource}\``));
    expect(unexplained).toEqual([]);
  });
});

describe('the rights of mgmt', () => {
  const secrets = readRepositoryFile('deploy/mgmt/rbac-secrets.yaml');

  it('are shown in docs/configuration.md as they stand in deploy/mgmt', () => {
    expect(readRepositoryFile('docs/configuration.md')).toContain(`\`\`\`yaml\n${secrets}\`\`\``);
  });

  it('are to get Secrets by their names', () => {
    expect(listOf(secrets, 'verbs')).toEqual(['get']);
    expect(listOf(secrets, 'resources')).toEqual(['secrets']);
    expect(listOf(secrets, 'resourceNames')).toHaveLength(1);
    expect(secrets).not.toContain('ClusterRole');
  });

  it('to ask whose a token is, and those of people, are shown in docs/api-access.md as they stand in deploy/mgmt', () => {
    const shown = [...readRepositoryFile('docs/api-access.md').matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml);
    expect(shown).toContain(access);
    expect(shown).toContain(people);
  });

  it('are no more, to ask whose a token is and what that one may, than to ask', () => {
    expect(listOf(access, 'verbs')).toEqual(['create', 'create']);
    expect(listOf(access, 'resources')).toEqual(['tokenreviews', 'subjectaccessreviews']);
  });
});

describe('the rights of people', () => {
  it('are about nothing but the API group of reroot', () => {
    expect(new Set(listOf(people, 'apiGroups'))).toEqual(new Set(['reroot.dev']));
  });
});
