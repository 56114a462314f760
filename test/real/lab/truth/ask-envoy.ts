import { proxyPorts } from '../mesh/envoy-bootstrap.ts';

/** What an Envoy holds, in PEM; undefined while it holds none. */
export interface HeldByProxy {
  readonly certChain: string | undefined;
  readonly rootCert: string | undefined;
}

const timeoutMs = 3_000;

interface SecretDump {
  readonly configs?: readonly {
    readonly name: string;
    readonly secret?: {
      readonly tls_certificate?: { readonly certificate_chain?: { readonly inline_bytes?: string } };
      readonly validation_context?: { readonly trusted_ca?: { readonly inline_bytes?: string } };
    };
  }[];
}

/** Asks its admin interface, not by way of the Kubernetes API. */
export async function askEnvoy(address: string): Promise<HeldByProxy> {
  const url = `http://${address}:${proxyPorts.admin}/config_dump?resource=dynamic_active_secrets`;
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  const { configs = [] } = (await response.json()) as SecretDump;
  const secretOf = (name: string): NonNullable<SecretDump['configs']>[number]['secret'] =>
    configs.find((config) => config.name === name)?.secret;
  return {
    certChain: decode(secretOf('default')?.tls_certificate?.certificate_chain?.inline_bytes),
    rootCert: decode(secretOf('ROOTCA')?.validation_context?.trusted_ca?.inline_bytes),
  };
}

function decode(base64: string | undefined): string | undefined {
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString();
}
