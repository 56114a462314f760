/** What an error code means, what to do about it, and how it leaves the program. */
export interface CatalogueEntry {
  /** What happened, in general; the thrown message says to whom and with which value. */
  readonly means: string;
  /** What the operator does about it. */
  readonly remedy: string;
  /** HTTP status when the API answers with it. */
  readonly status: number;
  /** Exit code when a program ends with it. */
  readonly exit: ExitCode;
}

/**
 * Exit codes of every program of reroot.
 * 0 success · 1 the operation ran and failed · 2 bad input · 3 something needed cannot be reached
 * · 4 refused in the present state · 5 a deadline passed.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** Every code that reroot can report. `docs/errors.md` is generated from this table. */
export const errorCatalogue = {
  RR_INTERNAL: {
    means: 'something happened that the code does not foresee',
    remedy: 'report it with the log lines around it',
    status: 500,
    exit: 1,
  },
  RR_CONFIG_UNREADABLE: {
    means: 'a configuration file cannot be read, or is larger than 1 MiB',
    remedy: 'check the path and the permissions of the file',
    status: 500,
    exit: 2,
  },
  RR_CONFIG_INVALID: {
    means: 'a document is not valid YAML, or does not fit its schema',
    remedy: 'correct the place that the message names',
    status: 422,
    exit: 2,
  },
  RR_NAME_INVALID: {
    means: 'the name of a mesh or a cluster is not a DNS-1123 label',
    remedy: 'use 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    status: 422,
    exit: 2,
  },
  RR_ADDRESS_IN_USE: {
    means: 'another process listens on the address already',
    remedy: 'stop the other process, or choose another port',
    status: 500,
    exit: 3,
  },
  RR_IDENTITY_UNREADABLE: {
    means: 'a private key of the bus cannot be used: it is missing, readable by others, or not Ed25519',
    remedy: 'make one with `reroot keygen`, and give it to its owner only: chmod 600',
    status: 500,
    exit: 2,
  },
  RR_IDENTITY_INVALID: {
    means: 'a public key of the bus is not an Ed25519 key in PEM',
    remedy: 'copy the public key that `reroot keygen` wrote, with its BEGIN and END lines',
    status: 422,
    exit: 2,
  },
  RR_PROTOCOL_MALFORMED: {
    means: 'a message on the bus lacks a part, exceeds a limit or holds a value that the protocol does not know',
    remedy: 'run the same version of mgmt and agent; docs/protocol.md lists the limits',
    status: 422,
    exit: 1,
  },
  RR_PROTOCOL_UNKNOWN_KEY: {
    means: 'a message on the bus is signed by a key that the receiver does not trust for this cluster',
    remedy: "compare the key with the receiver's configuration; after a change of keys, restart the receiver with the new one",
    status: 422,
    exit: 1,
  },
  RR_PROTOCOL_BAD_SIGNATURE: {
    means: 'the signature of a message on the bus does not fit its content or the subject it came by',
    remedy: 'find out who can write to the bus: such a message was changed on its way, or forged',
    status: 422,
    exit: 1,
  },
  RR_PROTOCOL_WRONG_SUBJECT: {
    means: 'a message on the bus came by the subject of another mesh, cluster or kind',
    remedy: 'find out who can write to the bus: such a message was moved on its way',
    status: 422,
    exit: 1,
  },
  RR_NATS_UNREACHABLE: {
    means: 'no NATS server answers at the configured addresses',
    remedy: 'start nats-server, or correct nats.servers in the configuration',
    status: 503,
    exit: 3,
  },
  RR_NATS_NO_ANSWER: {
    means: 'nobody answered a request on the bus before its deadline',
    remedy: 'check that mgmt runs and that both ends use the same NATS servers',
    status: 503,
    exit: 3,
  },
  RR_NATS_SERVER_MISSING: {
    means: 'the program nats-server is needed and was not found, or does not start',
    remedy: 'put nats-server on the PATH, or name it in REROOT_NATS_SERVER',
    status: 500,
    exit: 3,
  },
  RR_WAIT_TIMEOUT: {
    means: 'something that was waited for did not happen before the deadline',
    remedy: 'look at what was waited for; on a slow machine, allow more time',
    status: 503,
    exit: 5,
  },
  RR_ROTATION_IN_PROGRESS: {
    means: 'a rotation is under way, and a mesh has one at a time',
    remedy: 'let it finish or roll it back; `reroot status` shows what it waits for',
    status: 409,
    exit: 4,
  },
  RR_ROTATION_TARGET_INVALID: {
    means: 'the new root cannot take over: it is the current one, not yet valid or expired',
    remedy: 'choose another root, or lengthen ttlDays of the root in the mesh',
    status: 422,
    exit: 2,
  },
  RR_APPROVAL_STALE: {
    means: 'the answer names another rotation, step or generation than the present one',
    remedy: 'look at `reroot status` again and answer for what it shows now',
    status: 409,
    exit: 4,
  },
  RR_APPROVAL_NOT_EXPECTED: {
    means: 'the rotation is in a state that has no use for this answer',
    remedy: 'look at `reroot status`: it says what the rotation waits for',
    status: 409,
    exit: 4,
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;
