import { assertNever } from '@reroot/shared/errors';
import type { ObjectRef, VaultAccess } from '@reroot/shared/protocol';

/** Where the roots of a mesh come from. */
export type RootSource =
  /** mgmt makes each root, and keeps its key encrypted. */
  | { readonly kind: 'generated' }
  /** Each root stands in a Secret that somebody else keeps. */
  | { readonly kind: 'secret'; readonly secret: ObjectRef }
  /** The keys of the roots are in Vault. */
  | { readonly kind: 'vault'; readonly vault: VaultRoot };

/** A PKI secrets engine of Vault that holds roots. */
export interface VaultRoot extends VaultAccess {
  /** Path of the mount. */
  readonly mount: string;
  /** Name or ID of the issuer that somebody else makes; empty where mgmt has Vault make each root. */
  readonly issuer: string;
}

/** Whether each root is made when reroot asks for one; else the source offers one when somebody else has made it. */
export function isMadeToOrder(source: RootSource): boolean {
  switch (source.kind) {
    case 'generated':
      return true;
    case 'secret':
      return false;
    case 'vault':
      return source.vault.issuer === '';
    default:
      return assertNever(source);
  }
}
