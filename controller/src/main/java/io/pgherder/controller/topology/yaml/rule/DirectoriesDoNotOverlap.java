package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;
import static io.pgherder.controller.topology.TopologyProblem.SHARED_DIRECTORY;

/** On one host no data, WAL or configuration directory is another one or inside it, and all of them are written plainly. */
final class DirectoriesDoNotOverlap implements Rule {
    private record Use(NodeDraft node, String purpose, String key, Written directory) {
        String words() {
            return "the " + purpose + " directory of \"" + node.name() + "\"";
        }
    }

    @Override
    public void check(Draft draft, Problems problems) {
        // Host, then directory with a slash at its end: whatever is inside of it sorts right behind it.
        NavigableMap<String, Use> uses = new TreeMap<>();
        for (NodeDraft node : draft.nodes()) {
            node.dataDir().ifPresent(dir -> add(new Use(node, "data", "data_dir", dir), uses, problems));
            node.walDir().ifPresent(dir -> add(new Use(node, "WAL", "wal_dir", dir), uses, problems));
            node.configDir().ifPresent(dir -> add(new Use(node, "configuration", "config_dir", dir), uses, problems));
        }
    }

    private static void add(Use use, NavigableMap<String, Use> uses, Problems problems) {
        if (!isPlain(use, problems) || use.node().host().isEmpty()) {
            return;
        }
        String host = use.node().host().get().text() + ":";
        String key = host + withoutDoubledSlashes(use.directory().text()) + "/";
        Optional<Use> other = Optional.ofNullable(uses.putIfAbsent(key, use))
                .or(() -> inside(key, uses))
                .or(() -> around(host, key, uses));
        other.ifPresent(found -> problems.add(overlap(use, found)));
    }

    private static boolean isPlain(Use use, Problems problems) {
        String text = use.directory().text();
        if (!text.startsWith("/") || text.contains("{")) {
            // Reported already, and what it would become is anybody's guess.
            return false;
        }
        boolean plain = !(text + "/").contains("/../") && !(text + "/").contains("/./");
        if (!plain || withoutDoubledSlashes(text).isEmpty()) {
            String what = plain ? "/ cannot be " + use.words() : use.words() + " contains \"..\" or \".\"";
            problems.add(use.directory()
                    .problem(INVALID_VALUE, what)
                    .detail(text)
                    .hint("write the path as pwd -P would print it"));
            return false;
        }
        return true;
    }

    private static String withoutDoubledSlashes(String path) {
        return path.replaceAll("/+", "/").replaceAll("/$", "");
    }

    private static Optional<Use> inside(String key, NavigableMap<String, Use> uses) {
        return Optional.ofNullable(uses.higherEntry(key))
                .filter(next -> next.getKey().startsWith(key))
                .map(Map.Entry::getValue);
    }

    private static Optional<Use> around(String host, String key, NavigableMap<String, Use> uses) {
        for (int slash = key.lastIndexOf('/', key.length() - 2);
                slash > host.length();
                slash = key.lastIndexOf('/', slash - 1)) {
            Use outer = uses.get(key.substring(0, slash + 1));
            if (outer != null) {
                return Optional.of(outer);
            }
        }
        return Optional.empty();
    }

    private static boolean isTheDefault(Use use, Use other) {
        return use.node().equals(other.node())
                && use.key().equals("config_dir")
                && withoutDoubledSlashes(use.directory().text())
                        .equals(withoutDoubledSlashes(other.directory().text()));
    }

    private static Problem overlap(Use use, Use other) {
        String mine = use.directory().text();
        String theirs = other.directory().text();
        String how = withoutDoubledSlashes(mine).equals(withoutDoubledSlashes(theirs))
                ? " is also "
                : mine.length() > theirs.length() ? " is inside " : " contains ";
        return use.directory()
                .problem(SHARED_DIRECTORY, use.words() + how + other.words())
                .about(use.node().path().child(use.key()).text())
                .detail("on host \"" + use.node().host().map(Written::text).orElse("") + "\": " + mine + " and "
                        + theirs)
                .hint(
                        isTheDefault(use, other)
                                ? "without config_dir it is in the data directory: leave it out"
                                : "does a placeholder such as {port} or {node} belong in the path?");
    }
}
