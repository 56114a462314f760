/**
 * Lets etcd come to a later revision and forget those before it (its JSON gateway,
 * https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway). An API server that is started then knows of no earlier one either.
 */
export async function forgetPast(etcd: string): Promise<void> {
  const post = async (path: string, body: object): Promise<{ readonly header: { readonly revision: string } }> => {
    const response = await fetch(`http://${etcd}:2379${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`etcd answered ${path} with ${response.status}: ${await response.text()}`);
    return (await response.json()) as { header: { revision: string } };
  };
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  await post('/v3/kv/put', { key: encode('past'), value: encode('1') });
  const { header } = await post('/v3/kv/put', { key: encode('past'), value: encode('2') });
  await post('/v3/kv/compaction', { revision: header.revision, physical: true });
}
