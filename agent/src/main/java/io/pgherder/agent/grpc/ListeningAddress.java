package io.pgherder.agent.grpc;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address that an instance is to listen on, as a controller says it. */
final class ListeningAddress {
    private ListeningAddress() {}

    /** Only digits are read, a name is never looked up: it stands for every address, as an empty text does. */
    static InetAddress parse(String text) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
        return address == null ? new InetSocketAddress(0).getAddress() : address;
    }
}
