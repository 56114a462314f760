import type { NatsOperator } from '@reroot/shared/nats-auth';
import { hostAndPort, type ServerAddress } from './nats-init-address.ts';

/** The servers that stand together, and the leaf nodes in front of them. */
export interface NatsTopology {
  readonly servers: readonly ServerAddress[];
  readonly leaves: readonly ServerAddress[];
}

const tlsFiles = 'cert_file: "server.crt", key_file: "server.key"';

/** The configuration of one of the servers that stand together. */
export function serverConfig(operator: NatsOperator, self: ServerAddress, { servers, leaves }: NatsTopology): string {
  return [
    ...common(operator, self),
    ...(servers.length > 1 ? clusterBlock(self, servers) : []),
    ...(leaves.length > 0 ? leafListener(self) : []),
    '',
  ].join('\n');
}

/** The configuration of a leaf node: it lets agents in as the servers do, and passes on what concerns mgmt. */
export function leafConfig(operator: NatsOperator, self: ServerAddress, { servers }: NatsTopology): string {
  const urls = servers.map(({ host, leafPort }) => quoted(`tls://${hostAndPort(host, leafPort)}`)).join(', ');
  const remote = (account: string, credentials: string): string =>
    `    { urls: [${urls}], account: ${account}, credentials: "${credentials}", tls { ca_file: "ca.crt", timeout: 5 } }`;
  return [
    ...common(operator, self),
    '',
    '# The second one carries revocations: without it a user that is revoked would stay connected here.',
    'leafnodes {',
    '  remotes: [',
    remote(operator.account.publicKey, 'leaf.creds'),
    remote(operator.system.publicKey, 'leaf-system.creds'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function common({ jwt, system, account }: NatsOperator, { host, port, listen, name }: ServerAddress): readonly string[] {
  return [
    '# Written by `reroot nats init`. Start it in the folder of this file, in which it keeps the accounts (jwt/):',
    '#   nats-server --config nats-server.conf',
    `server_name: ${quoted(name)}`,
    `listen: ${quoted(hostAndPort(listen, port))}`,
    `client_advertise: ${quoted(hostAndPort(host, port))}`,
    '',
    '# A client that does not speak TLS is refused.',
    `tls { ${tlsFiles}, timeout: 5 }`,
    '',
    '# The largest message of reroot has 8 MiB and 4 KiB.',
    'max_payload: 9MB',
    'max_pending: 64MB',
    // What nats-server allows by itself, said aloud: each agent is one, and for a moment two when it changes its user.
    'max_connections: 65536',
    'write_deadline: "10s"',
    'ping_interval: "20s"',
    '# Monitoring is off. On this machine alone, without TLS: http: "127.0.0.1:8222"',
    '',
    `operator: ${quoted(jwt)}`,
    `system_account: ${quoted(system.publicKey)}`,
    '# Keep the folder: what has been revoked is in it. A server that lost it learns it from the others within the interval.',
    'resolver { type: full, dir: "jwt", allow_delete: false, interval: "5s", limit: 16 }',
    'resolver_preload {',
    `  ${system.publicKey}: ${quoted(system.jwt)}`,
    `  ${account.publicKey}: ${quoted(account.jwt)}`,
    '}',
  ];
}

function clusterBlock(self: ServerAddress, servers: readonly ServerAddress[]): readonly string[] {
  const routes = servers
    .filter((each) => each !== self)
    .map(({ host, routePort }) => `    ${quoted(`tls://${hostAndPort(host, routePort)}`)}`);
  return [
    '',
    '# The servers show one another their certificates: nobody else can join.',
    'cluster {',
    '  name: "reroot"',
    `  listen: ${quoted(hostAndPort(self.listen, self.routePort))}`,
    `  advertise: ${quoted(hostAndPort(self.host, self.routePort))}`,
    `  tls { ${tlsFiles}, ca_file: "ca.crt", verify: true, timeout: 5 }`,
    '  routes: [',
    ...routes,
    '  ]',
    '}',
  ];
}

function leafListener({ host, listen, leafPort }: ServerAddress): readonly string[] {
  return [
    '',
    '# Leaf nodes prove who they are by their credentials.',
    'leafnodes {',
    `  listen: ${quoted(hostAndPort(listen, leafPort))}`,
    `  advertise: ${quoted(hostAndPort(host, leafPort))}`,
    `  tls { ${tlsFiles}, timeout: 5 }`,
    '}',
  ];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
