package dev.titan.api.artifact;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.task.TaskAccess;
import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.artifact.ArtifactId;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.artifact.ArtifactRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code …/artifacts}. The bytes were made by a model's commands, so a browser is told to save them and not to look. */
@RestController
@RequestMapping({"/v1/tasks/{id}/artifacts", "/tasks/{id}/artifacts"})
public final class ArtifactController {

    private final TaskAccess access;
    private final ArtifactRepository artifacts;

    public ArtifactController(TaskAccess access, ArtifactRepository artifacts) {
        this.access = access;
        this.artifacts = artifacts;
    }

    /**
     * The artifacts of a task.
     *
     * @param data in the order they were stored
     */
    record ArtifactList(List<Artifact> data) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ArtifactList list(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return new ArtifactList(artifacts.list(access.require(caller, id).id()));
    }

    @GetMapping("/{artifactId}")
    ResponseEntity<Resource> content(
            @AuthenticationPrincipal Caller caller, @PathVariable String id, @PathVariable String artifactId) {
        TaskId task = access.require(caller, id).id();
        Artifact artifact = parse(artifactId)
                .flatMap(known -> artifacts.find(task, known))
                .orElseThrow(() -> ProblemException.notFound("artifact", artifactId));
        return artifacts
                .open(task, artifact.id())
                .map(content -> ResponseEntity.ok()
                        .contentType(mediaType(artifact))
                        .contentLength(artifact.sizeBytes())
                        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(artifact))
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Content-Security-Policy", "default-src 'none'; sandbox")
                        .<Resource>body(new InputStreamResource(content)))
                .orElseThrow(() -> ProblemException.notFound("content of artifact", artifactId));
    }

    private static Optional<ArtifactId> parse(String id) {
        try {
            return Optional.of(new ArtifactId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static MediaType mediaType(Artifact artifact) {
        try {
            return MediaType.parseMediaType(artifact.mediaType());
        } catch (InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    private static String attachment(Artifact artifact) {
        String name = artifact.name().substring(artifact.name().lastIndexOf('/') + 1);
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }
}
