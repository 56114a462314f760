import { describeVaultCredentialsContract } from '../vault/vault-credentials-contract.ts';
import { createMemoryVaultCredentials } from './memory-vault-credentials.ts';

describeVaultCredentialsContract('memory', async () => {
  const credentials = createMemoryVaultCredentials();
  const account = { namespace: 'default', name: 'vault' };
  credentials.putJwt(account, 'head.claims.signature');
  return {
    credentials,
    account,
    putSecret: async (secret, data) => credentials.putSecret(secret, data),
    dispose: async () => undefined,
  };
});
