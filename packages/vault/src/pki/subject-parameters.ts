/** Whom a certificate or a request is for. */
export interface Subject {
  readonly commonName: string;
  readonly organization?: string | undefined;
  readonly uriSans?: readonly string[] | undefined;
}

/**
 * A subject as the PKI engine calls it. Lists are sent as lists, for in a text a comma would divide them; and the common name
 * does not become a SAN, as Vault would make it one where it looks like a host.
 */
export function subjectParameters({ commonName, organization, uriSans = [] }: Subject): object {
  return {
    common_name: commonName,
    exclude_cn_from_sans: true,
    ...(organization === undefined ? {} : { organization: [organization] }),
    ...(uriSans.length === 0 ? {} : { uri_sans: [...uriSans] }),
  };
}

/** A duration in whole seconds, as Vault reads it; rounded up. */
export function secondsOf(ms: number): string {
  return `${Math.ceil(ms / 1_000)}s`;
}
