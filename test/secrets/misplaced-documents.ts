import { meshName } from '../scenarios/mesh-fleet.ts';
import type { Canaries } from './canaries.ts';

/** A VirtualMesh with what people have in other files, and paste into this one. */
export function meshesWithSecrets(canaries: Canaries): readonly string[] {
  const head = `apiVersion: reroot.dev/v1\nkind: VirtualMesh\nmetadata:\n  name: ${meshName}\nspec:\n  clusters: [cluster-1]\n`;
  const values = [
    `${JSON.stringify(canaries.key())}\n  waves: ${canaries.token()}`,
    `[${canaries.token()}]\n  users: [{ name: admin, user: { token: ${canaries.token()} } }]`,
    canaries.seed(),
    `*${canaries.seed()}`,
    `!${canaries.seed()} x`,
    `"${canaries.phrase()}\n  waves: |${canaries.token()}`,
    `|${canaries.token()}`,
    canaries.key(),
    `|\n    ${canaries.key().trimEnd().replaceAll('\n', '\n    ')}`,
    `cluster.local: ${canaries.phrase()}`,
  ];
  const meshes = values.map((value) => `${head}  trustDomain: ${value}\n`);
  const byName = `${head.replace('[cluster-1]', `[${canaries.token()}, ${canaries.seed()}]`)}  trustDomain: cluster.local\n`;
  return [...meshes, byName, canaries.key(), canaries.token(), kubeconfigOf(canaries)];
}

/** A whole kubeconfig, which may stand in the place of another document. */
export function kubeconfigOf(canaries: Canaries, own: readonly string[] = []): string {
  const data = Buffer.from(canaries.key(own)).toString('base64');
  return [
    'apiVersion: v1',
    'kind: Config',
    'current-context: here',
    'clusters: [{ name: here, cluster: { server: "https://127.0.0.1:6443" } }]',
    'contexts: [{ name: here, context: { cluster: here, user: me } }]',
    `users: [{ name: me, user: { token: ${canaries.token(own)}, client-key-data: ${data}, password: ${canaries.phrase(own)} } }]`,
    '',
  ].join('\n');
}
