/** Ports of a proxy: the first as in Istio, the others as in a sidecar's pod. */
export const proxyPorts = { admin: 15_000, outbound: 15_001, inbound: 15_006 } as const;

/** The request header that names the peer to talk to, `ADDRESS:PORT`; Envoy's own name for it. */
export const peerHeader = 'x-envoy-original-dst-host';

/** What a proxy says of itself. */
export interface ProxyNode {
  readonly id: string;
  readonly cluster: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const sds = './var/run/secrets/workload-spiffe-uds/socket';
const ads = './etc/istio/proxy/XDS';
const connectTimeout = '2s';

/** Envoy otherwise keeps from the application why a handshake failed, which is what a test wants to know. */
const runtimeFlags = { 'envoy.reloadable_features.hide_transport_failure_reason_in_response_body': false };

/**
 * Bootstrap of a workload's Envoy: what Istio's own configuration comes to for one port, without the CRDs, webhooks and
 * filters that it takes to get there. Keys and roots come from pilot-agent by SDS, just as in Istio.
 *
 * The admin interface listens on the pod's address, which stands for the loopback interface of the pod: only the
 * stand-in for the kubelet goes there.
 */
export function createEnvoyBootstrap(node: ProxyNode, address: string): object {
  return {
    node,
    layered_runtime: { layers: [{ name: 'lab', static_layer: runtimeFlags }] },
    admin: { address: socketAddress(address, proxyPorts.admin) },
    dynamic_resources: {
      // pilot-agent asks istiod for the trust bundle only when a proxy has asked it for listeners.
      lds_config: { ads: {}, resource_api_version: 'V3' },
      ads_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
      },
    },
    static_resources: {
      listeners: [inboundListener(address), outboundListener(address)],
      clusters: [peers(), pipeCluster('sds-grpc', sds), pipeCluster('xds-grpc', ads)],
    },
  };
}

/** Takes mutual TLS from workloads of the mesh, and answers by itself. */
function inboundListener(address: string): object {
  const route = { match: { prefix: '/' }, direct_response: { status: 200, body: { inline_string: 'ok' } } };
  return {
    name: 'inbound',
    address: socketAddress(address, proxyPorts.inbound),
    filter_chains: [
      {
        filters: [httpConnections('inbound', route)],
        transport_socket: tlsSocket('DownstreamTlsContext', {
          common_tls_context: tlsContext(),
          require_client_certificate: true,
          // Every connection is to be a whole handshake.
          disable_stateless_session_resumption: true,
          disable_stateful_session_resumption: true,
        }),
      },
    ],
  };
}

/** Takes plain requests from the application, and sends each to the peer that it names. */
function outboundListener(address: string): object {
  const route = { match: { prefix: '/' }, route: { cluster: 'peers', timeout: '5s' } };
  return {
    name: 'outbound',
    address: socketAddress(address, proxyPorts.outbound),
    filter_chains: [{ filters: [httpConnections('outbound', route)] }],
  };
}

/** Any peer, each request on a new connection. */
function peers(): object {
  return {
    name: 'peers',
    type: 'ORIGINAL_DST',
    lb_policy: 'CLUSTER_PROVIDED',
    connect_timeout: connectTimeout,
    original_dst_lb_config: { use_http_header: true },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        common_http_protocol_options: { max_requests_per_connection: 1 },
        explicit_http_config: { http_protocol_options: {} },
      },
    },
    transport_socket: tlsSocket('UpstreamTlsContext', { common_tls_context: tlsContext(), max_session_keys: 0 }),
  };
}

/** The workload's certificate, and the mesh's roots with the names that they may vouch for. */
function tlsContext(): object {
  const secret = (name: string): object => ({
    name,
    sds_config: {
      api_config_source: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'sds-grpc' } }],
      },
      initial_fetch_timeout: '0s',
      resource_api_version: 'V3',
    },
  });
  return {
    tls_certificate_sds_secret_configs: [secret('default')],
    combined_validation_context: {
      default_validation_context: {
        match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { prefix: 'spiffe://cluster.local/' } }],
      },
      validation_context_sds_secret_config: secret('ROOTCA'),
    },
  };
}

function tlsSocket(kind: 'UpstreamTlsContext' | 'DownstreamTlsContext', context: object): object {
  const type = `type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.${kind}`;
  return { name: 'envoy.transport_sockets.tls', typed_config: { '@type': type, ...context } };
}

function httpConnections(name: string, route: object): object {
  const http = 'type.googleapis.com/envoy.extensions.filters';
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': `${http}.network.http_connection_manager.v3.HttpConnectionManager`,
      stat_prefix: name,
      route_config: { name, virtual_hosts: [{ name, domains: ['*'], routes: [route] }] },
      http_filters: [{ name: 'envoy.filters.http.router', typed_config: { '@type': `${http}.http.router.v3.Router` } }],
    },
  };
}

function pipeCluster(name: string, path: string): object {
  const endpoint = { endpoint: { address: { pipe: { path } } } };
  return {
    name,
    type: 'STATIC',
    connect_timeout: connectTimeout,
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [endpoint] }] },
  };
}

function socketAddress(address: string, port: number): object {
  return { socket_address: { address, port_value: port } };
}
