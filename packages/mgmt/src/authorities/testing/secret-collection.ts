import { type ScriptedApiServer, sendJson, sendStatus } from '@reroot/kube-api/testing';

interface Secret {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

/** Has a scripted API server keep the Secrets of its namespaces: it creates, gives, lists by labels, and deletes. */
export function keepSecrets(server: ScriptedApiServer): Map<string, Secret> {
  const secrets = new Map<string, Secret>();
  server.answer(({ method, path, query, body }, response) => {
    const [own = ''] = path.split('?', 1);
    if (method === 'POST') {
      const secret = JSON.parse(body) as Secret;
      const created = `${own}/${secret.metadata.name}`;
      if (secrets.has(created)) {
        sendStatus(response, 409, { reason: 'AlreadyExists' });
        return;
      }
      secrets.set(created, secret);
      sendJson(response, secret, 201);
      return;
    }
    if (own.endsWith('/secrets')) {
      const wanted = (query.get('labelSelector') ?? '').split(',').map((each) => each.split('='));
      const items = [...secrets]
        .filter(([name, { metadata }]) => {
          const isHere = name.startsWith(`${own}/`);
          return isHere && wanted.every(([label = '', value]) => metadata.labels?.[label] === value);
        })
        .map(([, secret]) => secret);
      sendJson(response, { kind: 'SecretList', metadata: { resourceVersion: '1' }, items });
      return;
    }
    const found = secrets.get(own);
    if (found === undefined) {
      sendStatus(response, 404, { reason: 'NotFound' });
      return;
    }
    if (method === 'DELETE') secrets.delete(own);
    sendJson(response, found);
  });
  return secrets;
}
