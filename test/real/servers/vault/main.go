// Vault's own core, HTTP API and engines for tests: PKI, transit and the Kubernetes login, in memory and unsealed.
// The whole vault command does not build from published modules, for its sdk folder is none.
package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/hashicorp/go-hclog"
	aeadwrapper "github.com/hashicorp/go-kms-wrapping/wrappers/aead/v2"
	kubernetes "github.com/hashicorp/vault-plugin-auth-kubernetes"
	"github.com/hashicorp/vault/builtin/logical/pki"
	"github.com/hashicorp/vault/builtin/logical/transit"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
	"github.com/hashicorp/vault/vault/seal"
)

var (
	listen  = flag.String("listen", "127.0.0.1:8200", "address to listen on")
	tlsCert = flag.String("tls-cert-file", "", "certificate of the server, PEM")
	tlsKey  = flag.String("tls-key-file", "", "its private key, PEM")
	// Not printed: a log is kept and shown.
	secrets = flag.String("secrets-file", "", "where to write the root token and the unseal key, as JSON; for its owner only")
)

func main() {
	flag.Parse()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	logger := hclog.New(&hclog.LoggerOptions{Level: hclog.Warn, Output: os.Stderr})
	core, err := newCore(logger)
	if err != nil {
		return err
	}
	if err := initialize(ctx, core); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	handler := vaulthttp.Handler.Handler(&vault.HandlerProperties{
		Core:           core,
		ListenerConfig: &configutil.Listener{Address: *listen},
	})
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ErrorLog: logger.StandardLogger(nil)}
	fmt.Fprintln(os.Stderr, "vault listens on", listener.Addr())
	if *tlsCert == "" {
		return server.Serve(listener)
	}
	return server.ServeTLS(listener, *tlsCert, *tlsKey)
}

var (
	logicals    = map[string]logical.Factory{"pki": pki.Factory, "transit": transit.Factory}
	credentials = map[string]logical.Factory{"kubernetes": kubernetes.Factory}
)

func newCore(logger hclog.Logger) (*vault.Core, error) {
	storage, err := inmem.NewInmem(nil, logger)
	if err != nil {
		return nil, err
	}
	return vault.NewCore(&vault.CoreConfig{
		Physical:           storage,
		Logger:             logger,
		Seal:               vault.NewDefaultSeal(&seal.Access{Wrapper: aeadwrapper.NewShamirWrapper()}),
		LogicalBackends:    logicals,
		CredentialBackends: credentials,
		BuiltinRegistry:    registry{},
		DisableMlock:       true,
	})
}

// initialize leaves the core unsealed, with one share of its key.
func initialize(ctx context.Context, core *vault.Core) error {
	one := &vault.SealConfig{SecretShares: 1, SecretThreshold: 1}
	result, err := core.Initialize(ctx, &vault.InitParams{BarrierConfig: one, RecoveryConfig: nil})
	if err != nil {
		return err
	}
	unsealed, err := core.Unseal(result.SecretShares[0])
	if err != nil {
		return err
	}
	if !unsealed {
		return errors.New("one share does not unseal the core")
	}
	content, err := json.Marshal(map[string]string{
		"rootToken": result.RootToken,
		"unsealKey": hex.EncodeToString(result.SecretShares[0]),
	})
	if err != nil {
		return err
	}
	return os.WriteFile(*secrets, content, 0o600)
}

// registry says which engines are built in.
type registry struct{}

func (registry) factories(kind consts.PluginType) map[string]logical.Factory {
	switch kind {
	case consts.PluginTypeSecrets:
		return logicals
	case consts.PluginTypeCredential:
		return credentials
	default:
		return nil
	}
}

func (r registry) Contains(name string, kind consts.PluginType) bool {
	_, found := r.factories(kind)[name]
	return found
}

func (r registry) Get(name string, kind consts.PluginType) (func() (interface{}, error), bool) {
	factory, found := r.factories(kind)[name]
	return func() (interface{}, error) { return factory, nil }, found
}

func (r registry) Keys(kind consts.PluginType) []string {
	keys := []string{}
	for name := range r.factories(kind) {
		keys = append(keys, name)
	}
	return keys
}

func (r registry) DeprecationStatus(name string, kind consts.PluginType) (consts.DeprecationStatus, bool) {
	if r.Contains(name, kind) {
		return consts.Supported, true
	}
	return consts.Unknown, false
}
