const mebibyte = 2 ** 20;

/**
 * How much of anything a message may have. docs/protocol.md has the same numbers, and a test holds the two together. Far
 * more than clusters come to, and so little that whatever is sent is read or refused at once.
 */
export const limits = {
  /** What an envelope may have beside its body, in bytes: names, numbers, the signature, and what later versions add. */
  envelopeBytes: 4_096,
  /** Fields in an envelope, counting those that this version does not know; bytes count as five more. */
  envelopeFields: 100,
  /** Names, versions, identifiers. */
  nameChars: 255,
  /** Texts of any other kind. What people are told may be longer, and is cut. */
  textChars: 4_096,
  /** Any text on the wire, before it is even decoded. */
  textBytes: 65_536,
  /** One certificate. */
  certificateBytes: 65_536,
  csrBytes: 16_384,
  /** An Ed25519 key has 44. */
  publicKeyBytes: 256,
  /** A signature; an HMAC-SHA256 has 32. */
  proofBytes: 64,
  /** Trusted roots of desired trust. */
  trustedRoots: 64,
  /** Certificates of an issued chain. */
  issuedChain: 16,
  certificates: 2_000,
  replicas: 1_000,
  /** Kubernetes itself is not tested with more than 10,000 namespaces. */
  namespaces: 20_000,
  workloads: 20_000,
  examples: 10,
  problems: 100,
  levels: 16,
  /** Roots of one bundle: so many find room in a ConfigMap of 1 MiB. */
  bundleRoots: 4_096,
  /** Certificates between a leaf and its root. */
  signerChain: 16,
  /** Keys of mgmt. */
  publicKeys: 64,
  /** Reasons of refusals. */
  refusals: 64,
  /** Names of facts that mgmt asks for. */
  facts: 64,
  /** Of what an inspection lists: groups of proxies, webhooks, budgets, rights, keys, findings. */
  inspected: 1_000,
  /** What one end of a handshake may write: a ClientHello and two chains come to some thousand bytes. */
  handshakeBytes: 65_536,
  /** Certificates that an end of a handshake presents. */
  presentedChain: 16,
  /** Roots that an end of a handshake trusts. */
  presentedRoots: 4_096,
} as const;

/** How much one kind of message may have. */
interface KindLimits {
  /** Of the body. */
  readonly bytes: number;
  /** Fields in the body, counted likewise, with those of its parts; a part counts as five more too. */
  readonly fields: number;
}

/**
 * Only a report grows with the cluster: ten thousand groups of workloads fit. The smallest is the one that has to be looked
 * at before it is known who sends it.
 */
export const kindLimits = {
  'desired-trust': { bytes: mebibyte, fields: 2_000 },
  report: { bytes: 8 * mebibyte, fields: 400_000 },
  'issue-request': { bytes: 32_768, fields: 200 },
  'issue-response': { bytes: mebibyte, fields: 500 },
  'credentials-request': { bytes: 8_192, fields: 200 },
  'credentials-response': { bytes: 65_536, fields: 2_000 },
  'link-terms': { bytes: 65_536, fields: 2_000 },
  'link-state': { bytes: 65_536, fields: 2_000 },
  task: { bytes: 131_072, fields: 500 },
  'task-result': { bytes: mebibyte, fields: 50_000 },
} as const satisfies Record<string, KindLimits>;
