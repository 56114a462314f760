/**
 * TLS handshakes whose bytes are carried by messages: either end, without a network between them.
 *
 *   const client = openEndpoint({ role: 'client', session, credential, trustDomain });
 *   const { written } = await client.hear(new Uint8Array());
 */
export { type Credential, makeCredential } from './credential.ts';
export { type Endpoint, type EndpointOptions, openEndpoint, tlsRules } from './endpoint.ts';
export { type JudgedPeer, judgePeer, type PeerVerdict } from './judge-peer.ts';
export { receivedAlert } from './refusal-alert.ts';
