import { writeFile } from 'node:fs/promises';

/** Who asks: by a client certificate, or by a token in a file that is read again when it changes. */
export type KubeUser =
  | { readonly kind: 'certificate'; readonly certPem: string; readonly keyPem: string }
  | { readonly kind: 'token-file'; readonly path: string };

/** What a kubeconfig says. */
export interface KubeconfigOptions {
  readonly server: string;
  readonly caPem: string;
  readonly user: KubeUser;
}

/** Writes a kubeconfig with one context. JSON is YAML. */
export async function writeKubeconfig(file: string, { server, caPem, user }: KubeconfigOptions): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': base64(caPem) } }],
    users: [{ name: 'lab', user: userOf(user) }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
    'current-context': 'lab',
  };
  await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o600 });
}

function userOf(user: KubeUser): Readonly<Record<string, string>> {
  if (user.kind === 'token-file') return { tokenFile: user.path };
  return { 'client-certificate-data': base64(user.certPem), 'client-key-data': base64(user.keyPem) };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
