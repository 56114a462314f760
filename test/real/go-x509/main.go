// go-x509 verifies chains as istiod does, with crypto/x509.
//
// It reads {"cases": [{"chain": [DER in base64…], "roots": [DER…], "atSeconds": 1}]} and writes for each case what Verify says:
// {"server": "", "any": "x509: …"}, an empty text being good.
package main

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

type question struct {
	Chain     [][]byte `json:"chain"`
	Roots     [][]byte `json:"roots"`
	AtSeconds int64    `json:"atSeconds"`
}

type verdict struct {
	// Server is under the default key usages, as KeyCertBundle of istiod verifies.
	Server string `json:"server"`
	// Any is whatever extended key usages say.
	Any string `json:"any"`
}

func main() {
	var input struct {
		Cases []question `json:"cases"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fmt.Fprintln(os.Stderr, "the cases cannot be read:", err)
		os.Exit(2)
	}
	verdicts := make([]verdict, 0, len(input.Cases))
	for _, each := range input.Cases {
		verdicts = append(verdicts, verdict{
			Server: verify(each, nil),
			Any:    verify(each, []x509.ExtKeyUsage{x509.ExtKeyUsageAny}),
		})
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		fmt.Fprintln(os.Stderr, "the verdicts cannot be written:", err)
		os.Exit(2)
	}
}

func verify(each question, usages []x509.ExtKeyUsage) string {
	if err := verifyChain(each, usages); err != nil {
		return err.Error()
	}
	return ""
}

func verifyChain(each question, usages []x509.ExtKeyUsage) error {
	chain, err := parse(each.Chain)
	if err != nil {
		return err
	}
	if len(chain) == 0 {
		return errors.New("the chain is empty")
	}
	roots, err := parse(each.Roots)
	if err != nil {
		return err
	}
	_, err = chain[0].Verify(x509.VerifyOptions{
		Roots:         poolOf(roots),
		Intermediates: poolOf(chain[1:]),
		CurrentTime:   time.Unix(each.AtSeconds, 0),
		KeyUsages:     usages,
	})
	return err
}

func parse(ders [][]byte) ([]*x509.Certificate, error) {
	var parsed []*x509.Certificate
	for _, der := range ders {
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, certificate)
	}
	return parsed, nil
}

func poolOf(certificates []*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, certificate := range certificates {
		pool.AddCert(certificate)
	}
	return pool
}
