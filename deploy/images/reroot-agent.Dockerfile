# The agent of reroot in one Istio cluster. Built from the folder that tools/bundle.ts makes:
#   docker build --file deploy/images/reroot-agent.Dockerfile --build-arg NODE_DIGEST=sha256:… dist
# Node and the libraries that it needs, and no shell. The digest has no default: whoever builds says which image it stands on.
ARG NODE_IMAGE=gcr.io/distroless/nodejs24-debian12
ARG NODE_DIGEST
FROM ${NODE_IMAGE}@${NODE_DIGEST}

ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED
ARG SOURCE
LABEL org.opencontainers.image.title="reroot-agent" \
  org.opencontainers.image.description="The agent of reroot in one Istio cluster" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.created="${CREATED}" \
  org.opencontainers.image.source="${SOURCE}"

# Of root, and readable by everybody: the program cannot change itself.
COPY --chown=0:0 --chmod=0444 reroot-agent.mjs reroot-agent.mjs.LICENSES.txt reroot-agent.mjs.cdx.json /reroot/

ENV NODE_ENV=production
WORKDIR /
# nonroot of distroless, as a number: Kubernetes compares it with runAsNonRoot.
USER 65532:65532
# The probes of the charts ask over HTTP.
HEALTHCHECK NONE
# Little memory for what is short-lived, and no optimizing compilers: docs/performance.md says what that saves.
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=1", "--no-opt", "--no-maglev", "/reroot/reroot-agent.mjs"]
