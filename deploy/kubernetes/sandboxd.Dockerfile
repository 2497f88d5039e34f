# The daemon of sandboxes, for Kubernetes: an init container of each sandbox pod copies /opt/titan into the pod, because a
# pod cannot mount a directory of Titan's own. The base is the sandbox image's, so a node has that layer already.
#   ./titan build && docker build -f deploy/kubernetes/sandboxd.Dockerfile -t titan/sandboxd:0.1.0 sandbox-image/target/titan-sandboxd
FROM debian:bookworm-slim
# The times of the files are part of it: the daemon's AOT cache is valid only for them, and COPY keeps them.
COPY . /opt/titan
USER 10001:10001
