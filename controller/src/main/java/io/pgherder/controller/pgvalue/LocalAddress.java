package io.pgherder.controller.pgvalue;

import java.util.Set;

/** An address by which a host means itself: which host that is, only that host knows. */
public final class LocalAddress {
    /** What a Debian and a Red Hat have in their /etc/hosts. */
    private static final Set<String> NAMES =
            Set.of("localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback", "::1");

    private LocalAddress() {}

    /** @param host as libpq is given it: a name, an address, the directory of a socket, or an abstract one */
    public static boolean is(String host) {
        return isSocket(host) || host.startsWith("127.") || NAMES.contains(host);
    }

    /** Whether it is no address at all, but where a local socket is. */
    public static boolean isSocket(String host) {
        return host.startsWith("/") || host.startsWith("@");
    }
}
