package dev.titan.sandbox.client;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.contracts.checkpoint.RestorePart;
import dev.titan.contracts.checkpoint.Scan;
import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.RestoreBegun;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import dev.titan.sandboxd.protocol.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checkpoint verbs over the socket of a daemon. Thread-safe. */
final class SnapshotClient implements WorkspaceSnapshots {

    private static final byte[] NOTHING = {};

    /** The first look at a full workspace reads all of it: 1 GiB at the pace of a busy processor. */
    private static final Duration SCAN_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);

    /** The pages of the largest manifest, 100 bytes each, and room. */
    private static final int SCAN_BYTES_MAX = 1 << 20;

    /** A page ends when it is full, behind an entry of two long paths at the most. */
    private static final int PAGE_BYTES_MAX = 2 * ManifestPage.BYTES_MAX;

    /** Lengths and kinds beside the contents. */
    private static final int CONTENTS_BYTES_MAX = 2 * CheckpointLimits.TRANSFER_BYTES_MAX;

    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private final DaemonChannel channel;

    SnapshotClient(DaemonChannel channel) {
        this.channel = channel;
    }

    @Override
    public Scan scan(String known) {
        HttpReply reply = channel.ask(new HttpRequest(
                "POST",
                SandboxdRoute.CHECKPOINT_SCAN,
                Map.of(SandboxdRoute.KNOWN, known),
                NOTHING,
                SCAN_BYTES_MAX,
                SCAN_TIMEOUT));
        if (reply.isSuccess()) {
            return checked(channel.read(reply, Scan.State.class));
        }
        Refusal refusal = channel.refusal(reply);
        if (refusal.problem() == Refusal.Kind.TOO_LARGE) {
            return new Scan.TooLarge(refusal.detail());
        }
        throw channel.lost("its workspace cannot be looked at: " + refusal.detail(), null);
    }

    private Scan.State checked(Scan.State state) {
        boolean sound = state.fingerprint() != null
                && state.entries() >= 0
                && state.entries() <= CheckpointLimits.ENTRIES_MAX
                && state.bytes() >= 0
                && state.pages().size() <= state.entries()
                && state.pages().stream().allMatch(page -> page != null && page.sha256() != null);
        if (!sound) {
            throw channel.lost("its daemon contradicts itself about its workspace", null);
        }
        return state;
    }

    @Override
    public Optional<byte[]> page(String sha256) {
        HttpReply reply = channel.ask(new HttpRequest(
                "GET",
                SandboxdRoute.CHECKPOINT_PAGE,
                Map.of(SandboxdRoute.SHA256, sha256),
                NOTHING,
                PAGE_BYTES_MAX,
                TRANSFER_TIMEOUT));
        return reply.isSuccess() ? Optional.of(reply.body()) : Optional.empty();
    }

    @Override
    public List<FilePiece.Read> read(List<FilePiece> pieces) {
        HttpReply reply = channel.ask(new HttpRequest(
                "POST",
                SandboxdRoute.CHECKPOINT_READ,
                Map.of(),
                Transfer.pieces(pieces),
                CONTENTS_BYTES_MAX,
                TRANSFER_TIMEOUT));
        if (!reply.isSuccess()) {
            throw channel.lost(
                    "its files cannot be read: " + channel.refusal(reply).detail(), null);
        }
        List<FilePiece.Read> contents = contents(reply);
        if (contents.isEmpty() || contents.size() > pieces.size()) {
            throw channel.lost("its daemon sent files nobody asked for", null);
        }
        return contents;
    }

    private List<FilePiece.Read> contents(HttpReply reply) {
        try {
            return Transfer.readContents(reply.body());
        } catch (IllegalArgumentException e) {
            throw channel.lost("its daemon sent no files", e);
        }
    }

    @Override
    public boolean beginRestore(String attempt, String checkpoint) {
        HttpReply reply = restoring(
                "POST",
                SandboxdRoute.RESTORE_BEGIN,
                Map.of(SandboxdRoute.ATTEMPT, attempt, SandboxdRoute.CHECKPOINT, checkpoint),
                NOTHING);
        return channel.read(reply, RestoreBegun.class).needed();
    }

    @Override
    public void restore(String attempt, List<RestorePart> parts) {
        restoring("PUT", SandboxdRoute.RESTORE, Map.of(SandboxdRoute.ATTEMPT, attempt), Transfer.parts(parts));
    }

    @Override
    public void endRestore(String attempt) {
        restoring("POST", SandboxdRoute.RESTORE_END, Map.of(SandboxdRoute.ATTEMPT, attempt), NOTHING);
    }

    private HttpReply restoring(String method, String path, Map<String, String> query, byte[] body) {
        HttpReply reply = channel.ask(new HttpRequest(method, path, query, body, ANSWER_BYTES_MAX, TRANSFER_TIMEOUT));
        if (!reply.isSuccess()) {
            throw new SandboxException.Unrestorable("the checkpoint cannot be put into the new sandbox: "
                    + channel.refusal(reply).detail());
        }
        return reply;
    }
}
