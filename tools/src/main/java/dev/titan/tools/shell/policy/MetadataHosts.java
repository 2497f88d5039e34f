package dev.titan.tools.shell.policy;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses under which clouds hand credentials to their machines, in every way of writing an IPv4 address. */
final class MetadataHosts {

    private static final Set<String> NAMES = Set.of(
            "metadata.google.internal",
            "metadata",
            "instance-data",
            "[fd00:ec2::254]",
            "fd00:ec2::254",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]");

    /** 169.254.169.254 (AWS, Azure, Google, …), 169.254.170.2 (ECS) and 100.100.100.200 (Alibaba). */
    private static final Set<Long> ADDRESSES = Set.of(0xA9FEA9FEL, 0xA9FEAA02L, 0x646464C8L);

    private static final Pattern HOST = Pattern.compile(
            "(?:[a-z]{1,20}://)?(?:[^/@\\s]{0,200}@)?(\\[[0-9a-fA-F:.]+]|[^/:?#\\s'\"()]+)(?=[/:?#\\s'\"()]|$)");

    /** An address stands near the beginning of what names it. */
    private static final int TEXT_CHARS_MAX = 2_000;

    private MetadataHosts() {}

    /** Returns whether a URL or a host in the text is one of them. */
    static boolean in(String text) {
        Matcher host = HOST.matcher(text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX)));
        while (host.find()) {
            String name = host.group(1);
            // "metadata" alone is an ordinary word unless a URL names it.
            boolean named =
                    NAMES.contains(name) && (name.length() > "instance-data".length() || text.contains("://" + name));
            if (named || isAddress(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAddress(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return false;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            boolean last = i == parts.length - 1;
            if (part < 0 || (!last && part > 255)) {
                return false;
            }
            address |= last ? part : part << (8 * (3 - i));
        }
        return ADDRESSES.contains(address);
    }

    private static long number(String part) {
        try {
            if (part.matches("0[xX][0-9a-fA-F]{1,8}")) {
                return Long.parseLong(part.substring(2), 16);
            }
            if (part.matches("0[0-7]{1,12}")) {
                return Long.parseLong(part, 8);
            }
            return part.matches("\\d{1,10}") ? Long.parseLong(part) : -1;
        } catch (NumberFormatException tooLong) {
            return -1;
        }
    }
}
