package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.BooleanText;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import io.pgherder.controller.topology.yaml.rule.ReplicationAdmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is allowed but probably not what somebody wants to find out at night. */
final class Notes {
    private Notes() {}

    static List<String> of(Draft draft) {
        List<String> notes = new ArrayList<>();
        for (NodeDraft node : draft.nodes()) {
            node.follows().ifPresent(follows -> upstream(draft, node, follows).ifPresent(notes::add));
        }
        if (draft.synchronous().isEmpty() && draft.nodes().size() > 1) {
            notes.add("no synchronous group: commits wait for no standby, and a failover may lose the last of them");
        }
        noRewind(draft).ifPresent(notes::add);
        String user = draft.replicationUser().map(Written::text).orElse("");
        ReplicationAdmission.shutOut(draft)
                .forEach(host -> notes.add("no line of hba lets " + user + " replicate from host " + host.name() + ", "
                        + host.address().map(Written::text).orElse("") + "; \"all\" does not mean \"replication\""));
        return notes;
    }

    private static Optional<String> upstream(Draft draft, NodeDraft node, Written follows) {
        if (draft.isPrimary(node)) {
            return Optional.of(
                    "follows of the present primary " + node.name() + " is ignored (" + follows.place() + ")");
        }
        return draft.node(follows.text())
                .filter(draft::isPrimary)
                .map(primary -> node.name() + " follows " + primary.name() + " by name and will go on doing so when "
                        + primary.name() + " is no longer the primary; leave \"follows\" out to follow whoever is ("
                        + follows.place() + ")");
    }

    private static Optional<String> noRewind(Draft draft) {
        boolean checksums = draft.postgres().dataChecksums().orElse(true);
        boolean hints = draft.nodes().stream()
                .allMatch(node -> Optional.ofNullable(node.settings().get("wal_log_hints"))
                        .flatMap(value -> BooleanText.parse(value.text()))
                        .orElse(false));
        return checksums || hints
                ? Optional.empty()
                : Optional.of(
                        "neither data checksums nor wal_log_hints: an old primary cannot be rewound, only cloned anew");
    }
}
