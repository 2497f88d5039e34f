package dev.titan.contracts.checkpoint;

import dev.titan.contracts.sandbox.SandboxException;
import java.util.List;
import java.util.Optional;

/**
 * The verbs that take the state of a workspace and put it back. What they answer comes from the sandbox and is not to be
 * trusted beyond it. All methods throw {@link SandboxException}; all but the restore may be repeated at will.
 */
public interface WorkspaceSnapshots {

    /**
     * Looks at the whole workspace. Content is read again only where size, times or inode of a file changed.
     *
     * @param known a fingerprint, so that an unchanged workspace is answered without its pages; empty for none
     */
    Scan scan(String known);

    /** Returns a page of the last scan; empty when another scan has come in between. */
    Optional<byte[]> page(String sha256);

    /** Reads as many of the pieces as one answer holds, in order, at least one. */
    List<FilePiece.Read> read(List<FilePiece> pieces);

    /**
     * Begins to put a state into a workspace in which nothing has been done yet; what an attempt before has put there is
     * removed, and that attempt is locked out.
     *
     * @param attempt names this attempt and no other
     * @param checkpoint names the state
     * @return false when that state is in place already
     */
    boolean beginRestore(String attempt, String checkpoint);

    /** Puts parts back; parents come before their entries, and the parts together stay below one transfer's size. */
    void restore(String attempt, List<RestorePart> parts);

    /** Says that everything is in place; nothing can be put back from then on. */
    void endRestore(String attempt);
}
