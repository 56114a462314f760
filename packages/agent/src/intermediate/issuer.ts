import type { Desired } from '../trust/desired.ts';
import type { KeyAndRequest } from './key-and-request.ts';

/** Makes intermediates out of requests; one of mgmt, one of Vault. */
export interface Issuer {
  /** What asking again for one request gives: what was given before, or one certificate more, which the issuer keeps too. */
  readonly answers: 'the-same' | 'another-each-time';
  /** A new key with its request. */
  begin(desired: Desired, signal: AbortSignal): Promise<KeyAndRequest>;
  /**
   * Has the request signed under the desired signing root.
   * @returns the chain in DER, the intermediate first, without the root; nobody has looked at it yet
   */
  sign(request: KeyAndRequest, desired: Desired, signal: AbortSignal): Promise<readonly Uint8Array[]>;
}
