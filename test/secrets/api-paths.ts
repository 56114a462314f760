import { type Operation, operations } from '@reroot/shared/api-contract';

/** Every path that mgmt's API answers GET for, as its table says: one that is added is looked at from then on. */
export function pathsToRead(mesh: string): readonly string[] {
  return Object.values<Operation>(operations)
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replace('{mesh}', mesh));
}
