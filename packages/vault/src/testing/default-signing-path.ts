/** The endpoint of Vault's HTTP API that signs with whichever issuer is the default one of a mount. @param mount of PKI */
export function defaultSigningPath(mount: string): string {
  return [mount, 'root', 'sign-intermediate'].join('/');
}
