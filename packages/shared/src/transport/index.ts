export { backOffMs } from './back-off.ts';
export type { Bus, BusMessage, BusStats, BusStatus, RequestOptions, SubscribeOptions } from './bus.ts';
export type { ClientCertificate, ConnectOptions, NatsCredentials } from './connect-options.ts';
export { connectBus } from './nats-bus.ts';
export { orAbort } from './or-abort.ts';
export { readServers, withoutCredentials } from './server-address.ts';
