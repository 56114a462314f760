/** What the tests use of a package that comes without types (github.com/panva/node-oidc-provider/blob/main/docs). */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
  }
}
