export type { Bus, BusMessage, BusStatus, RequestOptions } from './bus.ts';
export { type ConnectOptions, connectBus } from './nats-bus.ts';
