import { RerootError } from '@reroot/shared/errors';

/**
 * A path as it goes into a URL. Vault takes `..` out of a path before it looks at its policies, and so might whatever is in
 * between: such a path would ask for something else than it says.
 * @throws RR_VAULT_CONFIG_INVALID
 */
export function encodePath(path: string): string {
  const segments = path.split('/');
  const odd = segments.find((segment) => segment === '' || segment === '.' || segment === '..' || /[\p{Cc}?#%]/u.test(segment));
  if (odd === undefined) return segments.map(encodeURIComponent).join('/');
  throw new RerootError(
    'RR_VAULT_CONFIG_INVALID',
    `${JSON.stringify(path)} is not a path in Vault, for example pki/issuer/default`,
  );
}

/** A path below a mount, which may itself have several segments and slashes at its ends. */
export function below(mount: string, rest: string): string {
  return `${mount.replace(/^\/|\/$/g, '')}/${rest}`;
}
