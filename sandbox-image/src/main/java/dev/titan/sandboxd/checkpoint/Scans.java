package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.Scan;
import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.OpenFlag;
import dev.titan.sandboxd.libc.RawFiles;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Looks at the workspace, one scan at a time, and remembers the last one so that the next is quick. Thread-safe. */
public final class Scans {

    private final Workspace workspace;
    private final Executor helpers;
    private List<KnownPage> last = List.of();

    /**
     * @param workspace what is looked at
     * @param helpers threads that may take part; may refuse
     */
    public Scans(Workspace workspace, Executor helpers) {
        this.workspace = workspace;
        this.helpers = helpers;
    }

    /** Returns the state of the workspace, without its pages when the caller knows them. */
    public synchronized Scan.State scan(String fingerprintKnown) throws RefusedException {
        try (RawFiles raw = new RawFiles();
                Descriptor root = workspace.open(".", OpenFlag.READ_ONLY | OpenFlag.DIRECTORY, 0)) {
            // A scan that fails has let the old pages go all the same; the next one reads everything again.
            KnownFiles known = new KnownFiles(last);
            last = List.of();
            ManifestWriter manifest = new ManifestWriter(known);
            WorkspaceWalk walk = new WorkspaceWalk(raw, helpers, known, manifest);
            walk.walk(root);
            last = manifest.end();
            String fingerprint = manifest.fingerprint();
            List<Scan.Page> pages = fingerprint.equals(fingerprintKnown)
                    ? List.of()
                    : last.stream()
                            .map(page -> new Scan.Page(page.sha256(), page.bytes().length))
                            .toList();
            return new Scan.State(fingerprint, manifest.entries(), walk.bytes(), pages);
        } catch (TooLargeException e) {
            throw new RefusedException(
                    Problem.TOO_LARGE,
                    workspace.root(),
                    "has %s, which no checkpoint can hold; remove what can be made again, such as dependencies and build output, or keep it in /tmp"
                            .formatted(e.getMessage()));
        } catch (ErrnoException e) {
            throw RefusedException.of(workspace.root(), e);
        }
    }

    /** Returns a page of the last scan. */
    public synchronized Optional<byte[]> page(String sha256) {
        return last.stream()
                .filter(page -> page.sha256().equals(sha256))
                .map(KnownPage::bytes)
                .findFirst();
    }
}
