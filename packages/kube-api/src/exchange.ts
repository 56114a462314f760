/** One request as it goes to the API server. */
export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  /** JSON of any object when left out. */
  readonly accept?: string;
  readonly body?: { readonly contentType: string; readonly text: string };
}

/** How a request is called in messages: without the query, which may hold a long continue token. */
export function nameOf({ method, path }: Exchange): string {
  return `${method} ${path.split('?', 1)[0] ?? path}`;
}

/** Where the path leads on this server, whose own address may have a path too, such as that of a gateway to many clusters. */
export function addressOf(server: URL, { path }: Exchange): URL {
  return new URL(`${server.origin}${server.pathname.replace(/\/$/, '')}${path}`);
}
