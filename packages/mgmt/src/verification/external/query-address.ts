/**
 * Where a Prometheus answers instant queries.
 * @param url above `/api/v1/query`
 */
export function queryAddress(url: string): URL {
  return new URL(`${url.replace(/\/+$/, '')}/api/v1/query`);
}
