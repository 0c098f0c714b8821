package io.pgherder.controller.fleet;

import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import io.pgherder.proto.v1.ObserveResponse;

/** One of many clusters that are like the demo's: with another name, and other addresses for its hosts, as every real one has. */
record FleetCluster(int number) {
    private static final int A_BYTE = 250;

    String name() {
        return "fleet%03d".formatted(number);
    }

    /** Of the host that the demo has at 127.0.0.{@code host}. */
    String address(int host) {
        return network() + host;
    }

    private String network() {
        return "127." + (1 + number / A_BYTE) + "." + number % A_BYTE + ".";
    }

    /** What an agent of this cluster says where one of the demo's has said that. */
    ObserveResponse translated(ObserveResponse demos) {
        String text = TextFormat.printer().printToString(demos).replaceAll("\\b127\\.0\\.0\\.(?=[1-9])", network());
        try {
            ObserveResponse.Builder answer = TextFormat.parse(text, ObserveResponse.class).toBuilder();
            answer.getHostBuilder().getInstancesBuilderList().forEach(local -> local.setCluster(name()));
            return answer.build();
        } catch (ParseException e) {
            throw new IllegalStateException("an answer that was printed cannot be read", e);
        }
    }
}
