package io.pgherder.agent.inspect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Tries to open a TCP connection, and closes it again before a word is said. */
public final class ReachProbe {
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private ReachProbe() {}

    /** Tries it for at most {@link #PATIENCE}, and longer only if a name does not resolve in that time. */
    public static Reachability tryToReach(Endpoint endpoint) {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            return unreachable(endpoint, "the name \"" + endpoint.host() + "\" does not resolve");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) PATIENCE.toMillis());
            return new Reachability(endpoint, Reachability.Result.OPEN, "");
        } catch (SocketTimeoutException e) {
            return silent(endpoint);
        } catch (IOException e) {
            String words = String.valueOf(e.getMessage());
            return words.contains("refused")
                    ? new Reachability(endpoint, Reachability.Result.REFUSED, "")
                    : unreachable(endpoint, words);
        }
    }

    static Reachability silent(Endpoint endpoint) {
        return unreachable(endpoint, "no answer within " + PATIENCE.toSeconds() + " s");
    }

    private static Reachability unreachable(Endpoint endpoint, String detail) {
        return new Reachability(endpoint, Reachability.Result.UNREACHABLE, detail);
    }
}
