import { type AccountToken, type AccountTokenOptions, createAccountToken } from '../account-token/account-token.ts';

/** The audience that istiod demands unless TOKEN_AUDIENCES says otherwise. */
const audience = 'istio-ca';

/** Obtains tokens of the agent's own ServiceAccount with the audience of istiod: all replicas are probed at once with one. */
export function createIstioToken(options: Omit<AccountTokenOptions, 'audiences'>): AccountToken {
  return createAccountToken({ ...options, audiences: [audience] });
}
