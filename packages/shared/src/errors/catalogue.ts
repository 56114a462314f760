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
 * · 4 refused in the present state · 5 a deadline passed · 6 the rotation was rolled back · 7 a person is needed.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Every code that reroot can report. `docs/errors.md` is generated from this table. */
export const errorCatalogue = {
  RR_INTERNAL: {
    means: 'something happened that the code does not foresee',
    remedy: 'report it with the log lines around it',
    status: 500,
    exit: 1,
  },
  RR_API_UNREACHABLE: {
    means: 'mgmt did not answer',
    remedy: 'check --server (or REROOT_SERVER) and that mgmt runs; its log says why if it stopped',
    status: 503,
    exit: 3,
  },
  RR_API_UNEXPECTED: {
    means: 'the server answered with something that is not of this API',
    remedy: 'check that --server names reroot mgmt, and that it and this program have the same version',
    status: 502,
    exit: 1,
  },
  RR_OPTION_INVALID: {
    means: 'a command was typed with a verb, option or value that it does not have',
    remedy: 'look at `reroot help` or `reroot help VERB`',
    status: 400,
    exit: 2,
  },
  RR_CONTEXT_NOT_FOUND: {
    means: 'a context was named that the file of contexts does not have',
    remedy: 'look at `reroot context list`, and make it with `reroot context add`',
    status: 404,
    exit: 2,
  },
  RR_CONTEXT_EXISTS: {
    means: 'a context of that name is there already',
    remedy: 'take another name, or give --replace',
    status: 409,
    exit: 4,
  },
  RR_PROCESS_ENDED: {
    means: 'a process of the fleet ended although nobody stopped it',
    remedy: 'read the last lines of its log, which are shown with this error',
    status: 500,
    exit: 1,
  },
  RR_PROCESS_NOT_READY: {
    means: 'a process of the fleet was started and did not become ready in time',
    remedy: 'read the last lines of its log, which are shown with this error; a very busy machine may need another try',
    status: 504,
    exit: 5,
  },
  RR_DEMO_FAILED: {
    means: 'the demo ended without what it is to show: a finished rotation without a failed handshake',
    remedy: 'run it with --keep, and look at `reroot status` and `reroot history`',
    status: 500,
    exit: 1,
  },
  RR_FILE_EXISTS: {
    means: 'a file that would be written is there already',
    remedy: 'choose another name, or move the file away if it is no longer needed',
    status: 409,
    exit: 4,
  },
  RR_FILE_UNWRITABLE: {
    means: 'a file could not be written',
    remedy: 'check the path, the rights of its directory and the free space',
    status: 500,
    exit: 1,
  },
  RR_ROTATION_FAILED: {
    means: 'the rotation that was followed did not reach FINISHED',
    remedy: 'look at `reroot history` for what happened, then retry or roll back with `reroot verify`',
    status: 409,
    exit: 1,
  },
  RR_ROTATION_ROLLED_BACK: {
    means: 'the rotation that was followed was rolled back, and is accepted where it went back to',
    remedy: 'look at `reroot history` for the reason; go on with `reroot verify`, or start another one',
    status: 409,
    exit: 6,
  },
  RR_ROTATION_NEEDS_APPROVAL: {
    means: 'the rotation that was followed with `--wait approval` waits for the answer of a person',
    remedy: 'answer with the command that is printed, then follow it further with `reroot wait`',
    status: 409,
    exit: 7,
  },
  RR_NOT_CONFIRMED: {
    means: 'what would have been started was not confirmed, or nobody could be asked',
    remedy: 'answer yes, or give --yes',
    status: 400,
    exit: 2,
  },
  RR_ROTATION_TIMEOUT: {
    means: 'the rotation that was followed did not end in time; it goes on by itself',
    remedy: 'look at `reroot status`: it says what the rotation waits for',
    status: 504,
    exit: 5,
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
  RR_ADDRESS_UNUSABLE: {
    means: 'the machine does not have the address, or does not let this program listen on it',
    remedy: 'choose an address of this machine and a port above 1023',
    status: 500,
    exit: 3,
  },
  RR_IDENTITY_UNREADABLE: {
    means: 'the file of a private key of the bus is missing, cannot be read, or can be read by others than its owner',
    remedy: 'make one with `reroot keygen`, and give it to its owner only: chmod 600',
    status: 500,
    exit: 2,
  },
  RR_IDENTITY_INVALID: {
    means: 'a key of the bus is not an Ed25519 key in PEM, or is the other half of the pair',
    remedy: 'make a pair with `reroot keygen`; copy a public key with its BEGIN and END lines',
    status: 422,
    exit: 2,
  },
  RR_LINK_STATE_UNREADABLE: {
    means: 'what the agent keeps of its link to mgmt cannot be read, or can be read by others than its owner',
    remedy: 'make the Secret with deploy/agent/rbac.yaml, or give the folder to its owner only: chmod 700',
    status: 500,
    exit: 2,
  },
  RR_LINK_STATE_INVALID: {
    means: 'what the agent keeps of its link to mgmt is damaged, or was written by a newer version',
    remedy:
      'put it back from a backup or run the newer version; else take it away and join anew with `reroot cluster add NAME --again`',
    status: 422,
    exit: 2,
  },
  RR_LINK_STATE_CONFLICT: {
    means: 'somebody else has changed what the agent keeps of its link to mgmt since it was read',
    remedy: 'run one agent only with each state folder or Secret; it goes on when it is started again',
    status: 409,
    exit: 4,
  },
  RR_ENROL_EXPIRED: {
    means: 'a join file was not used before its time was up',
    remedy: 'make another one with `reroot cluster add NAME --again`, and give it to the agent',
    status: 403,
    exit: 4,
  },
  RR_ENROL_REFUSED: {
    means: 'mgmt gives an agent no credentials, for a reason that this version of the agent does not know',
    remedy: 'do what the message says, and run the same version of mgmt and agent',
    status: 403,
    exit: 4,
  },
  RR_ENROL_ANSWER_INVALID: {
    means: 'an answer to a request for credentials is not for the keys that were shown',
    remedy: 'find out who can write to the bus if it happens again: the agent takes nothing of it, and asks again',
    status: 422,
    exit: 1,
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
  RR_PROTOCOL_REPLAYED: {
    means: 'a message on the bus is not newer than one of the same sender that was accepted',
    remedy:
      'now and then a message is overtaken on its way; if it goes on, see whether the clock of the sender was set back before it was started anew: then start anew who refuses it, too, or else look for who can write to the bus',
    status: 422,
    exit: 1,
  },
  RR_ENROL_UNKNOWN: {
    means: 'an agent asked to enrol with a join file that is not in force: it was replaced or revoked, or is of another mgmt',
    remedy: 'make a new one with `reroot cluster add NAME --again`, and give it to the agent',
    status: 403,
    exit: 4,
  },
  RR_ENROL_USED: {
    means: 'a join file was used by another agent already; one enrols one agent',
    remedy:
      'make a new one with `reroot cluster add NAME --again`; if no other agent of yours used it, revoke the cluster first: somebody else has',
    status: 403,
    exit: 4,
  },
  RR_ENROL_PROOF: {
    means: 'an agent asked to enrol and did not prove that it holds the join file',
    remedy: 'give the agent the whole join file; if it has that, somebody on the bus alters its request',
    status: 403,
    exit: 4,
  },
  RR_ENROL_NO_USERS: {
    means: 'an agent asked for a user of NATS, and mgmt was not given the right to make any',
    remedy: 'give mgmt `nats.users`, or make the join file again with --nats-credentials',
    status: 409,
    exit: 4,
  },
  RR_ENROL_KEYS_TAKEN: {
    means: 'an agent showed keys that are those of another cluster or of mgmt, or that were in use before',
    remedy:
      'take the state of the agent away, so that it makes new keys, and let it join anew with `reroot cluster add NAME --again`',
    status: 403,
    exit: 4,
  },
  RR_RENEW_NOT_ASKED: {
    means: 'an agent asked to change its keys, and nobody has asked it to',
    remedy:
      'look for a second agent with the same key; where there is none, somebody has stolen the key: revoke the cluster and add it anew',
    status: 403,
    exit: 4,
  },
  RR_RENEW_PROOF: {
    means: 'an agent asked to change its keys and did not prove that it has the new one',
    remedy: 'restart the agent, which makes it try with other keys; if it stays, somebody alters what it sends',
    status: 403,
    exit: 4,
  },
  RR_RENEW_SAME_KEY: {
    means: 'an agent asked to change its keys to the ones that it has',
    remedy: 'none is needed: it goes on with those; a restart of the agent makes it ask with new ones',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_NOT_ENROLLED: {
    means: 'something was asked of the agent of a cluster that has none',
    remedy: 'give the cluster its join file (`reroot cluster add`) and wait until `reroot cluster list` shows it as enrolled',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_ROTATING: {
    means: 'a cluster was to be renamed while its mesh rotates',
    remedy:
      'wait until the rotation is over, or has been rolled back and forgotten; `reroot status` shows NOT_ROTATING or FINISHED',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_EXISTS: {
    means: 'a cluster was to be added, or renamed, under a name that is taken',
    remedy: 'choose another name; for a new join file of the same cluster, `reroot cluster add NAME --again`',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_CONFIGURED: {
    means:
      'something was asked of a cluster whose public key stands in the configuration of mgmt, which only an edit there changes',
    remedy:
      'change `clusters` in the configuration and restart mgmt; to have mgmt manage it, take it out there and add it with `reroot cluster add`',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_REVOKED: {
    means: 'a mesh is to have a cluster that was revoked',
    remedy: 'let it come back first with `reroot cluster add NAME --again`, or leave it out of the mesh',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_TWICE: {
    means: 'the configuration of mgmt names a cluster that was added by `reroot cluster add` too',
    remedy: 'take it out of `clusters` in the configuration, or revoke it first with the configuration as it was',
    status: 409,
    exit: 2,
  },
  RR_CLUSTER_OTHER_MESH: {
    means: 'a cluster was added for one mesh, and another one names it',
    remedy: 'name it in the mesh that it was added for, or revoke it and add it for the other one with --again',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_RENAMING: {
    means: 'a cluster was given a new name while its agent has not taken over the one before',
    remedy: 'wait until `reroot cluster list` shows no change of name under way; the agent must be connected for it',
    status: 409,
    exit: 4,
  },
  RR_RATE_LIMITED: {
    means: 'more came from one sender than is taken in that time',
    remedy: 'send less often; where it is a message on the bus, look for who can write there',
    status: 429,
    exit: 4,
  },
  RR_NATS_UNREACHABLE: {
    means: 'no NATS server answers at the configured addresses',
    remedy: 'start nats-server, or correct nats.servers in the configuration',
    status: 503,
    exit: 3,
  },
  RR_NATS_PLAINTEXT: {
    means: 'a NATS server on another machine offers no TLS, so that anybody on the way could read and change what is said',
    remedy:
      'give the server a certificate (`reroot nats init` writes one, with the configuration for it); or allow it with nats.plaintext',
    status: 503,
    exit: 3,
  },
  RR_NATS_TLS: {
    means: 'no TLS with a NATS server: its certificate does not hold, or it does not take that of this program',
    remedy: 'the message says what is wrong; name the CA that signed the certificate, and the server as the certificate does',
    status: 503,
    exit: 3,
  },
  RR_NATS_REFUSED: {
    means: 'a NATS server does not let this user in: its credentials are unknown there, expired or revoked',
    remedy: 'give credentials of the account that the server knows; for an agent, make a join file with `reroot cluster add`',
    status: 503,
    exit: 3,
  },
  RR_NATS_NO_ANSWER: {
    means: 'nobody answered a request on the bus before its deadline',
    remedy: 'check that mgmt runs and that both ends use the same NATS servers',
    status: 503,
    exit: 3,
  },
  RR_NATS_TOO_LARGE: {
    means: 'a message is larger than the NATS server takes',
    remedy: "raise max_payload in the server's configuration to 9MB, which holds the largest message",
    status: 500,
    exit: 1,
  },
  RR_NATS_CREDENTIALS_INVALID: {
    means: 'credentials of NATS are not what they should be: a .creds file, a JWT, a key, or a seed of another kind',
    remedy: 'give the file that `reroot nats init` or nsc wrote, whole; docs/nats.md says which file is for whom',
    status: 422,
    exit: 2,
  },
  RR_NATS_ACCOUNT_STALE: {
    means: "not every NATS server has the account's new JWT: one may still let in users that are revoked",
    remedy: 'bring the servers that the message names back, or correct what they refuse; mgmt tries again by itself',
    status: 503,
    exit: 3,
  },
  RR_NATS_SIGNING_KEY_UNKNOWN: {
    means: "a key that is to be dropped is not among the account's signing keys: nothing was changed",
    remedy: 'name the key as `reroot nats rotate-signing-key` has printed it; if it was dropped before, nothing is left to do',
    status: 404,
    exit: 4,
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
  RR_PKI_BAD_KEY: {
    means: 'a key cannot be read, or is of a kind that is not supported',
    remedy: 'give an unencrypted PEM key: RSA of 2048, 3072 or 4096 bits, or ECDSA on P-256 or P-384',
    status: 422,
    exit: 2,
  },
  RR_PKI_BAD_CERTIFICATE: {
    means: 'a certificate or a bundle cannot be read',
    remedy: 'look at the place and the block that the message names; the input must be X.509 in PEM or DER',
    status: 422,
    exit: 2,
  },
  RR_PKI_BAD_CSR: {
    means: 'a certificate request cannot be read, or does not prove that its sender has the key',
    remedy: 'make the request anew with the key it is for',
    status: 422,
    exit: 2,
  },
  RR_PKI_ISSUER_EXPIRED: {
    means: 'a CA can issue nothing for the time asked, for its own validity lies elsewhere',
    remedy: 'rotate to a new root before the present one ends; check the clock of this machine',
    status: 409,
    exit: 4,
  },
  RR_PKI_CANNOT_ISSUE: {
    means: 'a certificate cannot be made as asked: its issuer may not, or a name, time or serial does not fit into X.509',
    remedy: 'correct the value that the message names; for an issuer, give the CA and the key that belong together',
    status: 422,
    exit: 2,
  },
  RR_PKI_BAD_CRL: {
    means: 'a certificate revocation list cannot be read, or is one of a kind that is not supported',
    remedy:
      'give complete lists of version 2 in PEM or DER, without critical extensions; look at the block that the message names',
    status: 422,
    exit: 2,
  },
  RR_PKI_CRL_INCOMPLETE: {
    means: 'there are revocation lists, and a CA of the chain has none that is its own and in date',
    remedy:
      'add a list of the CA that the message names, also one that revokes nothing: with lists for some CAs of a chain, Envoy refuses every certificate of it',
    status: 422,
    exit: 4,
  },
  RR_PKI_FILE_UNREADABLE: {
    means: 'a file of certificates cannot be read, is larger than 16 MiB, or is not text',
    remedy: 'check the path and the permissions of the file; give PEM, or Secrets and ConfigMaps as YAML or JSON',
    status: 500,
    exit: 2,
  },
  RR_PKI_NOTHING_FOUND: {
    means: 'a file was given to be looked into, and holds neither a PEM block nor a Secret or ConfigMap with one',
    remedy: 'check that it is the file that was meant; give PEM, or Secrets and ConfigMaps as YAML or JSON',
    status: 422,
    exit: 2,
  },
  RR_PKI_CHECK_FAILED: {
    means:
      'Istio of the version that was asked for would not take the files of a CA, or something would break after it took them',
    remedy: 'do what the findings say; docs/pki-check.md tells of each rule',
    status: 409,
    exit: 4,
  },
  RR_BUNDLE_EMPTY: {
    means: 'a trust bundle would hold no root at all, and the mesh would trust nobody',
    remedy: 'keep at least one root',
    status: 409,
    exit: 4,
  },
  RR_BUNDLE_NOT_RELATED: {
    means: 'a trust bundle would have to gain and lose roots at once, which a running istiod refuses',
    remedy: 'go through the steps of strategy MULTI_ROOT, which add first and remove later',
    status: 409,
    exit: 4,
  },
  RR_ROTATION_IN_PROGRESS: {
    means: 'a rotation is under way, and a mesh has one at a time',
    remedy: 'let it finish or roll it back; `reroot status` shows what it waits for',
    status: 409,
    exit: 4,
  },
  RR_ROTATION_NO_MEMBER: {
    means: 'a rotation was not started, because no cluster of the mesh takes part: nobody would be told anything',
    remedy:
      'adopt clusters that come from elsewhere with `reroot mesh adopt`, include those that are excluded with `reroot include`, or wait for those that are on their way back',
    status: 409,
    exit: 4,
  },
  RR_PREFLIGHT_FAILED: {
    means: 'a rotation or an adoption was not started, because checks fail that must not fail before one',
    remedy:
      'look at `reroot preflight` and docs/preflight.md, and mend what the checks name; `--override CHECK=WHY` starts it all the same',
    status: 409,
    exit: 4,
  },
  RR_PREFLIGHT_CHECK_UNKNOWN: {
    means: 'a check was to be overridden that does not exist',
    remedy: 'give the id of a check as `reroot preflight` shows it; docs/preflight.md lists them',
    status: 400,
    exit: 2,
  },
  RR_ROTATION_TARGET_INVALID: {
    means: 'the new root cannot take over: it is the current one, not yet valid or expired',
    remedy: 'choose another root, or lengthen ttlDays of the root in the mesh',
    status: 422,
    exit: 2,
  },
  RR_ROTATION_UNSAFE: {
    means: 'a start asks for a strategy or a verification that does not go together with the policy of the mesh',
    remedy: 'leave the option out, or change certificateRotation of the mesh; docs/configuration.md says what goes together',
    status: 422,
    exit: 2,
  },
  RR_ROTATION_NOT_FOUND: {
    means: 'a rotation was named that is not under way',
    remedy: 'look at `reroot status`; the rotation may have ended already',
    status: 404,
    exit: 4,
  },
  RR_ROTATION_NOT_FAILED: {
    means: 'a rotation was to be taken up again that has not failed',
    remedy: 'look at `reroot status` for what it waits for',
    status: 409,
    exit: 4,
  },
  RR_ROTATION_TOLD: {
    means: 'a rotation was to be aborted, and clusters have been told of it already',
    remedy: 'take it back step by step with `reroot verify --rollback`',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_NOT_FOUND: {
    means: 'a cluster was named that does not belong to the mesh',
    remedy: 'look at `reroot status`, or add the cluster to the mesh',
    status: 404,
    exit: 2,
  },
  RR_CLUSTER_ALREADY: {
    means: 'a cluster was to be excluded or included, and is so already',
    remedy: 'look at `reroot status`; there is nothing to do',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_REFUSED: {
    means: 'an adoption is not started, for something stands in its way',
    remedy: 'do what the remedy of each problem above says, then ask again',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_NOTHING: {
    means: 'an adoption was asked for, and no cluster of the mesh comes from elsewhere',
    remedy: 'look at `reroot status`: clusters that can be adopted are returning, and their reason names this verb',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_UNREPORTED: {
    means: 'a cluster that is to be adopted has not reported, or not for a while: what it holds is not known',
    remedy:
      'wait for its agent, or look why it is silent; leave the cluster out with `reroot exclude` if it is not to come along',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_AGENT_OLD: {
    means: 'the agent of a cluster that is to be adopted is of a version that cannot keep a signer that it finds',
    remedy: 'upgrade the agent of the named cluster, then ask again',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_NOT_ALLOWED: {
    means: 'the agent of a cluster that is to be adopted is configured to leave alone what others have installed',
    remedy: 'set `adoption: allowed` in the configuration of the agent of the named cluster and restart it, then ask again',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_CA_UNUSABLE: {
    means: 'the CA that a cluster has cannot be taken over as it is',
    remedy: 'put right in the cluster what the message names, wait for its next report, and ask again',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_ROOTS_ALIKE: {
    means: 'two roots of the fleet have one subject and different keys, and no key identifiers that tell them apart',
    remedy:
      'proxies would verify against the wrong one: replace the root of one of the named clusters by one with another subject, or with subject and authority key identifiers, before the adoption',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_TOO_MANY_ROOTS: {
    means: 'the clusters that are to be adopted trust more roots together than one bundle may hold',
    remedy: 'take roots that nobody needs out of the bundles of the clusters, or adopt fewer clusters at a time',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_RESTARTS: {
    means: 'a cluster whose istiod has made its own CA is to be adopted, and the mesh lets no istiod be restarted',
    remedy:
      'set `restarts: RESTART_NEEDED` or `ALWAYS` in the certificateRotation of the mesh: an istiod that has made its own CA looks at cacerts at its start alone',
    status: 409,
    exit: 4,
  },
  RR_ADOPT_TERM: {
    means:
      'the CA of a cluster was written by a reroot of a higher term than that of this mgmt, whose word its agent would refuse',
    remedy:
      'stop the other reroot for good, then take its annotations `reroot.dev/term` and `reroot.dev/generation` off the Secret cacerts of the named cluster',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_LAST: {
    means: 'the last cluster that a rotation waits for was to be excluded',
    remedy: 'include another cluster first, or abort or roll back the rotation',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_NOT_SILENT: {
    means: 'a cluster that reports was named to be left out of an emergency rotation as a silent one',
    remedy: 'leave its name out, for it can be proven like the others; to leave it behind all the same, use `reroot exclude`',
    status: 409,
    exit: 4,
  },
  RR_CRL_TOO_EARLY: {
    means: 'a revocation list of the old root was asked for while certificates under it may be in use',
    remedy: 'wait until PROPAGATING_NEW_INTERMEDIATE is proven; `reroot status` shows it',
    status: 409,
    exit: 4,
  },
  RR_CRL_NO_ROOT: {
    means: 'a revocation list was asked for, and the mesh has left no root, or the key of the one that it has left is destroyed',
    remedy: 'ask for the list within rootKeyRetention of the end of the rotation',
    status: 409,
    exit: 4,
  },
  RR_CRL_NOT_HERE: {
    means: 'mgmt cannot sign a revocation list, for the key of the root is not in its own store',
    remedy: 'revoke the intermediates where the key is; a PKI mount of Vault has `revoke` and lists of its own',
    status: 409,
    exit: 4,
  },
  RR_EMERGENCY_NOT_CONFIRMED: {
    means: 'whoever asked for an emergency rotation has not accepted what is lost by it',
    remedy: 'type the name of the mesh when you are asked for it, or give --yes',
    status: 400,
    exit: 2,
  },
  RR_APPROVAL_FOREIGN: {
    means: 'an approval names another rotation than the present one',
    remedy: 'look at `reroot status`, and answer for the rotation that is under way',
    status: 409,
    exit: 4,
  },
  RR_APPROVAL_REPEATED: {
    means: 'an approval was sent that was taken before',
    remedy: 'there is nothing to do: the first one counts',
    status: 409,
    exit: 4,
  },
  RR_APPROVAL_FOUR_EYES: {
    means:
      'whoever started a rotation wants to let one of its steps pass, and the policy asks for another person; or to approve an emergency rotation, which always takes another',
    remedy: 'have somebody else look at the traffic and answer; rolling back is open to everybody',
    status: 403,
    exit: 4,
  },
  RR_ROLLBACK_IMPOSSIBLE: {
    means: 'a step was to be taken back to a row whose signing root has expired',
    remedy: 'go forward; where that does not help, rotate with strategy NONE',
    status: 409,
    exit: 4,
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
  RR_GLOO_INVALID: {
    means: 'a document of Gloo Mesh was to be imported, and no mesh can be made of it',
    remedy: 'look at what is said of the field; docs/gloo-import.md has what is taken, and how',
    status: 422,
    exit: 2,
  },
  RR_RESOURCE_MESH_LOST: {
    means:
      'a VirtualMesh in Kubernetes says that its mesh was there, and the store of mgmt has none; it is not made anew, for it would get another root',
    remedy:
      'give mgmt the store that has the mesh, or put a backup back; where there is to be a new mesh all the same, delete the object and write it again',
    status: 409,
    exit: 4,
  },
  RR_RESOURCE_OWNED: {
    means:
      'a mesh was to be changed, or a cluster renamed, by the API, and an object in Kubernetes that others write says what it is to be',
    remedy: 'change the object where those have it from; or delete it, and the API may change the mesh again',
    status: 409,
    exit: 4,
  },
  RR_RESOURCE_WISH_STALE: {
    means: 'an object asks for something that was not carried out when it was written, or was refused then',
    remedy: 'look at what there is now, and make another object',
    status: 409,
    exit: 4,
  },
  RR_TRUST_STALE: {
    means: 'desired trust came with an older term or generation than the cluster has already accepted',
    remedy:
      'stop the older mgmt; if the store came from a backup, restart mgmt until its term is higher: each start raises it by one',
    status: 409,
    exit: 4,
  },
  RR_TRUST_CONTRADICTORY: {
    means: 'desired trust came with the term and generation that the cluster has accepted, and asks for another row',
    remedy:
      'make sure that one mgmt alone runs on the store, and that the store was not put back to an older state; then restart mgmt: each start raises the term by one',
    status: 409,
    exit: 4,
  },
  RR_TRUST_INVALID: {
    means: 'desired trust names no root, something that is no CA certificate, or a signing root that is not among the roots',
    remedy: 'run the same version of mgmt and agent; look at the roots of the mesh with `reroot status`',
    status: 422,
    exit: 1,
  },
  RR_TRUST_NOT_ADJACENT: {
    means: 'going from what the cluster holds to the desired trust in one step would let workloads refuse each other',
    remedy: 'bring the cluster to the row before: wait for the rotation to come past it, or roll the rotation back',
    status: 409,
    exit: 4,
  },
  RR_SIGNER_NOT_KEPT: {
    means: 'the signer that the cluster is to keep, under a root that nobody else has the key of, is not in the cluster any more',
    remedy:
      'bring back the Secret that it came in, as cacerts or under one of the names cacerts-reroot-backup to cacerts-reroot-backup-8, and apply deploy/agent/rbac.yaml, so that the agent may read them; or exclude the cluster and go forward: the new root will sign in it',
    status: 409,
    exit: 4,
  },
  RR_SIGNER_BACKUPS_FULL: {
    means:
      'the signer of the cluster is to be kept, under a root that nobody else has the key of, and there is no room for a copy: the eight Secrets cacerts-reroot-backup to cacerts-reroot-backup-8 hold eight others',
    remedy: 'move the oldest of them that no rollback needs any more to a safe place, and delete it in the namespace of istiod',
    status: 409,
    exit: 4,
  },
  RR_SECRET_NOT_OURS: {
    means:
      'the CA of the cluster was installed by somebody other than reroot, or made by istiod itself, so reroot leaves it alone',
    remedy:
      'set `adoption: allowed` in the configuration of the agent if reroot shall manage it; the root that signs now must then be one of the mesh',
    status: 409,
    exit: 4,
  },
  RR_SECRET_EDITED: {
    means: 'somebody changed the files of the cacerts Secret since reroot wrote them, or took the Secret away',
    remedy:
      'find out who the message names, and leave the Secret to reroot; it goes on from what is there, by the rules of its steps',
    status: 409,
    exit: 4,
  },
  RR_SECRET_DRIFTED: {
    means: 'somebody changed the files of the cacerts Secret, and the mesh asks for such changes to be left and reported',
    remedy:
      'find out who the message names; certificateRotation.drift: DRIFT_REAPPLY has the Secret written anew, and so does the next rotation',
    status: 409,
    exit: 4,
  },
  RR_SECRET_UNREADABLE: {
    means: 'the cacerts Secret holds something that cannot be read, or a signer that chains to none of its roots',
    remedy:
      'where reroot wrote the Secret, delete it, together with its copies in other namespaces of istiod: it is written anew at once; where somebody else did, put back what they wrote',
    status: 409,
    exit: 4,
  },
  RR_SECRET_CRL_INCOMPLETE: {
    means:
      'the cacerts Secret has a ca-crl.pem that has no list of a CA that it holds, or that is to be written to it; istiod and Envoy would refuse that CA altogether, so nothing is written',
    remedy:
      'add a list of the CA that the message names; a new intermediate can have none, so for that take ca-crl.pem out of every cacerts Secret and restart every istiod, which hands the lists out until then; restart the workloads too whose proxies may have loaded them',
    status: 409,
    exit: 4,
  },
  RR_SECRET_UNCHANGEABLE: {
    means: 'the cacerts Secret is immutable, or of a type that cannot hold what istiod needs; Kubernetes lets neither be changed',
    remedy:
      'make a Secret of type Opaque with the same content take its place while no istiod starts: one that starts without it makes itself a root',
    status: 409,
    exit: 4,
  },
  RR_CLUSTER_UNREACHABLE: {
    means: 'the cluster does not answer its agent, or not as an API server of Kubernetes does',
    remedy: 'check that the API server of the cluster runs and that the agent may reach it',
    status: 503,
    exit: 3,
  },
  RR_CLUSTER_UNAUTHENTICATED: {
    means: 'the cluster does not know who its agent is: its token or certificate is missing, expired or revoked',
    remedy: 'look at the service account of the agent and its token file, or at the user in the kubeconfig',
    status: 502,
    exit: 3,
  },
  RR_CLUSTER_FORBIDDEN: {
    means: 'the cluster does not let its agent do what the message names',
    remedy: 'grant the verb and the resource that the message names; docs/rbac.md has all that the agent needs, and why',
    status: 502,
    exit: 4,
  },
  RR_CLUSTER_QUOTA: {
    means: 'a ResourceQuota of the namespace leaves no room for an object that the agent must write',
    remedy: 'raise the quota that the message names, or remove what is no longer needed in the namespace',
    status: 502,
    exit: 4,
  },
  RR_CLUSTER_THROTTLED: {
    means: 'the cluster turned the agent away again and again, for it has too much to do',
    remedy: 'nothing, if it passes; else look at the load of the API server and at the FlowSchema that the agent falls under',
    status: 503,
    exit: 3,
  },
  RR_CLUSTER_CONFLICT: {
    means: 'an object of the cluster changed between being read and being written, or is there already; nothing was written',
    remedy: 'nothing, if it happens now and then: the agent reads again; if it goes on, find who else writes the object',
    status: 409,
    exit: 1,
  },
  RR_OBJECT_NOT_FOUND: {
    means: 'an object that is needed is not in the cluster, or the cluster does not know its kind',
    remedy: 'look for what the message names: it may have been removed, or Istio is installed under another name or version',
    status: 502,
    exit: 4,
  },
  RR_OBJECT_REFUSED: {
    means: 'the cluster refused an object as it was written: it is not valid, or an admission policy forbids it',
    remedy: 'look at the reason in the message; where a webhook or a policy refuses, make an exception for the agent',
    status: 502,
    exit: 4,
  },
  RR_WATCH_EXPIRED: {
    means: 'the cluster has forgotten the version from which a list or a watch was to go on',
    remedy: 'nothing: the agent lists anew',
    status: 502,
    exit: 1,
  },
  RR_KUBECONFIG_INVALID: {
    means: 'there is no way to the API server of the cluster: the agent runs in no pod, and no kubeconfig can be used',
    remedy: 'run the agent in a pod with a service account, or give it a kubeconfig that kubectl works with',
    status: 500,
    exit: 2,
  },
  RR_CLUSTER_DATA_INVALID: {
    means: 'a namespace or a workload holds a bundle or a chain that cannot be read',
    remedy: 'look at what the message names; for a ConfigMap delete it, and istiod makes it anew',
    status: 422,
    exit: 1,
  },
  RR_REPLICA_UNREACHABLE: {
    means: 'a replica of istiod does not answer a certificate request at its own address',
    remedy: 'look at the pod that the message names: it may be starting, overloaded or cut off from the agent',
    status: 503,
    exit: 3,
  },
  RR_REPLICA_UNAUTHENTICATED: {
    means: 'a replica of istiod does not accept the token that the agent shows with its certificate request',
    remedy:
      'check that the cluster ID of the agent is that of istiod, and that istiod may create TokenReviews; the log of the pod says more',
    status: 502,
    exit: 4,
  },
  RR_REPLICA_ANSWER_INVALID: {
    means: 'a replica of istiod answered a certificate request with something that proves nothing',
    remedy: 'look at the log of the pod that the message names; ca-cert.pem and cert-chain.pem of the cacerts Secret must fit',
    status: 502,
    exit: 1,
  },
  RR_REPLICA_NOT_LOADED: {
    means: 'a replica of istiod still holds other trust than the cacerts Secret, although it had time enough to load it',
    remedy:
      'look in the log of the pod for "Updating new ROOT-CA not supported"; set ISTIO_MULTIROOT_MESH=true on istiod, then restart it',
    status: 409,
    exit: 4,
  },
  RR_REPLICA_NOT_RESTARTED: {
    means: 'a replica of istiod was not restarted yet since the files of the cacerts Secret changed, and the mesh demands it',
    remedy: 'wait: the agent restarts one replica after the other; if it stays, look at the pod and at what its owner may start',
    status: 409,
    exit: 4,
  },
  RR_REPLICA_MULTIROOT_OFF: {
    means: 'a replica of istiod runs without ISTIO_MULTIROOT_MESH, and so refuses every change of roots until it is restarted',
    remedy:
      'set ISTIO_MULTIROOT_MESH=true on istiod before the rotation goes on; mind that its restart loads all that it refused',
    status: 409,
    exit: 4,
  },
  RR_ROLLOUT_UNHEALTHY: {
    means:
      'an owner of workloads or of istiod has pods that are not ready; while workloads that reroot restarted have, no others are restarted',
    remedy: 'look at the pods of what the message names; when they are ready, or it is scaled to none or gone, the agent goes on',
    status: 409,
    exit: 4,
  },
  RR_ROLLOUT_BLOCKED: {
    means: 'workloads or replicas of istiod must be restarted, and a PodDisruptionBudget bears no disruption of them now',
    remedy:
      'look why the pods of that budget are not all ready, run one more of them, or let it bear one disruption; the agent goes on by itself',
    status: 409,
    exit: 4,
  },
  RR_WORKLOAD_UNOWNED: {
    means: 'workloads must be started anew to learn of new trust, and belong to no Deployment, StatefulSet or DaemonSet',
    remedy: 'make the pod that the message names anew, or wait until its certificate is renewed',
    status: 409,
    exit: 4,
  },
  RR_WORKLOADS_UNREAD: {
    means: 'the agent has not read all proxies of its cluster yet, in the present state of the cacerts Secret',
    remedy: 'wait: it reads so many a second as workloads.maxReadsPerSecond allows; raise that if the API server can bear it',
    status: 503,
    exit: 3,
  },
  RR_PROXY_UNREACHABLE: {
    means: 'the admin interface of a proxy does not answer through the port forward of its pod',
    remedy: 'look at the pod that the message names, and at the kubelet of its node',
    status: 503,
    exit: 3,
  },
  RR_PROXY_ANSWER_INVALID: {
    means: 'the admin interface of a proxy answered with something that says nothing about the certificates it holds',
    remedy: 'check that the container istio-proxy of the pod runs an Envoy or a ztunnel of a version that is supported',
    status: 422,
    exit: 1,
  },
  RR_ROLLOUT_UNSUPPORTED: {
    means: 'workloads must be started anew, and what makes their pods would not replace all of them by itself',
    remedy: 'resume what is paused, set the update strategy to RollingUpdate without a partition, or replace the pods by hand',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_REFUSED: {
    means: 'mgmt refused to sign the intermediate that an agent asked for',
    remedy: 'do what the message of mgmt says',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_STALE: {
    means: 'an intermediate came from an mgmt of an older term than that whose desired trust was accepted; it was not installed',
    remedy: 'stop the older mgmt; the agent asks again',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_ANSWER_INVALID: {
    means: 'the intermediate that mgmt, or Vault, sent does not fit what was asked for; it was not installed',
    remedy:
      'run the same version of mgmt and agent, and compare their clocks; where it comes from Vault, compare caPath and its issuer with the root that signs now',
    status: 422,
    exit: 1,
  },
  RR_MESH_INVALID: {
    means: 'a VirtualMesh does not fit its schema',
    remedy: 'correct the place that the message names; docs/configuration.md lists every field',
    status: 422,
    exit: 2,
  },
  RR_MESH_NOT_FOUND: {
    means: 'there is no mesh of that name',
    remedy: 'list the meshes with GET /v1/meshes, or create it with `reroot apply`',
    status: 404,
    exit: 2,
  },
  RR_MESH_RESTORED: {
    means: 'the record of the mesh was restored, and may be older than what its clusters were told; nobody is led by it',
    remedy:
      'wait until `reroot status` says that every cluster has reported; where it says StoreOutdated, put back a newer image (docs/backup.md)',
    status: 409,
    exit: 4,
  },
  RR_MESH_LOCKED: {
    means: 'the change of the mesh has to wait while a rotation is under way',
    remedy: 'let the rotation finish or roll it back, then apply the mesh again',
    status: 409,
    exit: 4,
  },
  RR_MESH_CHECK_FORBIDDEN: {
    means: 'a VirtualMesh has mgmt ask another system that its configuration does not name',
    remedy:
      'add the origin of the address to `verification.hosts` in the configuration of mgmt, or widen the path or kind of its entry, and restart it',
    status: 422,
    exit: 2,
  },
  RR_CHECK_UNAVAILABLE: {
    means: 'another system that a verification asks gives no answer that can be used',
    remedy:
      'look at what it says of itself, and at `verification.hosts` in the configuration of mgmt; the check is tried again until the timeout',
    status: 502,
    exit: 3,
  },
  RR_PROOF_NOT_FOUND: {
    means: 'the mesh has no proof of that id, or no longer, or mgmt was restarted while it was being made',
    remedy: 'list them with `reroot proofs`, or make another one with `reroot prove`',
    status: 404,
    exit: 2,
  },
  RR_WEBHOOK_NOT_FOUND: {
    means: 'the configuration of mgmt names no such webhook',
    remedy: '`reroot notifications list` shows those that it names',
    status: 404,
    exit: 2,
  },
  RR_WEBHOOK_FAILED: {
    means: 'a webhook has not taken a notification',
    remedy:
      'the message says why; `reroot notifications test NAME` tries again at once, and mgmt by itself for as long as giveUpAfterMs says',
    status: 502,
    exit: 3,
  },
  RR_PROOF_RUNNING: {
    means: 'a proof that somebody has asked for is being made',
    remedy: 'wait for it; `reroot proofs` shows how far it is',
    status: 409,
    exit: 4,
  },
  RR_PROOF_TIMEOUT: {
    means: 'a proof was not made before the deadline of whoever waits for it',
    remedy: 'it goes on by itself: `reroot proofs` shows it; wait longer with --timeout',
    status: 504,
    exit: 5,
  },
  RR_PROOF_CHECK_UNKNOWN: {
    means: 'a proof is to be made of a check that the mesh does not have',
    remedy: 'name checks that the message lists, or none for all of them',
    status: 422,
    exit: 2,
  },
  RR_PROOF_FAILED: {
    means: 'a check of the mesh has failed, or could not be made',
    remedy: 'look at the checks that are named; `reroot proofs ID -o json` has what each one rests on',
    status: 409,
    exit: 4,
  },
  RR_MESH_CLUSTER_UNKNOWN: {
    means: 'a VirtualMesh names a cluster whose public key mgmt does not have',
    remedy:
      'add it with `reroot cluster add NAME --mesh MESH`, or put the public key of its agent into `clusters` in the configuration of mgmt',
    status: 422,
    exit: 2,
  },
  RR_MESH_CLUSTER_TAKEN: {
    means: 'a cluster belongs to another mesh already, and holds the trust of one mesh only',
    remedy: 'take the cluster out of the other mesh first',
    status: 409,
    exit: 4,
  },
  RR_STORE_UNWRITABLE: {
    means: 'the data directory cannot be made or written',
    remedy: 'give the user that runs mgmt the directory named by dataDir, or name another one',
    status: 500,
    exit: 3,
  },
  RR_STORE_LOCKED: {
    means: 'another process has the store open',
    remedy: 'stop the other mgmt, or give this one a dataDir of its own',
    status: 500,
    exit: 4,
  },
  RR_STORE_CORRUPT: {
    means: 'the store is damaged, or the file is not a store of reroot; nothing was changed',
    remedy: 'put a backup of the store back (docs/backup.md); if the file belongs to another program, choose another dataDir',
    status: 500,
    exit: 1,
  },
  RR_STORE_NEWER: {
    means: 'the store was written by a newer version of reroot; nothing was changed',
    remedy: 'run that version, or restore a backup from before the upgrade',
    status: 500,
    exit: 4,
  },
  RR_STORE_MISSING: {
    means: 'there is no store where the configuration says',
    remedy: 'name the configuration of an mgmt that has run, as the user that it ran as',
    status: 500,
    exit: 2,
  },
  RR_STORE_NOT_EMPTY: {
    means: 'a store that is to be filled has something in it, or another key store is beside it; nothing was changed',
    remedy: 'move what is there away: docs/backup.md says how',
    status: 500,
    exit: 4,
  },
  RR_STORE_UNFINISHED: {
    means: 'a restore, or a copy, into the store was broken off; what is there is a part of it, and nobody works with that',
    remedy: 'do it again: `reroot store restore` or `reroot store copy` begins anew',
    status: 500,
    exit: 4,
  },
  RR_STORE_IMAGE_INVALID: {
    means: 'the image of a store is damaged, cut off or none of reroot; nothing was written',
    remedy: 'take another copy of it, or an older image',
    status: 500,
    exit: 2,
  },
  RR_STORE_IMAGE_NEWER: {
    means: 'the image of a store was written by a newer version of reroot; nothing was written',
    remedy: 'restore it with that version',
    status: 500,
    exit: 4,
  },
  RR_STORE_CONFLICT: {
    means: 'somebody else changed the mesh in the meantime',
    remedy: 'look at `reroot status` and try again',
    status: 409,
    exit: 4,
  },
  RR_STORE_DEPOSED: {
    means: 'another mgmt has taken over the store with a higher term; this one changed nothing, and can change nothing more',
    remedy: 'stop this mgmt, and ask the other one',
    status: 409,
    exit: 4,
  },
  RR_LEADERSHIP_LOST: {
    means: 'this replica of mgmt leads no longer: it changed nothing after its lease was over',
    remedy: 'ask again: another replica leads, or soon will; docs/replicas.md says why a lease is lost',
    status: 503,
    exit: 3,
  },
  RR_LEADER_NONE: {
    means: 'no replica of mgmt leads at this moment, so nothing can be changed; what is read from the store still is',
    remedy: 'ask again in some seconds; if it lasts, look at the Lease and at the logs of the replicas (docs/replicas.md)',
    status: 503,
    exit: 3,
  },
  RR_LEADER_UNREACHABLE: {
    means: 'the replica that was asked cannot reach the one that leads: nothing was done',
    remedy: 'ask again; if it lasts, check replicas.advertise, replicas.caFile and the network between the replicas',
    status: 503,
    exit: 3,
  },
  RR_LEADER_LOST: {
    means: 'the leader was asked, and did not answer to the end: whether it was done is not known',
    remedy: 'send a POST again with the same Idempotency-Key, which is done once; or read the mesh to see what has come of it',
    status: 502,
    exit: 3,
  },
  RR_HANDOVER_REFUSED: {
    means: 'a request came as one that another replica of mgmt hands over, and is not: nothing was done',
    remedy:
      'if it comes from a replica, check that all have the same identity.privateKeyFile and clocks that agree; else somebody tries to pass for one',
    status: 400,
    exit: 4,
  },
  RR_STORE_FAILED: {
    means: 'the store could not be read or written',
    remedy: 'check the space and the health of the disk that holds dataDir, or whether the API server of the store answers',
    status: 500,
    exit: 1,
  },
  RR_STORE_TOO_LARGE: {
    means: 'what was to be kept is larger than the store can hold in one piece; nothing was written',
    remedy:
      'make it smaller, such as a mesh of fewer clusters; or keep the store in a file: docs/backup.md says how it is copied',
    status: 422,
    exit: 4,
  },
  RR_AUDIT_BROKEN: {
    means: 'the journal is not what mgmt has written: an entry was changed, is missing, or does not belong there',
    remedy:
      'take the data directory of mgmt and what `audit.log` wrote elsewhere out of reach, and compare them from the entry that is named on; docs/audit.md says what that shows',
    status: 500,
    exit: 1,
  },
  RR_AUDIT_UNREADABLE: {
    means: 'what was to be verified is no journal of reroot',
    remedy: 'name a file that `reroot audit export` or `audit.log` has written',
    status: 400,
    exit: 2,
  },
  RR_AUDIT_OTHER_KEY: {
    means: 'what was verified holds in itself, and was signed by another key than the one that was named, or by none',
    remedy:
      'ask whoever runs mgmt for the fingerprint of its key, and which keys it had before; if this is none of them, somebody else has made it',
    status: 500,
    exit: 1,
  },
  RR_EVIDENCE_BROKEN: {
    means: 'the evidence pack is not as mgmt has signed it: something in it was changed, is missing or was added',
    remedy: 'have it exported again with `reroot evidence export`, and ask where this copy has been',
    status: 500,
    exit: 1,
  },
  RR_EVIDENCE_NEWER: {
    means: 'the evidence pack was made by a later reroot, in a format that this one does not know',
    remedy: 'verify it with a `reroot` that is not older than the mgmt that made it; report.html in it says which that is',
    status: 400,
    exit: 2,
  },
  RR_EVIDENCE_NOT_FOUND: {
    means: 'the journal knows no such rotation of the mesh',
    remedy: 'look for its id with `reroot audit list`; rotations of before the journal began have no evidence pack',
    status: 404,
    exit: 2,
  },
  RR_AUDIT_LOG_FAILED: {
    means: 'the journal could not be handed on to the file that `audit.log` names',
    remedy: 'give the user that runs mgmt that file, and its disk some space; mgmt goes on from where it stopped',
    status: 500,
    exit: 3,
  },
  RR_SECRET_SOURCE_NONE: {
    means: 'a Secret was named, and the configuration of mgmt does not say where Secrets are',
    remedy: 'set `secrets` in the configuration of mgmt; docs/configuration.md says how',
    status: 409,
    exit: 2,
  },
  RR_SECRET_SOURCE_MISSING: {
    means: 'a Secret that is needed is not there, or has not the key that is needed',
    remedy: 'make the Secret, or correct the name that leads to it',
    status: 409,
    exit: 2,
  },
  RR_SECRET_SOURCE_UNREADABLE: {
    means: 'a Secret that is needed cannot be read',
    remedy: 'let mgmt read it: the message says what it was refused with',
    status: 503,
    exit: 3,
  },
  RR_ROOT_SECRET_INVALID: {
    means: 'the root CA in a Secret cannot be used for a mesh',
    remedy: 'correct the Secret; `reroot pki inspect` shows what is in it, docs/pki.md what must be',
    status: 409,
    exit: 2,
  },
  RR_ROOT_ISSUER_INVALID: {
    means: 'an issuer of Vault cannot be the root of a mesh',
    remedy: 'name another issuer of the mount, or have one made that fits; docs/vault.md says which do',
    status: 409,
    exit: 2,
  },
  RR_ROOT_UNCHANGED: {
    means: 'a new root was asked for, and the source of the roots still holds one that the mesh has',
    remedy: 'put the next root where the mesh takes them from, or name a root that the mesh has with --target',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_FOREIGN: {
    means: 'an intermediate was asked for under a root that came with an adopted cluster: nobody here has its key',
    remedy: 'upgrade the agent, which is to keep the signer that it has; or go forward, to the root of the mesh',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_NOT_HERE: {
    means: 'an intermediate was asked for under a root whose key mgmt cannot reach',
    remedy:
      'upgrade the agent if it is older than mgmt, and keep intermediateCertificateAuthority.vault in the mesh while such a root is in force',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_UNUSABLE: {
    means: 'the authority that keeps the root issued an intermediate that no cluster could use',
    remedy: 'see the message; with Vault, look at the issuer and the mount for settings that change what is signed',
    status: 502,
    exit: 1,
  },
  RR_KEYSTORE_PASSPHRASE_INVALID: {
    means: 'the passphrase of the key store cannot be used: it is missing or too short, or its file is readable by others',
    remedy: 'put one line of at least 12 characters where keyStore takes it from; give a file to its owner only: chmod 600',
    status: 500,
    exit: 2,
  },
  RR_KEYSTORE_WRONG_PASSPHRASE: {
    means: 'the passphrase is not the one that the key store was made with',
    remedy: 'put the former passphrase back where keyStore takes it from',
    status: 500,
    exit: 2,
  },
  RR_KEYSTORE_KEY_MISSING: {
    means: 'the private key of a root is not in the key store',
    remedy: 'restore the keys from a backup: docs/backup.md says how',
    status: 500,
    exit: 1,
  },
  RR_KEYSTORE_CORRUPT: {
    means: 'a key of the key store is damaged or was changed',
    remedy: 'restore the keys from a backup: docs/backup.md says how',
    status: 500,
    exit: 1,
  },
  RR_KEYSTORE_WRAPPED_MISSING: {
    means: 'the passphrase that Vault has encrypted is gone, and keys are encrypted with it',
    remedy:
      'put wrapped-passphrase.json back into the data directory from a backup; without it the keys cannot be read by anybody',
    status: 500,
    exit: 2,
  },
  RR_KEYSTORE_WRAPPED_INVALID: {
    means: 'the passphrase that Vault has encrypted is damaged, or of another key of Vault',
    remedy: 'put wrapped-passphrase.json back from a backup, or name the transit key that it was encrypted with',
    status: 500,
    exit: 2,
  },
  RR_KEYSTORE_UNWRITABLE: {
    means: 'a key of the key store cannot be read or written',
    remedy: 'check the permissions and the space of the directory keys in dataDir, or the rights to the Secrets of the store',
    status: 500,
    exit: 3,
  },
  RR_VAULT_CONFIG_INVALID: {
    means: 'the address, the CA bundle, the namespace or a path of Vault cannot be used',
    remedy: 'correct what the message names; docs/vault.md says what each of them looks like',
    status: 422,
    exit: 2,
  },
  RR_VAULT_SKIP_VERIFY: {
    means: 'VAULT_SKIP_VERIFY is set, which would give tokens and keys to anybody on the way to Vault',
    remedy: 'unset it, and name the CA of Vault in the CA bundle instead',
    status: 500,
    exit: 2,
  },
  RR_VAULT_UNREACHABLE: {
    means: 'Vault does not answer, or cuts its answer',
    remedy: 'check the address of Vault, that it runs, and what stands between; requests are sent again by themselves',
    status: 503,
    exit: 3,
  },
  RR_VAULT_TLS: {
    means: 'no trusted TLS connection to Vault comes about; nothing was sent',
    remedy: 'give the CA of Vault as CA bundle, and check the names and the validity of its certificate',
    status: 502,
    exit: 3,
  },
  RR_VAULT_SEALED: {
    means: 'Vault is sealed or was never initialized, and does nothing until it is unsealed',
    remedy: 'unseal it: `vault operator unseal`; what waits for it goes on by itself',
    status: 503,
    exit: 3,
  },
  RR_VAULT_STANDBY: {
    means:
      'a standby of Vault answered and passed the request on to nobody; redirects are not followed, for the token would go along',
    remedy: 'name an address that leads to the active node, and look whether the cluster has one: `vault status`',
    status: 503,
    exit: 3,
  },
  RR_VAULT_THROTTLED: {
    means: 'Vault asks to be left alone for longer than there is time',
    remedy: 'raise the rate limit quota that applies, or wait',
    status: 503,
    exit: 3,
  },
  RR_VAULT_FAILED: {
    means: 'Vault, or something before it, failed while it answered',
    remedy: 'look into the log of Vault at the time of the message',
    status: 502,
    exit: 3,
  },
  RR_VAULT_UNAUTHENTICATED: {
    means: 'Vault does not accept the token, or the login with the Kubernetes auth method',
    remedy: 'give a token that is valid; for Kubernetes, check role, service account and namespace in the auth method of Vault',
    status: 502,
    exit: 3,
  },
  RR_VAULT_FORBIDDEN: {
    means: 'the policies of the token do not allow what the message names',
    remedy: 'add the path to a policy of the token; docs/vault.md has the smallest policies that suffice',
    status: 502,
    exit: 4,
  },
  RR_VAULT_NOT_FOUND: {
    means: 'Vault has nothing at the path: no engine is mounted there, or no such issuer or key exists',
    remedy: 'compare the path with `vault secrets list`, and the issuer with `vault list MOUNT/issuers`',
    status: 502,
    exit: 2,
  },
  RR_VAULT_REFUSED: {
    means: 'Vault understood a request and refused it as not valid',
    remedy: 'do what the words of Vault in the message say',
    status: 502,
    exit: 2,
  },
  RR_VAULT_TTL_CAPPED: {
    means: 'the mount gives a certificate less time than was asked for',
    remedy: 'raise it: `vault secrets tune -max-lease-ttl=87600h MOUNT`',
    status: 409,
    exit: 4,
  },
  RR_VAULT_ANSWER_INVALID: {
    means: 'something answered in the place of Vault, or Vault gave what was not asked for; it was not used',
    remedy: 'check that the address is that of Vault or OpenBao, in a version that docs/vault.md names',
    status: 502,
    exit: 1,
  },
  RR_VAULT_CREDENTIAL_INVALID: {
    means: 'what proves to Vault who asks is not where the mesh says, or is something else',
    remedy: 'put it where the message says, or correct the mesh; docs/vault.md says what agents and mgmt read, and how',
    status: 409,
    exit: 4,
  },
  RR_VAULT_CREDENTIAL_UNSUPPORTED: {
    means: 'an agent, or mgmt, is to log in to Vault, and knows no cluster to read Secrets or tokens of',
    remedy:
      'run the agent on Kubernetes, or take intermediateCertificateAuthority.vault out of the mesh; for mgmt set secrets.kubernetes in its configuration, or log in by tokenSecretRef',
    status: 409,
    exit: 4,
  },
  RR_VAULT_SERVER_NOT_ALLOWED: {
    means: 'the mesh names a Vault that the configuration of the agent does not name; nothing was sent there',
    remedy: 'add its address to vault.servers in the configuration of the agent, or correct the mesh',
    status: 403,
    exit: 4,
  },
  RR_API_NOT_FOUND: {
    means: 'the API has no such path',
    remedy: 'look at docs/api-reference.md for the paths of the API',
    status: 404,
    exit: 2,
  },
  RR_DASHBOARD_MISSING: {
    means: 'there is no dashboard here: mgmt runs from sources whose dashboard was not built',
    remedy: 'build it with ./dev dashboard and restart mgmt, or name the folder of a built one in api.dashboard.dir',
    status: 404,
    exit: 2,
  },
  RR_DASHBOARD_UNREADABLE: {
    means: 'the folder that api.dashboard.dir names holds no built dashboard, or cannot be read',
    remedy: 'name the folder that ./dev dashboard has made, or take the key out',
    status: 500,
    exit: 2,
  },
  RR_API_METHOD_NOT_ALLOWED: {
    means: 'the path does not know this method',
    remedy: 'use one of the methods in the Allow header',
    status: 405,
    exit: 2,
  },
  RR_API_BODY_TOO_LARGE: {
    means: 'the body of a request exceeds 1 MiB',
    remedy: 'send a smaller document',
    status: 413,
    exit: 2,
  },
  RR_API_HEADERS_TOO_LARGE: {
    means: 'the headers of a request are larger than 16 KiB',
    remedy: 'send fewer or shorter headers; an access token of that size is a mistake',
    status: 431,
    exit: 2,
  },
  RR_API_REQUEST_TIMEOUT: {
    means: 'a request came too slowly: its headers take longer than 10 s, or all of it longer than 30 s',
    remedy: 'send the request again; look at the connection to mgmt if that goes on',
    status: 408,
    exit: 1,
  },
  RR_API_MEDIA_TYPE: {
    means: 'the body of a request has a media type that the path does not read',
    remedy: 'send application/json, or application/yaml for a VirtualMesh',
    status: 415,
    exit: 2,
  },
  RR_API_BODY_MALFORMED: {
    means: 'a request or its body cannot be parsed',
    remedy: 'send well-formed HTTP with a well-formed body',
    status: 400,
    exit: 2,
  },
  RR_API_BODY_INVALID: {
    means: 'the body of a request lacks a field, or has one that is not known or does not fit',
    remedy: 'correct the field that the message names',
    status: 422,
    exit: 2,
  },
  RR_API_QUERY_INVALID: {
    means: 'the query of a request has a parameter that is not known or does not fit',
    remedy: 'correct the parameter that is named; docs/openapi.json has those of each path',
    status: 422,
    exit: 2,
  },
  RR_API_PRECONDITION: {
    means: 'a request rests on an earlier state of what it is to change',
    remedy: 'read it again, look at what has changed, and ask with its new ETag',
    status: 412,
    exit: 4,
  },
  RR_API_IDEMPOTENCY_KEY_INVALID: {
    means: 'the Idempotency-Key of a request is not 1 to 255 visible characters of ASCII, or there are several',
    remedy: 'send one key, such as a UUID, that no other request has',
    status: 400,
    exit: 2,
  },
  RR_API_IDEMPOTENCY_KEY_REUSED: {
    means: 'an Idempotency-Key was sent before with another request; nothing was done',
    remedy: 'give each request a key of its own, and use it again for the very same request alone',
    status: 422,
    exit: 2,
  },
  RR_API_IDEMPOTENCY_UNDER_WAY: {
    means: 'the request that had the Idempotency-Key first is still being done',
    remedy: 'send it again with the same key when Retry-After has passed, and it gets the first answer',
    status: 409,
    exit: 4,
  },
  RR_API_IDEMPOTENCY_OUTCOME_UNKNOWN: {
    means:
      'mgmt ended, or its store failed, before it was written down what became of the first request with the Idempotency-Key',
    remedy: 'read the mesh and its history; if it was not done, ask for it with a new key',
    status: 409,
    exit: 4,
  },
  RR_API_IDEMPOTENCY_ANSWER_NOT_KEPT: {
    means: 'the request with the Idempotency-Key was done, and its answer was not kept: it holds secrets, or takes too much room',
    remedy: 'read the mesh; for a join file that did not arrive, make another one with `reroot cluster add NAME --again`',
    status: 409,
    exit: 4,
  },
  RR_API_UNAUTHORIZED: {
    means: 'it is not known who asks: the request carries no credentials, or some that are wrong or no longer good',
    remedy:
      'show who you are: `reroot --token-file FILE`, or --cert-file and --key-file; docs/api-access.md says how to get them',
    status: 401,
    exit: 2,
  },
  RR_API_FORBIDDEN: {
    means: 'it is known who asks, and that one may not do this',
    remedy: 'ask whoever administers reroot for a role that may, or have another person do it',
    status: 403,
    exit: 4,
  },
  RR_API_ORIGIN_REFUSED: {
    means: 'a request was made by a web page that does not belong to this mgmt',
    remedy: 'name the origin of the page in api.allowedOrigins if it is one of yours',
    status: 403,
    exit: 2,
  },
  RR_API_RATE_LIMITED: {
    means: 'more requests came from one sender than are taken in that time, or too many that were refused',
    remedy: 'wait as long as the header Retry-After says; api.rateLimit says how much is taken',
    status: 429,
    exit: 4,
  },
  RR_API_ACCESS_UNAVAILABLE: {
    means:
      'it cannot be found out who asks or what that one may do: the OIDC issuer or Kubernetes does not answer mgmt as it should',
    remedy:
      'look at the log of mgmt, and ask again when the issuer or Kubernetes answers; other ways to show who you are go on working',
    status: 503,
    exit: 3,
  },
  RR_API_HOST_REFUSED: {
    means: 'a request came under a name that is not one of this mgmt',
    remedy: 'use http://127.0.0.1 or http://localhost, or add the name to api.allowedHosts',
    status: 421,
    exit: 2,
  },
  RR_API_TOKEN_INVALID: {
    means: 'the token of the API cannot be used: its file is missing, readable by others, or too short',
    remedy: 'put at least 16 characters into the file named by api.tokenFile, and give it to its owner only: chmod 600',
    status: 500,
    exit: 2,
  },
  RR_API_TOKEN_REQUIRED: {
    means: 'the API would listen beyond this machine without asking who comes',
    remedy: 'set api.access or api.tokenFile, as docs/api-access.md shows, or let api.host be 127.0.0.1',
    status: 500,
    exit: 2,
  },
  RR_API_TLS_REQUIRED: {
    means: 'the API would listen beyond this machine without TLS, and tokens would travel in the clear',
    remedy: 'set api.tls, or `api.plaintext: allowed` where a proxy in front of mgmt speaks TLS, or let api.host be 127.0.0.1',
    status: 500,
    exit: 2,
  },
  RR_API_TLS_UNREADABLE: {
    means: 'the certificate, the key or the CAs of the API cannot be read, or others than its owner can read the key',
    remedy: 'check the paths in api.tls; give the key to its owner only: chmod 600',
    status: 500,
    exit: 2,
  },
  RR_API_TLS_INVALID: {
    means:
      'TLS clients would refuse what api.tls names: it is no certificate or key, the two are no pair, or the chain is in disorder',
    remedy: 'put the certificate of the server first, behind each the one that signed it, and name the key of the first',
    status: 500,
    exit: 2,
  },
  RR_API_TLS_EXPIRED: {
    means: 'a certificate of the API has expired, or is not valid yet',
    remedy: 'put a new certificate and its key into the files that api.tls names; mgmt notices by itself',
    status: 500,
    exit: 2,
  },
  RR_LIVE_UPGRADE_REQUIRED: {
    means: 'the live stream was asked for as if it were a document',
    remedy: 'open it as a WebSocket, as docs/api-live.md shows; GET /v1/meshes gives the same state once',
    status: 426,
    exit: 2,
  },
  RR_LIVE_HANDSHAKE_INVALID: {
    means: 'a client of the live stream does not open its WebSocket as mgmt takes it',
    remedy:
      'offer the subprotocol reroot.v2, and put the token into the Authorization header or into reroot.bearer.…, never into the URL',
    status: 400,
    exit: 2,
  },
  RR_LIVE_FULL: {
    means: 'as many clients follow the live stream as mgmt serves, or as many at once want to',
    remedy: 'try again later, or ask GET /v1/meshes; close clients that nobody looks at',
    status: 503,
    exit: 3,
  },
  RR_LIVE_TOO_MANY: {
    means: 'one sender follows the live stream with as many clients as one may have',
    remedy: 'close clients that nobody looks at, or give each program a token of its own',
    status: 429,
    exit: 4,
  },
  RR_LIVE_MESSAGE_INVALID: {
    means: 'a client of the live stream says what mgmt does not take from it, or too much of it',
    remedy: 'say nothing, or {"type":"hello"} once; answer pings',
    status: 400,
    exit: 2,
  },
  RR_LIVE_TOO_SLOW: {
    means: 'a client of the live stream does not read what is sent, or does not answer pings',
    remedy:
      'open the stream again; where it happens often, look at the network between, or ask GET /v1/meshes now and then instead',
    status: 408,
    exit: 3,
  },
  RR_LIVE_STATE_UNAVAILABLE: {
    means: 'mgmt cannot read the state that the live stream is to show',
    remedy: 'look at the log of mgmt, and open the stream again',
    status: 503,
    exit: 3,
  },
  RR_API_NOT_READY: {
    means: 'mgmt is not connected to the bus',
    remedy: 'check nats-server; mgmt connects again by itself',
    status: 503,
    exit: 3,
  },
  RR_ISSUE_WRONG_ROOT: {
    means: 'an agent asked for an intermediate under a root that does not sign now',
    remedy: 'nothing to do: the agent asks again with the desired trust in force',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_WRONG_KEY: {
    means: 'a certificate request has another key algorithm than the mesh demands',
    remedy: 'nothing to do: the agent makes a new key with the desired trust in force',
    status: 422,
    exit: 4,
  },
  RR_ISSUE_NOT_TOLD: {
    means: 'an agent asked for an intermediate before its cluster was told what to hold',
    remedy: 'wait: it is told as soon as it has reported what it holds; `reroot status` says what keeps it out',
    status: 409,
    exit: 4,
  },
  RR_ISSUE_NOT_MEMBER: {
    means: 'an agent asked for an intermediate of a mesh that its cluster does not belong to',
    remedy: 'add the cluster to the mesh, or stop its agent',
    status: 403,
    exit: 4,
  },
  RR_REPORT_NOT_MEMBER: {
    means: 'a report came from a cluster that does not belong to the mesh',
    remedy: 'add the cluster to the mesh, or stop its agent',
    status: 403,
    exit: 4,
  },
  RR_REPORT_UNREADABLE: {
    means: 'a report names certificates that it does not carry, or carries too many or unreadable ones',
    remedy: 'run the same version of mgmt and agent',
    status: 422,
    exit: 1,
  },
  RR_REPORT_OTHER_TERM: {
    means: 'the last report was made under another term of mgmt, and is not counted as evidence',
    remedy:
      'wait for the next report; if its term is higher than that of mgmt, the store is older than the clusters: restore the newest backup',
    status: 409,
    exit: 4,
  },
  RR_TASK_UNANSWERED: {
    means: 'the agent of a cluster did not answer a task of mgmt in time',
    remedy:
      'see in reroot cluster list whether the agent is connected; one that was enrolled before version 3 of the protocol hears tasks with its next JWT, which reroot cluster rotate-credentials gives it at once',
    status: 504,
    exit: 5,
  },
  RR_TASK_UNSUPPORTED: {
    means: 'the agent of a cluster is of a version that knows no tasks',
    remedy: 'update the agent',
    status: 409,
    exit: 4,
  },
  RR_TASK_REFUSED: {
    means: 'the agent of a cluster could not do a task of mgmt; the message has its own code',
    remedy: 'look that code up, and read the log of the agent',
    status: 502,
    exit: 1,
  },
  RR_TASK_UNKNOWN: {
    means: 'mgmt has asked an agent for something that this version of it does not know',
    remedy: 'update the agent',
    status: 409,
    exit: 4,
  },
  RR_TASK_BUSY: {
    means: 'an agent is doing as many tasks as it does at a time',
    remedy: 'nothing, mgmt asks again; where it lasts, ask for less at a time',
    status: 503,
    exit: 4,
  },
  RR_TASK_EXPIRED: {
    means: 'a task took an agent longer than mgmt was going to wait',
    remedy: 'see whether the cluster answers the agent: its log names what is slow',
    status: 504,
    exit: 5,
  },
  RR_HANDSHAKE_CONTRADICTORY: {
    means: 'what one end of a handshake is said to have written does not go on from what it was said to have written before',
    remedy: 'nothing, the handshake is made anew; where it lasts, look for two agents that speak for one cluster',
    status: 409,
    exit: 1,
  },
  RR_HANDSHAKE_CREDENTIAL: {
    means: 'TLS cannot use the certificate or the bundle that a replica of istiod has given',
    remedy: 'run reroot pki check on the CA files of the cluster',
    status: 422,
    exit: 1,
  },
  RR_HANDSHAKE_UNKNOWN: {
    means:
      'an agent was asked to go on with a handshake that it does not know, because it was started anew or too long has passed',
    remedy: 'nothing, the handshake is made anew',
    status: 404,
    exit: 1,
  },
  RR_HANDSHAKE_FAILED: {
    means: 'a handshake between two clusters broke off for another reason than that one end does not trust the other',
    remedy: 'nothing, it is made anew; where it lasts, the message has the word of OpenSSL for it',
    status: 502,
    exit: 1,
  },
  RR_HANDSHAKE_STALLED: {
    means: 'a handshake between two clusters came to no end',
    remedy: 'nothing, it is made anew; where it lasts, report it with the log lines of both agents around it',
    status: 504,
    exit: 5,
  },
  RR_HANDSHAKE_NO_REPLICA: {
    means: 'no replica of istiod is known in a cluster, so nobody can present a certificate for it',
    remedy: 'see in reroot status whether the cluster reports, and whether istiod runs there',
    status: 409,
    exit: 4,
  },
  RR_HANDSHAKE_CONTROL: {
    means: 'that a leaf of the old root does not get through proves nothing, for the control does not stand beside it',
    remedy: 'see the reason: where the new root is refused too, the cluster does not hold what it shall',
    status: 409,
    exit: 1,
  },
  RR_PATH_PROBE_FORBIDDEN: {
    means: 'an agent was asked to dial an address that its configuration does not allow',
    remedy: 'add the address to handshakes.pathProbes.allow of that agent if it is to be probed',
    status: 403,
    exit: 4,
  },
  RR_SIM_UNKNOWN: {
    means: 'the simulated fleet has no such cluster or replica',
    remedy: 'use one of the names that the message lists',
    status: 404,
    exit: 2,
  },
  RR_SIM_REQUEST_INVALID: {
    means: 'a request to the simulated fleet is malformed',
    remedy: 'use the agent and the launcher of the same version as the fleet',
    status: 400,
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;

/** Whether a text is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalogue, text);
}
