module reroot.dev/test/real/go-x509

go 1.26
