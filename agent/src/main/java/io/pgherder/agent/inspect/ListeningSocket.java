package io.pgherder.agent.inspect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A socket that somebody listens on.
 *
 * @param inode its number, by which the process is found that holds it; empty if the kernel does not say
 */
record ListeningSocket(InetAddress address, int port, String inode) {
    /**
     * @param local as the kernel writes it, address and port in hexadecimal: {@code 0100007F:0781}; each four bytes of the address are a
     *     number of this host's byte order
     */
    static ListeningSocket of(String local, String inode) {
        int colon = local.lastIndexOf(':');
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(local.substring(0, colon)));
        ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        try {
            return new ListeningSocket(
                    InetAddress.getByAddress(address.array()), Integer.parseInt(local.substring(colon + 1), 16), inode);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + local, e);
        }
    }

    /** Whether it keeps others from listening on that address, which may be all of them. */
    boolean takes(InetAddress wanted) {
        return address.isAnyLocalAddress() || wanted.isAnyLocalAddress() || address.equals(wanted);
    }
}
