/**
 * Every key of a log line, and what stands there; docs/logs.md is made from this. A line with another key does not compile.
 * A key keeps its name and its meaning: searches and alerts are built on them.
 */
export const logKeys = {
  level: '`debug`, `info`, `warn` or `error`',
  time: 'when, in UTC with milliseconds, as RFC 3339 writes it',
  name: 'the program: `reroot-mgmt`, `reroot-agent`',
  msg: 'what happened, a sentence that is the same each time',
  traceId: 'the trace that this is part of ([tracing.md](tracing.md)), 32 hex digits; only while a tracer is registered',
  spanId: 'the span of it, 16 hex digits',

  mesh: 'name of the mesh',
  cluster: 'name of the cluster',
  rotation: 'the rotation, as `reroot history` shows it',
  generation: 'number of the row in force; a cluster holds a row of that number or an older one',
  term: 'number of the mgmt that gave the row; a restart of mgmt takes the next one',
  state: 'state of the mesh; of the connection to NATS in lines about it',
  step: 'step of the rotation',
  requestId: 'request to the API; the header `X-Request-Id` of the answer has it too',

  handedOverBy: 'the replica of mgmt that was asked, and has handed the request over to this one, which leads',
  firstRequestId: 'the `requestId` that it had there',
  leader: 'the replica that leads, by its identity',
  transitions: 'how often the Lease went from one replica to another',

  code: 'code of [errors.md](errors.md)',
  problem: 'what is wrong, in words',
  remedy: 'what to do about it',
  place: 'where it is wrong: a file, a key, an address',
  reason: 'a reason of [troubleshooting.md](troubleshooting.md), in CamelCase',
  message: 'how the mesh or a cluster stands, in words; the same as in `reroot status`',
  severity: 'of an alarm: `warning` or `critical`',
  stack: 'where in the program something unforeseen happened',
  heldBack: 'how many lines like this one were left out since the last one',

  by: 'who asked for it',
  why: 'the reason that they gave',
  via: 'how they were known: by token, certificate, Kubernetes, or not at all',
  address: 'where a request came from; the address that mgmt listens on',
  object: 'kind and name of a custom resource',
  method: 'method of a request',
  path: 'path of a request as the API knows it (`/v1/meshes/:mesh`), or of a collection of Kubernetes',
  outcome: 'how a request ended that came again with its key',
  closeCode: 'why a live stream was closed, by WebSocket code',
  clients: 'how many follow the live stream',

  subject: 'NATS subject',
  operation: 'what the NATS server forbids: to publish or to subscribe',
  server: 'address of a server that is spoken to',
  url: 'address at which the program answers',
  webhook: 'name of a webhook',
  role: 'role in Vault',
  leaseSeconds: 'how long a token of Vault is good',
  renewable: 'whether it can be renewed',
  waitMs: 'how long is waited before the next try',

  passed: 'whether a verdict lets the mesh go on',
  laggards: 'how many a verdict waits for',
  errors: 'what a condition names besides its message',
  drift: 'which kind of drift',
  proof: 'id of a proof',
  root: 'fingerprint of a root',
  newIntermediate: 'whether a write brought a new intermediate',
  replica: 'pod of istiod',
  namespace: 'namespace of Kubernetes',
  pod: 'pod with a proxy',
  owner: 'Deployment, StatefulSet or DaemonSet, as `KIND NAMESPACE/NAME`',

  formerly: 'the name that a cluster had',
  keyId: 'id of a public key that signs for an agent',
  tokenId: 'id of a join token, never the token',
  epoch: 'how often the keys of a cluster have been changed',
  natsUsers: 'public keys of users of NATS',
  file: 'path of a file',
  mode: 'its mode, in octal',
  notAfter: 'end of a certificate or a token',
  daysLeft: 'days until then',
  blobs: 'how many blobs of the store there were',
  last: 'number of the last entry of the journal that was handed on',
  part: 'part of the program',
  version: 'version of the program',
  commit: 'commit of its sources; `unknown` where it runs from them',

  workload: 'a simulated workload',
  client: 'who began a simulated handshake',
  side: 'who refused it',
  ratePerSecond: 'how many simulated handshakes begin in a second',
} as const satisfies Readonly<Record<string, string>>;

/** A key of a log line. */
export type LogKey = keyof typeof logKeys;

/** What a line may say under a key: no objects, so that each key can be searched for. */
export type LogValue = string | number | boolean | readonly string[] | undefined;

/** Fields of a line. */
export type LogFields = { readonly [Key in LogKey]?: LogValue };

/** `Fields` where they are fields of a line and nothing else: what is spread into a literal is held to it too. */
export type OnlyLogFields<Fields extends object> = Fields &
  LogFields & { readonly [Key in Exclude<keyof Fields, LogKey>]: never };
