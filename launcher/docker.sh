# The container engine and the base image of the sandboxes.
# shellcheck shell=bash

BASE_IMAGE=debian:bookworm-slim
BASE_SUITE=bookworm
DOCKERD_LOG="$TITAN_HOME/logs/dockerd.log"
IMAGE_LOG="$TITAN_HOME/logs/base-image.log"

engine_answers() {
  if command -v docker >/dev/null; then
    timeout 10 docker version >/dev/null 2>&1
  else
    command -v curl >/dev/null && curl -sf --max-time 5 --unix-socket /var/run/docker.sock http://engine/_ping >/dev/null 2>&1
  fi
}

base_image_present() {
  docker image inspect "$BASE_IMAGE" >/dev/null 2>&1
}

# Pulls the base image; where no registry can be reached, makes it from the packages of this machine's own Debian mirror.
need_base_image() {
  if ! command -v docker >/dev/null || base_image_present; then
    return 0
  fi
  if [[ -n ${TITAN_NO_INSTALL:-} ]]; then
    say "missing: the image $BASE_IMAGE (sandboxes are made from it). Get it with: docker pull $BASE_IMAGE"
    return 1
  fi
  say "pulling $BASE_IMAGE (sandboxes are made from it)"
  if timeout 300 docker pull -q "$BASE_IMAGE" >>"$IMAGE_LOG" 2>&1; then
    return 0
  fi
  make_base_image
}

make_base_image() {
  local mirror
  mirror="$(debian_mirror)"
  if ! may_install || [[ -z $mirror ]]; then
    say "$BASE_IMAGE cannot be pulled (log: $IMAGE_LOG). Load it with: docker load -i <archive of the image>"
    return 1
  fi
  say "no registry answers: making $BASE_IMAGE with debootstrap from this machine's Debian mirror"
  if ! command -v debootstrap >/dev/null; then
    install_packages "makes a Debian base image from packages" debootstrap || return 1
  fi
  local root status=0
  root="$(mktemp -d /var/tmp/titan-base.XXXXXX)"
  logged "$IMAGE_LOG" debootstrap --variant=minbase "$BASE_SUITE" "$root" "$mirror" &&
    import_base_image "$root" >>"$IMAGE_LOG" 2>&1 || status=$?
  rm -rf "$root"
  if ((status != 0)); then
    say "the base image could not be made (log: $IMAGE_LOG)"
  fi
  return "$status"
}

import_base_image() {
  tar -C "$1" -c . | docker import --change 'CMD ["bash"]' - "$BASE_IMAGE"
}

# Prints where this machine gets its Debian packages from; nothing when it is no Debian.
debian_mirror() {
  if grep -qs '^ID=debian$' /etc/os-release; then
    # The fields are apt's, not the shell's.
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(CODENAME)' 'Created-By: Packages' 2>/dev/null |
      awk '$2 == "main" && $3 !~ /-/ { print $1; exit }'
  fi
}

# Sets DOCKERD_PID when this launcher started the engine itself. It never starts a second one.
need_engine() {
  if engine_answers; then
    return 0
  fi
  if ! command -v dockerd >/dev/null; then
    local packages=(docker.io iptables)
    if may_install && package_exists cgroupfs-mount; then
      packages+=(cgroupfs-mount)
    fi
    install_packages "a container engine, the stronger of the two sandboxes" "${packages[@]}" || return 1
  fi
  if [[ $(id -u) -ne 0 ]]; then
    say "no container engine answers. Start it with: sudo systemctl start docker"
    return 1
  fi
  # A service manager may be starting it at this moment.
  if grep -qsx dockerd /proc/[0-9]*/comm; then
    await_engine 60
    return
  fi
  if command -v cgroupfs-mount >/dev/null && ! mountpoint -q /sys/fs/cgroup; then
    cgroupfs-mount
  fi
  say "starting dockerd (log: $DOCKERD_LOG)"
  mkdir -p "$(dirname "$DOCKERD_LOG")"
  setsid dockerd >>"$DOCKERD_LOG" 2>&1 </dev/null &
  DOCKERD_PID=$!
  await_engine 60 || {
    say_tail "$DOCKERD_LOG"
    return 1
  }
}

await_engine() {
  local seconds=$1
  while ((seconds-- > 0)); do
    if engine_answers; then
      return 0
    fi
    sleep 1
  done
  say "no container engine answers"
  return 1
}

# Ends the engine this launcher started, and only that one.
stop_own_engine() {
  if [[ -n ${DOCKERD_PID:-} ]]; then
    kill "$DOCKERD_PID" 2>/dev/null || true
    wait "$DOCKERD_PID" 2>/dev/null || true
    DOCKERD_PID=""
  fi
}
