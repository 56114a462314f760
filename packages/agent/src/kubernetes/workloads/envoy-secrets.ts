import { type Fields, type HeldTrust, invalid, objectsOf, parseAnswer, valueAt } from './proxy-answer.ts';

/**
 * The secrets in use, of each nothing but the name, the chain and the roots: not even the place of a private key, which Envoy
 * would blacken, is asked for (Envoy, /config_dump with `resource` and `mask`).
 */
export const envoySecretsPath =
  '/config_dump?resource=dynamic_active_secrets&mask=name,secret.tls_certificate.certificate_chain,secret.validation_context.trusted_ca';

/** Names under which pilot-agent serves them by SDS (pkg/istio-agent and security/pkg/nodeagent/cache). */
const leafSecret = 'default';
const rootSecret = 'ROOTCA';

/**
 * Reads what an Envoy of Istio holds. One that holds no secret yet answers with an empty object.
 * @param who is asked; the subject of the error's sentence
 * @throws RR_PROXY_ANSWER_INVALID
 */
export function parseEnvoySecrets(text: string, who: string): HeldTrust {
  const answer = parseAnswer(text, who);
  if (answer.configs !== undefined && !Array.isArray(answer.configs)) throw invalid(who, 'no list of secrets');
  const secrets = objectsOf(answer.configs);
  const find = (name: string): Fields | undefined => secrets.find((secret) => secret.name === name);
  return {
    identity: undefined,
    certChain: textOf(valueAt(find(leafSecret), 'secret', 'tls_certificate', 'certificate_chain'), who),
    rootCert: textOf(valueAt(find(rootSecret), 'secret', 'validation_context', 'trusted_ca'), who),
  };
}

/** A DataSource of Envoy; pilot-agent sends the bytes themselves. */
function textOf(source: unknown, who: string): string {
  if (source === undefined) return '';
  const bytes = valueAt(source, 'inline_bytes');
  if (typeof bytes === 'string') return Buffer.from(bytes, 'base64').toString('utf8');
  const text = valueAt(source, 'inline_string');
  if (typeof text === 'string') return text;
  throw invalid(who, 'a secret without its bytes');
}
