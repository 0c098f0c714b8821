package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.pgvalue.SettingCatalog;
import io.pgherder.controller.pgvalue.StandbyLimits;
import io.pgherder.controller.pgvalue.UpstreamLimits;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.Optional;

import static io.pgherder.controller.pgvalue.UpstreamLimits.MAX_REPLICATION_SLOTS;
import static io.pgherder.controller.pgvalue.UpstreamLimits.MAX_WAL_SENDERS;
import static io.pgherder.controller.topology.TopologyProblem.INVALID_SETTING;
import static io.pgherder.controller.topology.TopologyProblem.LIMIT_TOO_SMALL;

/**
 * An upstream has WAL senders and slots for those who follow it, and no standby allows less than its primary. With a lower value of one
 * of those a standby does not start, or pauses (13: ends) when it comes up in the WAL.
 *
 * @see UpstreamLimits
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">Hot Standby, administrator's overview</a>
 */
final class LimitsSuffice implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        Optional<NodeDraft> primary =
                draft.nodes().stream().filter(draft::isPrimary).findFirst();
        for (NodeDraft node : draft.nodes()) {
            int followers = draft.followersOf(node).size();
            if (followers > 0) {
                senders(node, followers, problems);
                slots(draft, node, followers, problems);
            }
            primary.ifPresent(top -> StandbyLimits.defaults()
                    .forEach((name, byDefault) -> notLess(name, byDefault, node, top, problems)));
        }
    }

    private static void senders(NodeDraft node, int followers, Problems problems) {
        int needed = UpstreamLimits.sendersFor(followers);
        valueOf(MAX_WAL_SENDERS, node, UpstreamLimits.DEFAULT, problems)
                .filter(senders -> senders < needed)
                .ifPresent(senders -> problems.add(tooSmall(node, MAX_WAL_SENDERS, senders)
                        .detail((followers - 1) + " for followers that stream and " + UpstreamLimits.SENDERS_OF_A_COPY
                                + " for the copy of one more make " + needed)
                        .hint(MAX_WAL_SENDERS + ": " + needed + ", or more")));
    }

    private static void slots(Draft draft, NodeDraft node, int followers, Problems problems) {
        if (!draft.usesSlots()) {
            return;
        }
        int needed = UpstreamLimits.slotsFor(followers, true);
        valueOf(MAX_REPLICATION_SLOTS, node, UpstreamLimits.DEFAULT, problems)
                .filter(slots -> slots < needed)
                .ifPresent(slots -> problems.add(tooSmall(node, MAX_REPLICATION_SLOTS, slots)
                        .detail(followers + " followers have a slot each")
                        .hint(MAX_REPLICATION_SLOTS + ": " + needed + ", or more")));
    }

    private static Problem tooSmall(NodeDraft node, String name, int value) {
        Written written = node.settings().get(name);
        String summary = "\"" + name + "\" is too small for \"" + node.name() + "\": " + value
                + (written == null ? " (PostgreSQL's default)" : "");
        return written == null ? node.problem(LIMIT_TOO_SMALL, summary) : written.problem(LIMIT_TOO_SMALL, summary);
    }

    private static void notLess(String name, int byDefault, NodeDraft node, NodeDraft primary, Problems problems) {
        Optional<Integer> here = valueOf(name, node, byDefault, problems);
        Optional<Integer> there = valueOf(name, primary, byDefault, problems);
        if (here.isPresent() && there.isPresent() && here.get() < there.get()) {
            Place place = Optional.ofNullable(node.settings().get(name))
                    .map(Written::place)
                    .orElse(node.place());
            problems.add(node.problem(
                            LIMIT_TOO_SMALL,
                            "\"" + name + "\" of standby \"" + node.name() + "\" is smaller than its primary's")
                    .about(node.path().child("settings").child(name).text())
                    .at(place)
                    .detail("%d here, %d on \"%s\": the standby would not start, or pause and never be promotable"
                            .formatted(here.get(), there.get(), primary.name()))
                    .hint("let it be the same on every node"));
        }
    }

    private static Optional<Integer> valueOf(String name, NodeDraft node, int byDefault, Problems problems) {
        Written written = node.settings().get(name);
        if (written == null) {
            return Optional.of(byDefault);
        }
        if (!SettingCatalog.type(name).accepts(written.text())) {
            return Optional.empty(); // another rule has said so
        }
        if (!written.text().matches("[0-9]{1,9}")) {
            problems.add(
                    written.problem(INVALID_SETTING, "\"" + name + "\" must be a whole number, not \"" + written + "\"")
                            .hint("for example: " + name + ": " + byDefault));
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(written.text()));
    }
}
