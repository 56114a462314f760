/** Path of the live stream: a WebSocket (RFC 6455); docs/api-live.md says how it is spoken. */
export const livePath = '/v1/live';

/** The same of one mesh alone, for whoever may not read the others. */
export function liveMeshPath(mesh: string): string {
  return `/v1/meshes/${encodeURIComponent(mesh)}/live`;
}

/** The subprotocol that a client offers and mgmt answers with. It changes when what is said changes for those who know the old. */
export const liveProtocol = 'reroot.v2';

/** What a subprotocol that carries a bearer token begins with. */
export const liveBearerPrefix = 'reroot.bearer.';

/**
 * The subprotocols for the constructor of a browser's WebSocket, which can set no header. The token stands in the list for mgmt
 * alone: never in the URL, which proxies and browsers write down.
 * @param token a bearer token (RFC 6750 §2.1), ASCII; left out where mgmt asks for none, or the client has a certificate
 */
export function liveProtocols(token?: string): string[] {
  return token === undefined ? [liveProtocol] : [liveProtocol, `${liveBearerPrefix}${base64url(token)}`];
}

/** Without Node's Buffer, which browsers lack. */
function base64url(ascii: string): string {
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
