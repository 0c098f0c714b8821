package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestCluster.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in braces in an expected text: where things are in one cluster, and what is measured and another one at every look. */
final class Places {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

    private final Map<String, String> patterns = new HashMap<>();

    Places(TestCluster cluster) {
        for (Node node : cluster.nodes()) {
            put(node.name(), cluster.dataDirectory(node.name()).toString());
            put(
                    node.name() + " wal",
                    cluster.home().walRoot().resolve(node.name()).toString());
            put(node.name() + " address", cluster.agent(node.host()).address() + ":" + node.port());
            put(node.name() + " port", Integer.toString(node.port()));
        }
        put("moved wal", cluster.home().walRoot().resolve("moved").toString());
        put("data", cluster.home().dataRoot().toString());
        put("home", cluster.home().path("").toString());
        patterns.put("written", ", written \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC by " + Pattern.quote(Shell.ACCOUNT));
        patterns.put("passfile", "/\\S+/passfile");
        patterns.put("version", "\\S+");
        patterns.put("#", "\\d+");
        patterns.put(
                "refused",
                "(streaming replication receiver \"\\S+\" )?could not connect to the primary server: "
                        + "(connection to server at \"\\S+\", port \\d+ failed: )?"
                        + "FATAL: {2}password authentication failed for user \"rep\"");
        patterns.put("number", "\\d+\\.\\d");
        patterns.put("lsn", "[0-9A-F]+/[0-9A-F]+");
        patterns.put("system", "\\d{19,20}");
    }

    private void put(String name, String text) {
        patterns.put(name, Pattern.quote(text));
    }

    Pattern pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            String name = place.group(1);
            pattern.append(Pattern.quote(text.substring(end, place.start())))
                    .append(Optional.ofNullable(patterns.get(name))
                            .orElseThrow(() -> new IllegalArgumentException("no such place: " + name)));
            end = place.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(text.substring(end))).toString());
    }
}
