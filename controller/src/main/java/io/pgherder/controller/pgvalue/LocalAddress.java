package io.pgherder.controller.pgvalue;

/** An address by which a host means itself: which host that is, only that host knows. */
public final class LocalAddress {
    private LocalAddress() {}

    /** @param host as libpq is given it: a name, an address, or the directory of a socket */
    public static boolean is(String host) {
        return host.startsWith("/") || host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
