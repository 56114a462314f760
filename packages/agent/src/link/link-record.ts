import { RerootError } from '@reroot/shared/errors';
import { natsAddressSchema } from '@reroot/shared/join-file';
import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';

/** Of the form below. It grows when an agent that does not know the change would do harm with what it reads. */
const recordVersion = 1;

const text = z.string().min(1).max(65_536);
const name = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');
const count = z.int().nonnegative();

const heldSchema = z.strictObject({
  mesh: name,
  /** The present name, whatever the join file said. */
  cluster: name,
  /** The invitation that the agent came by. */
  tokenId: text,
  /** Ed25519, PKCS#8 in PEM. */
  privateKeyPem: text,
  /**
   * As whom the agent connects to NATS, absent where NATS asks for no JWT: a user whose key it made itself, or one that
   * the join file gave it to keep.
   */
  nats: z.strictObject({ origin: z.enum(['own', 'given']), jwt: text, seed: text }).optional(),
  /** SPKI in PEM: whose messages are accepted. */
  mgmtPublicKeys: z.array(text).min(1).max(64),
  address: natsAddressSchema,
  /** How often mgmt has had the credentials changed. */
  epoch: count,
  /** Of the message that changed anything of this last: older terms are refused, after a restart too. */
  terms: z.strictObject({ term: count, sequence: count }),
});

const pendingSchema = z.strictObject({
  purpose: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('enrol'), tokenId: text }),
    z.strictObject({ kind: z.literal('renew') }),
  ]),
  privateKeyPem: text,
  natsSeed: text.optional(),
});

const recordSchema = z.strictObject({
  apiVersion: z.literal('reroot.dev/v1'),
  kind: z.literal('AgentLink'),
  version: z.literal(recordVersion),
  held: heldSchema.optional(),
  pending: pendingSchema.optional(),
});

/** What an agent keeps of its link to mgmt, so that it is the same agent after a restart. Holds private keys. */
export interface LinkRecord {
  /** As whom the agent speaks; undefined before it has enrolled. */
  readonly held: HeldLink | undefined;
  /** Keys that mgmt was, or is to be, asked for credentials for; undefined when it has answered. */
  readonly pending: PendingKeys | undefined;
}

/** A link that mgmt has granted. */
export type HeldLink = Readonly<z.infer<typeof heldSchema>>;

/** Where NATS is. */
export type NatsAddress = HeldLink['address'];

/** Keys that were made and are not in force yet. They are kept before anybody hears of them. */
export type PendingKeys = Readonly<z.infer<typeof pendingSchema>>;

/** Where a message stands among those of mgmt. */
export type TermsMark = HeldLink['terms'];

/** Before anything was granted or made. */
export const emptyRecord: LinkRecord = { held: undefined, pending: undefined };

/**
 * The link that is held.
 * @throws RR_INTERNAL when none is, which nobody may ask then
 */
export function requireHeld({ held }: LinkRecord): HeldLink {
  if (held === undefined) throw new RerootError('RR_INTERNAL', 'the agent has not joined');
  return held;
}

/**
 * The keys that wait for mgmt.
 * @throws RR_INTERNAL when there are none, which nobody may ask then
 */
export function requirePending({ pending }: LinkRecord): PendingKeys {
  if (pending === undefined) throw new RerootError('RR_INTERNAL', 'no keys wait for mgmt');
  return pending;
}

/** Whether a message of mgmt comes after another: the term counts first, and grows with each start of mgmt. */
export function isLater(a: TermsMark, b: TermsMark): boolean {
  return a.term > b.term || (a.term === b.term && a.sequence > b.sequence);
}

/** One JSON document. */
export function encodeRecord({ held, pending }: LinkRecord): string {
  const form: z.input<typeof recordSchema> = { apiVersion: 'reroot.dev/v1', kind: 'AgentLink', version: recordVersion };
  return `${JSON.stringify({ ...form, held, pending }, null, 2)}\n`;
}

/**
 * Reads what `encodeRecord` wrote.
 * @param place where it was found, for the error, which never quotes it
 * @throws RR_LINK_STATE_INVALID when it is damaged, or of a newer version
 */
export function decodeRecord(document: string, place: string): LinkRecord {
  const value = parseJson(document, place);
  const { version } = z.looseObject({ version: z.number().optional() }).safeParse(value).data ?? {};
  if (version !== undefined && version > recordVersion) {
    const remedy = 'run the version of the agent that wrote it, or a later one';
    throw invalid(`it is of version ${version}, and this agent reads version ${recordVersion}`, place, { remedy });
  }
  const read = recordSchema.safeParse(value);
  if (read.success) return { held: read.data.held, pending: read.data.pending };
  const [issue] = read.error.issues;
  throw invalid(`${issue?.path.join('.') ?? ''} is not as it must be`, place, {});
}

function parseJson(document: string, place: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    // What the parser says quotes the document.
    throw invalid(`it is no JSON document, in ${document.length} characters`, place, {});
  }
}

function invalid(why: string, place: string, { remedy }: { remedy?: string }): RerootError {
  const facts = remedy === undefined ? { place } : { place, remedy };
  return new RerootError('RR_LINK_STATE_INVALID', `the state of the link cannot be read: ${why}`, facts);
}
