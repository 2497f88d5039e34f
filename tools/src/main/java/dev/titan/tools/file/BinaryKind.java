package dev.titan.tools.file;

import java.nio.charset.StandardCharsets;

/** Names the common binary formats by their first bytes, so that a model knows what it is looking at. */
final class BinaryKind {

    /** The longest signature below. */
    private static final int SIGNATURE_BYTES_MAX = 16;

    private BinaryKind() {}

    static String of(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, SIGNATURE_BYTES_MAX), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG")) {
            return "PNG image";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "JPEG image";
        }
        if (start.startsWith("GIF8")) {
            return "GIF image";
        }
        if (start.startsWith("%PDF")) {
            return "PDF document";
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return "ZIP archive or a format built on it";
        }
        if (start.startsWith("\u001f\u008b")) {
            return "gzip data";
        }
        if (start.startsWith("\u007fELF")) {
            return "ELF program or library";
        }
        if (start.startsWith("SQLite format 3")) {
            return "SQLite database";
        }
        if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
            return "UTF-16 text; convert it with iconv";
        }
        return "unknown format or text that is not UTF-8";
    }
}
