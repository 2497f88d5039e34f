package dev.titan.tools.shell.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;
import org.treesitter.TreeSitterBash;

/**
 * Parses bash with tree-sitter. The native library is unpacked into a directory that must be writable and not mounted
 * {@code noexec}; a lock file keeps two starting processes from tearing each other's copy. Thread-safe.
 */
public final class BashSyntax {

    /** Deeper nesting is no command anybody writes, and the walk below must not exhaust its stack. */
    private static final int DEPTH_MAX = 150;

    /** The name tree-sitter's Java binding reads the directory from. */
    private static final String DIRECTORY_PROPERTY = "tree-sitter-lib";

    private final TSParser parser;

    /**
     * Loads the library.
     *
     * @param libraries where to unpack it, such as {@code <titan home>/lib}; made when missing
     */
    public BashSyntax(Path libraries) {
        TSLanguage bash = load(libraries);
        this.parser = new TSParser();
        parser.setLanguage(bash);
    }

    /** Returns the tree, or nothing when the nesting is deeper than {@value #DEPTH_MAX}. Errors are nodes of it. */
    Optional<SyntaxNode> parse(String commandLine) {
        // The binding counts in bytes of Java's own UTF-8. One ASCII letter for every other character makes bytes and
        // characters the same; to bash all of them are ordinary letters.
        String ascii = commandLine.replaceAll("[^\\x01-\\x7f]", "x");
        synchronized (parser) { // parsing takes far less time than making a parser
            TSTree tree = parser.parseString(null, ascii);
            try {
                return Optional.of(copy(new TSTreeCursor(tree.getRootNode()), commandLine, 0));
            } catch (TooDeep tooDeep) {
                return Optional.empty();
            } finally {
                Reference.reachabilityFence(tree);
            }
        }
    }

    /** A cursor steps from sibling to sibling; asking a node for its n-th child would walk there each time. */
    private static SyntaxNode copy(TSTreeCursor cursor, String source, int depth) {
        if (depth > DEPTH_MAX) {
            throw new TooDeep();
        }
        TSNode node = cursor.currentNode();
        String field = cursor.currentFieldName();
        List<SyntaxNode> children = new ArrayList<>();
        if (cursor.gotoFirstChild()) {
            do {
                children.add(copy(cursor, source, depth + 1));
            } while (cursor.gotoNextSibling());
            cursor.gotoParent();
        }
        String type = node.isMissing() ? "MISSING" : node.getType();
        return new SyntaxNode(type, field, source.substring(node.getStartByte(), node.getEndByte()), children);
    }

    private static TSLanguage load(Path libraries) {
        try {
            Files.createDirectories(libraries);
            Path lock = libraries.resolve("tree-sitter.lock");
            synchronized (BashSyntax.class) {
                try (FileChannel channel =
                        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    var held = channel.lock();
                    if (System.getProperty(DIRECTORY_PROPERTY) == null) {
                        System.setProperty(DIRECTORY_PROPERTY, libraries.toString());
                    }
                    TSLanguage language = new TreeSitterBash();
                    new TSParser();
                    held.release();
                    return language;
                }
            }
        } catch (IOException trouble) {
            throw new UncheckedIOException("cannot unpack tree-sitter into " + libraries, trouble);
        }
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super(null, null, false, false);
        }
    }
}
