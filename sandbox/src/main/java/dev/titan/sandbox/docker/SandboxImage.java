package dev.titan.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import dev.titan.contracts.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The image of containers. The base image is named after the hash of its Dockerfile, so a changed file is a new image and
 * an unchanged one is built once for each engine. Thread-safe.
 */
final class SandboxImage {

    /** The base image's Dockerfile, copied beside this class by the build. */
    private static final String DOCKERFILE = "Dockerfile";

    /** What the Dockerfile starts from. */
    private static final String DEBIAN = "debian:bookworm-slim";

    private final DockerEngine engine;
    private final Optional<String> chosen;
    private final String name;
    private boolean present;

    SandboxImage(DockerEngine engine, Optional<String> chosen) {
        this.engine = engine;
        this.chosen = chosen;
        this.name = chosen.orElseGet(() -> "titan/sandbox:" + hash(dockerfile()));
    }

    String name() {
        return name;
    }

    /** Makes sure that the image is there, building or pulling it when it is not. Others who need it wait meanwhile. */
    synchronized void require(Consumer<String> progress) {
        if (!present) {
            if (!exists(name)) {
                if (chosen.isPresent()) {
                    pull(progress);
                } else {
                    build(progress);
                }
            }
            present = true;
        }
    }

    /** Notes that the image has disappeared, so that the next {@link #require} makes it again. */
    synchronized void forget() {
        present = false;
    }

    private boolean exists(String image) {
        try {
            engine.ask(docker -> docker.inspectImageCmd(image).exec());
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    private void pull(Consumer<String> progress) {
        progress.accept("Pulling the sandbox image " + name);
        try {
            engine.ask(docker -> await(docker.pullImageCmd(name).exec(new PullImageResultCallback())));
        } catch (DockerException | DockerClientException e) {
            throw new SandboxException.Refused("the sandbox image %s is not on this engine and cannot be pulled: %s"
                    .formatted(name, e.getMessage()));
        } catch (SandboxException.Unavailable e) {
            throw new SandboxException.Unavailable(
                    "the sandbox image %s is not on this engine and cannot be pulled now".formatted(name), e);
        }
    }

    private void build(Consumer<String> progress) {
        progress.accept("Building the sandbox image %s: once, about a minute".formatted(name));
        Path context = context();
        try {
            engine.ask(
                    docker -> docker.buildImageCmd(context.resolve("Dockerfile").toFile())
                            .withTags(Set.of(name))
                            .withLabels(Map.of(SandboxLabels.APP, SandboxLabels.APP_VALUE))
                            .withRemove(true)
                            .withForcerm(true)
                            .exec(new BuildProgress(progress))
                            .awaitImageId());
        } catch (DockerException | DockerClientException e) {
            throw new SandboxException.Refused(cannotBuild(e));
        } finally {
            delete(context);
        }
    }

    private String cannotBuild(RuntimeException e) {
        return exists(DEBIAN)
                ? "the sandbox image cannot be built: %s".formatted(e.getMessage())
                : "the sandbox image cannot be built, because %s is not on this engine and cannot be pulled (%s). Pull it from a mirror and tag it so, or run ./titan as root, which makes it with debootstrap, or set titan.sandbox.image to a glibc-based image that is there"
                        .formatted(DEBIAN, e.getMessage());
    }

    private Path context() {
        try {
            Path context = Files.createTempDirectory("titan-image");
            Files.write(context.resolve("Dockerfile"), dockerfile());
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the Dockerfile", e);
        }
    }

    private static void delete(Path context) {
        try {
            Files.deleteIfExists(context.resolve("Dockerfile"));
            Files.deleteIfExists(context);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + context, e);
        }
    }

    private static <T extends ResultCallback.Adapter<?>> T await(T callback) {
        try {
            callback.awaitCompletion();
            return callback;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException.Unavailable("interrupted while pulling an image", e);
        }
    }

    private static byte[] dockerfile() {
        try (InputStream resource = SandboxImage.class.getResourceAsStream(DOCKERFILE)) {
            if (resource == null) {
                throw new IllegalStateException(DOCKERFILE + " is not on the class path");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + DOCKERFILE, e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Shows the lines of a build that a person can read something from. */
    private static final class BuildProgress extends BuildImageResultCallback {

        private final Consumer<String> progress;

        BuildProgress(Consumer<String> progress) {
            this.progress = progress;
        }

        @Override
        public void onNext(BuildResponseItem item) {
            super.onNext(item);
            if (item.getStream() != null) {
                item.getStream().lines().filter(line -> !line.isBlank()).forEach(progress);
            }
        }
    }
}
