import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseYaml } from '@reroot/shared/config';
import { z } from 'zod';

const usersSchema = z.looseObject({
  users: z
    .array(z.looseObject({ name: z.string(), user: z.looseObject({ tokenFile: z.string().optional() }).nullish() }))
    .nullish(),
});

/**
 * The `tokenFile` of a user in a kubeconfig (client.authentication in k8s.io/client-go/tools/clientcmd/api/v1), which
 * `KubeConfig` of @kubernetes/client-node does not know. It wins over a token beside it, as with kubectl, and is read anew
 * for each request: whoever renews it tells nobody.
 * @param files merged; the first that has the user counts
 */
export async function readTokenFile(files: readonly string[], user: string | undefined): Promise<string | undefined> {
  for (const file of files) {
    const { users } = parseYaml(await readFile(file, 'utf8'), usersSchema, file);
    const found = users?.find(({ name }) => name === user);
    if (found === undefined) continue;
    const tokenFile = found.user?.tokenFile;
    return tokenFile === undefined ? undefined : (await readFile(resolve(dirname(file), tokenFile), 'utf8')).trim();
  }
  return undefined;
}
