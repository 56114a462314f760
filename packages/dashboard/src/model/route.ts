/** The views of a mesh. */
export const views = ['rotation', 'fleet', 'matrix', 'handshakes', 'certificates', 'plan', 'history'] as const;
export type View = (typeof views)[number];

/** Where the reader is. It stands behind the `#`, which a browser sends to nobody. */
export type Route =
  | { readonly at: 'meshes' }
  | { readonly at: 'view'; readonly mesh: string; readonly view: View; readonly query: URLSearchParams }
  | { readonly at: 'cluster'; readonly mesh: string; readonly cluster: string };

/** Reads what stands behind the `#`; whatever leads nowhere leads to the list of meshes. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [mesh, place, name] = path.split('/').filter(Boolean).map(decode);
  if (mesh === undefined || mesh === '') return { at: 'meshes' };
  if (place === 'clusters' && name !== undefined) return { at: 'cluster', mesh, cluster: name };
  const view = views.find((each) => each === place) ?? 'rotation';
  return { at: 'view', mesh, view, query: new URLSearchParams(query) };
}

/** The text for a link. */
export function hrefOf(route: Route): string {
  switch (route.at) {
    case 'meshes':
      return '#/';
    case 'cluster':
      return `#/${encodeURIComponent(route.mesh)}/clusters/${encodeURIComponent(route.cluster)}`;
    case 'view': {
      const query = route.query.toString();
      const place = route.view === 'rotation' ? '' : `/${route.view}`;
      return `#/${encodeURIComponent(route.mesh)}${place}${query === '' ? '' : `?${query}`}`;
    }
  }
}

/** A link to a view as it is by default. */
export function viewHref(mesh: string, view: View, query: Readonly<Record<string, string>> = {}): string {
  return hrefOf({ at: 'view', mesh, view, query: new URLSearchParams(query) });
}

/** A link to the page of a cluster. */
export function clusterHref(mesh: string, cluster: string): string {
  return hrefOf({ at: 'cluster', mesh, cluster });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
