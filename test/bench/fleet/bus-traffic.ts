/** From the broker's monitoring: each byte counts where it comes in and wherever it goes out. */
export interface BusTraffic {
  readonly bytes: number;
  readonly messages: number;
}

/** How many messages the broker has handed to whom it was for, by topic. */
export type TopicTraffic = Readonly<Partial<Record<string, number>>>;

/** The server lists no more at a time than it is asked for. */
const mostConnections = 20_000;

/** @param port of the broker's monitoring */
export async function readTraffic(port: number, signal: AbortSignal): Promise<BusTraffic> {
  const varz = await ask<Record<'in_bytes' | 'out_bytes' | 'in_msgs' | 'out_msgs', number>>(port, 'varz', signal);
  return { bytes: varz.in_bytes + varz.out_bytes, messages: varz.in_msgs + varz.out_msgs };
}

/**
 * The same by topic, over the subscriptions that there are now: what was handed to a connection that has ended is not in it.
 * @param port of the broker's monitoring
 * @throws Error where there are more connections than the server lists
 */
export async function readTopics(port: number, signal: AbortSignal): Promise<TopicTraffic> {
  const { connections, total } = await ask<Connections>(port, `connz?subs=detail&limit=${mostConnections}`, signal);
  if (connections.length < total) throw new Error(`the broker lists ${connections.length} of ${total} connections`);
  const topics: Partial<Record<string, number>> = {};
  for (const { subject, msgs } of connections.flatMap(({ subscriptions_list_detail: details = [] }) => details)) {
    // reroot.v1.MESH.CLUSTER.TOPIC
    const topic = subject.split('.')[4] ?? 'other';
    topics[topic] = (topics[topic] ?? 0) + msgs;
  }
  return topics;
}

interface Connections {
  readonly total: number;
  readonly connections: readonly { readonly subscriptions_list_detail?: readonly Subscribed[] }[];
}

interface Subscribed {
  readonly subject: string;
  readonly msgs: number;
}

async function ask<T>(port: number, path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/${path}`, { signal });
  return (await response.json()) as T;
}
