import type { AuditOptions } from '../audit.ts';
import { describeAuditContract } from './audit-contract.ts';
import { describeClusterStoreContract } from './cluster-contract.ts';
import { describeEventLogContract } from './event-log-contract.ts';
import { describeIdempotencyContract } from './idempotency-contract.ts';
import { describeProofContract } from './proof-contract.ts';
import { describeStoreContract, type StoreUnderTest, type StoreUnderTestOptions } from './store-contract.ts';

/** What every store must do, in all its parts. */
export function describeStoreContracts(
  what: string,
  make: (options: StoreUnderTestOptions & { readonly audit?: AuditOptions }) => Promise<StoreUnderTest>,
): void {
  const withUsual = (options: StoreUnderTestOptions = {}): Promise<StoreUnderTest> => make(options);
  describeStoreContract(what, withUsual);
  describeClusterStoreContract(what, withUsual);
  describeProofContract(what, withUsual);
  describeEventLogContract(what, withUsual);
  describeIdempotencyContract(what, withUsual);
  describeAuditContract(what, make);
}
