/** The HTTP API. */
export { type Access, isLoopbackHost } from './access.ts';
export { type ListenAddress, listen } from './listen.ts';
export { type ApiOptions, createApi } from './server.ts';
