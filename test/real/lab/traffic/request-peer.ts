import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { peerHeader, proxyPorts } from '../mesh/envoy-bootstrap.ts';
import { type FailureReason, readFailure } from './failure-reason.ts';

/** What became of one request. */
export type RequestResult = { readonly kind: 'ok' } | ({ readonly kind: 'failed' } & FailureReason);

/** Plays the applications: sends plain requests to the proxies beside them. */
export interface Applications {
  /** From one pod to another, by their proxies. */
  request(clientAddress: string, serverAddress: string): Promise<RequestResult>;
  close(): void;
}

/** Longer than Envoy's own deadlines, so that it is Envoy who says what went wrong. */
const timeoutMs = 8_000;

export function createApplications(): Applications {
  const agent = new Agent({ keepAlive: true });
  const send = async (clientAddress: string, serverAddress: string): Promise<RequestResult> => {
    const { promise, resolve, reject } = Promise.withResolvers<RequestResult>();
    const request = httpRequest(
      {
        host: clientAddress,
        port: proxyPorts.outbound,
        agent,
        headers: { [peerHeader]: `${serverAddress}:${proxyPorts.inbound}` },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        text(response).then(
          (body) => resolve(status === 200 ? { kind: 'ok' } : { kind: 'failed', ...readFailure(status, body) }),
          reject,
        );
      },
    );
    request.on('error', reject).end();
    return promise;
  };
  return {
    request: async (clientAddress, serverAddress) => {
      try {
        return await send(clientAddress, serverAddress);
      } catch (thrown) {
        const reason = (thrown as NodeJS.ErrnoException).code ?? (thrown as Error).name;
        return { kind: 'failed', side: 'client', reason };
      }
    },
    close: () => {
      agent.destroy();
    },
  };
}
