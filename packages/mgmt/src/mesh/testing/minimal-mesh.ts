/** The shortest document that says all that must be said. */
export interface MinimalMesh {
  apiVersion: string;
  kind: string;
  metadata: Record<string, unknown>;
  spec: Record<string, unknown> & { mtlsConfig: { shared: Record<string, unknown> } };
}

/** That document as text, after a change. */
export function minimalMesh(change: (document: MinimalMesh) => void = () => {}): string {
  const document: MinimalMesh = {
    apiVersion: 'reroot.dev/v1',
    kind: 'VirtualMesh',
    metadata: { name: 'demo' },
    spec: { clusters: ['east'], mtlsConfig: { shared: { rootCertificateAuthority: { generated: {} } } } },
  };
  change(document);
  return JSON.stringify(document, undefined, 2);
}
