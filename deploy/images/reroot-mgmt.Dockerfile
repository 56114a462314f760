# The management server of reroot. Built from the folder that tools/bundle.ts makes:
#   docker build --file deploy/images/reroot-mgmt.Dockerfile --build-arg NODE_DIGEST=sha256:… dist
# Node and the libraries that it needs, and no shell. The digest has no default: whoever builds says which image it stands on.
ARG NODE_IMAGE=gcr.io/distroless/nodejs24-debian12
ARG NODE_DIGEST
FROM ${NODE_IMAGE}@${NODE_DIGEST}

ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED
ARG SOURCE
LABEL org.opencontainers.image.title="reroot-mgmt" \
  org.opencontainers.image.description="The management server of reroot" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.created="${CREATED}" \
  org.opencontainers.image.source="${SOURCE}"

# Of root, and readable by everybody: the program cannot change itself.
COPY --chown=0:0 --chmod=0444 reroot-mgmt.mjs reroot-mgmt.mjs.LICENSES.txt reroot-mgmt.mjs.cdx.json /reroot/

# The C library keeps memory for each thread that has ever asked for some; two such stores are enough for mgmt's.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
WORKDIR /
# nonroot of distroless, as a number: Kubernetes compares it with runAsNonRoot.
USER 65532:65532
# The probes of the charts ask over HTTP.
HEALTHCHECK NONE
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=8", "/reroot/reroot-mgmt.mjs"]
