import { z } from 'zod';
import { maxNameLength, printableSchema } from './printable.ts';

/** Who asks: may be left out where the credentials of the request name somebody, and then counts for nothing. */
export const bySchema = printableSchema(maxNameLength).describe(
  'Who asks. The name that the credentials of the request give counts for more, and then it may be left out.',
);

/** A sentence that the history keeps. */
export const whySchema = printableSchema(2_000).describe('A sentence that the history keeps.');

/** A DNS-1123 label (RFC 1123 §2.1), as `isName` of the protocol has it. */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'must be 1 to 63 lower-case letters, digits and hyphens');

export const rotationIdSchema = printableSchema(100).describe('Id of the rotation that is meant; another one is left alone.');

/** SHA-256 of a certificate. */
export const fingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be the fingerprint of a root: 64 lower-case hexadecimal digits');

/** More than a fleet has clusters; each name is looked up. */
export const maxClusterNames = 10_000;
