package io.pgherder.controller.topology.yaml.rule;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Literal addresses, without ever asking a name server. */
final class IpAddress {
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final Set<String> EVERY = Set.of("0.0.0.0", "::");

    private IpAddress() {}

    static boolean isAnyAddress(String text) {
        return EVERY.contains(text);
    }

    /** A host name is plausible; what looks like an IP address must be one. */
    static boolean isPlausible(String text) {
        boolean looksLikeOne = DIGITS_AND_DOTS.matcher(text).matches() || text.contains(":");
        return !looksLikeOne || bytes(text).isPresent();
    }

    /** Four or sixteen bytes; empty for anything else, such as a host name. */
    static Optional<byte[]> bytes(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // What consists of these characters only is parsed or refused; it is never looked up.
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
