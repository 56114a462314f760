import { agentPermissions, joinPermissions, type NatsPermissions } from '@reroot/shared/nats-auth';
import type { Topic } from '@reroot/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GeneratedNats, generateNats } from './generated-nats.ts';
import { connectClient, type TestClient } from './nats-client.ts';

const everyTopic = { trust: 1, report: 1, issue: 1, enrol: 1, renew: 1, terms: 1, link: 1, task: 1, result: 1 } satisfies Record<
  Topic,
  1
>;
const topics = Object.keys(everyTopic);
const clusters = ['m1.c1', 'm1.c2', 'm2.c1', 'm2.c2'];
const own = 'reroot.v1.m1.c1';

const inboxes = (cluster: string): readonly string[] => [
  `reroot.v1.${cluster}.inbox.A.1`,
  `reroot.v1.${cluster}.enrol-inbox.A.1`,
];

/** Subjects that a message can be published on: all of ours for four clusters, their neighbours, and those of others. */
const literals: readonly string[] = [
  ...clusters.flatMap((cluster) => [...topics.map((topic) => `reroot.v1.${cluster}.${topic}`), ...inboxes(cluster)]),
  own,
  `${own}.inbox`,
  `${own}.enrol-inbox`,
  `${own}.unknown`,
  ...topics.map((topic) => `${own}.${topic}.more`),
  'reroot.v1.m1.report',
  'reroot.v2.m1.c1.report',
  'reroot',
  'other',
  '_INBOX.A.1',
  '_INBOX.reroot.A',
  '$JS.API.INFO',
  '$JS.API.STREAM.CREATE.S',
  '$KV.B.k',
  '$SYS.REQ.SERVER.PING',
  '$SYS.REQ.USER.INFO',
  '$SYS.REQ.CLAIMS.UPDATE',
  '$SYS.ACCOUNT.A.CONNECT',
  '$MQTT.sub.1',
  '$LDS.1',
];

/** What can be subscribed to besides. */
const wildcards: readonly string[] = [
  '>',
  '*',
  '*.>',
  '*.*.*.*.*',
  'reroot.>',
  'reroot.*.>',
  'reroot.v1.>',
  'reroot.v1.*.*.*',
  'reroot.v1.*.*.*.>',
  'reroot.v1.m1.>',
  'reroot.v1.m1.*.>',
  `${own}.>`,
  `${own}.*`,
  `${own}.*.>`,
  'reroot.v1.m1.c2.>',
  'reroot.*.m1.c1.trust',
  '*.v1.m1.c1.trust',
  ...topics.flatMap((topic) => [`reroot.v1.*.*.${topic}`, `reroot.v1.m1.*.${topic}`, `reroot.v1.*.c1.${topic}`]),
  ...['inbox', 'enrol-inbox'].flatMap((inbox) => [
    `reroot.v1.*.*.${inbox}.>`,
    `reroot.v1.m1.*.${inbox}.>`,
    `${own}.${inbox}.>`,
    `${own}.${inbox}.*.*`,
    `reroot.v1.m1.c2.${inbox}.>`,
  ]),
  '_INBOX.>',
  '_INBOX.*',
  '_INBOX.reroot.>',
  '$SYS.>',
  '$SYS.REQ.>',
  '$JS.>',
  '$JS.API.>',
  '$KV.>',
  '$MQTT.>',
  '$LDS.>',
];

const ofEveryCluster = (...of: readonly string[]): readonly string[] =>
  clusters.flatMap((cluster) => of.map((topic) => `reroot.v1.${cluster}.${topic}`));

const anyOf = (...of: readonly string[]): readonly string[] =>
  of.flatMap((topic) => [`reroot.v1.*.*.${topic}`, `reroot.v1.m1.*.${topic}`, `reroot.v1.*.c1.${topic}`]);

/** Who is tried, and all that they may do; written out, and not taken from the code that it checks. */
const table: readonly {
  readonly who: string;
  readonly permissions: NatsPermissions | 'those of mgmt.creds';
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}[] = [
  {
    who: 'an agent',
    permissions: agentPermissions('m1', 'c1'),
    publish: [`${own}.report`, `${own}.issue`, `${own}.renew`, `${own}.link`, `${own}.result`],
    subscribe: [`${own}.trust`, `${own}.terms`, `${own}.task`, `${own}.inbox.A.1`, `${own}.inbox.>`, `${own}.inbox.*.*`],
  },
  {
    who: 'who holds a join file',
    permissions: joinPermissions('m1', 'c1'),
    publish: [`${own}.enrol`],
    subscribe: [`${own}.enrol-inbox.A.1`, `${own}.enrol-inbox.>`, `${own}.enrol-inbox.*.*`],
  },
  { who: 'who is permitted nothing', permissions: { publish: [], subscribe: [] }, publish: [], subscribe: [] },
  {
    who: 'mgmt',
    permissions: 'those of mgmt.creds',
    publish: [...ofEveryCluster('trust', 'terms', 'task'), ...clusters.flatMap(inboxes)],
    subscribe: [
      ...ofEveryCluster('report', 'issue', 'enrol', 'renew', 'link', 'result'),
      ...anyOf('report', 'issue', 'enrol', 'renew', 'link', 'result'),
    ],
  },
];

let nats: GeneratedNats;
let host: string;
/** A user of the same account who may do everything: it hears what the servers let through, and says everything. */
let observer: TestClient;

beforeAll(async () => {
  nats = await generateNats({ servers: 1, leaves: 0 });
  await Promise.all(nats.servers.map((server) => server.start()));
  host = nats.servers[0]?.host ?? '';
  const user = await nats.createUser({ publish: ['>'], subscribe: ['>'] });
  observer = await connectClient({ host, ca: nats.ca, user });
});

afterAll(async () => {
  await observer.connection.close();
  await nats.stop();
});

describe.each(table)('$who', ({ permissions, publish, subscribe }) => {
  let client: TestClient;

  beforeAll(async () => {
    const user = permissions === 'those of mgmt.creds' ? nats.mgmt : await nats.createUser(permissions);
    client = await connectClient({ host, ca: nats.ca, user });
  });

  afterAll(() => client.connection.close());

  it('publishes on its own subjects, and each other one is refused', async () => {
    const heard: string[] = [];
    const everything = observer.connection.subscribe('>', {
      callback: (_, { subject }) => {
        heard.push(subject);
      },
    });
    await observer.connection.flush();
    const before = client.refused.length;
    for (const subject of literals) client.connection.publish(subject);
    await client.connection.flush();
    await observer.connection.flush();
    everything.unsubscribe();
    expect(heard.toSorted()).toEqual(publish.toSorted());
    const refused = client.refused.slice(before);
    expect(refused).toEqual(literals.filter((subject) => !publish.includes(subject)).map((subject) => `publish ${subject}`));
  });

  it('subscribes to its own subjects, and each other one is refused and brings nothing', async () => {
    for (const subject of [...literals, ...wildcards]) {
      const before = client.refused.length;
      const got: string[] = [];
      const subscription = client.connection.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) got.push(message.subject);
        },
      });
      await client.connection.flush();
      for (const each of literals) observer.connection.publish(each);
      await observer.connection.flush();
      await client.connection.flush();
      subscription.unsubscribe();
      const allowed = subscribe.includes(subject);
      expect.soft(client.refused.slice(before), subject).toEqual(allowed ? [] : [`subscription ${subject}`]);
      expect.soft(got, subject).toEqual(allowed ? literals.filter((each) => covers(subject, each)) : []);
    }
  });
});

/** Whether a subscription hears a subject: `*` stands for one token, `>` for all that follow. */
function covers(subscription: string, subject: string): boolean {
  const pattern = subscription.split('.').map((token) => (token === '*' ? '[^.]+' : token === '>' ? '.+' : token));
  return new RegExp(`^${pattern.join('\\.').replaceAll('$', '\\$')}$`).test(subject);
}
