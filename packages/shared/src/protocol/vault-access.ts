/** A Kubernetes object by name. */
export interface ObjectRef {
  readonly name: string;
  readonly namespace: string;
}

/** Where clusters obtain their intermediates: mgmt issues them, or the agent asks Vault by itself. */
export type IntermediateSource = { readonly kind: 'mgmt' } | { readonly kind: 'vault'; readonly vault: VaultCa };

/** How Vault, or OpenBao, is reached, and as whom. */
export interface VaultAccess {
  /** URL. */
  readonly server: string;
  /** PEM of the CAs that verify the server; empty for those that the machine trusts. */
  readonly caBundle: string;
  /** Vault namespace; empty for none. */
  readonly namespace: string;
  readonly auth: VaultAuth;
}

/** How to log in to Vault: by a token that a Secret holds, or as a service account of Kubernetes. */
export type VaultAuth =
  | { readonly kind: 'token-secret'; readonly secret: ObjectRef }
  | {
      readonly kind: 'kubernetes';
      /** Path at which Vault's method is mounted. */
      readonly mountPath: string;
      readonly role: string;
      readonly account: VaultAccount;
    };

/** Whose token proves who asks. */
export type VaultAccount =
  /** The service account of this name; where a Secret of it holds a token, under this key. */
  | { readonly kind: 'reference'; readonly account: ObjectRef; readonly tokenKey: string }
  /** The token in this file; empty for the one that the kubelet mounts. */
  | { readonly kind: 'mounted'; readonly path: string };

/** VaultCA of ca_options.proto: the agent obtains its intermediate from Vault. */
export interface VaultCa extends VaultAccess {
  /** Endpoint that signs, such as `pki/root/sign-intermediate`. */
  readonly caPath: string;
  /** Endpoint that makes key and request, such as `pki/intermediate/generate/exported`; empty: the agent makes both. */
  readonly csrPath: string;
}
