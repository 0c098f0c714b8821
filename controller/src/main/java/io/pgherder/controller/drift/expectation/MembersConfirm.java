package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every member of the synchronous group streams, so that the promise does not hang on fewer of them. What the primary says counts, also
 * of a member whose own host does not answer.
 */
final class MembersConfirm implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.actualPrimary().stream()
                .flatMap(primary -> look.server(primary).stream().flatMap(server -> silent(look, primary, server)));
    }

    private static Stream<Difference> silent(SideBySide look, NodeName primary, ServerFacts server) {
        SynchronousStandbys declared =
                SynchronousStandbys.declared(look.topology().synchronous(), primary);
        return look.topology().synchronous().standbysOf(primary).stream()
                .filter(member -> !declared.confirming(server).contains(member.value()))
                .filter(member -> isNotToldAlready(look, member))
                .map(member -> difference(look, primary, server, member));
    }

    private static Difference difference(SideBySide look, NodeName primary, ServerFacts server, NodeName member) {
        Difference difference = Difference.of(
                look.subject(member),
                DriftKind.MEMBER_NOT_CONFIRMING,
                FieldPath.of("synchronous", "of"),
                "confirms commits of " + primary,
                asItsUpstreamSeesIt(primary, server, member));
        if (look.server(member).isEmpty()) {
            String host = look.topology().node(member).host();
            return difference.byHand(
                    look.answerOf(member).isPresent()
                            ? "mend what keeps the agent on " + host + " from seeing " + member + ", and look again"
                            : "start the agent on " + host + ", and look again");
        }
        if (look.tree().sender(primary, member).isPresent()) {
            return difference.byHand("is it catching up? then look again; else its log says what holds it up");
        }
        return difference.because(otherName(look, member));
    }

    /** By which it is counted. */
    private static Optional<String> otherName(SideBySide look, NodeName member) {
        return look.instance(member)
                .flatMap(instance -> look.server(member)
                        .flatMap(server -> server.setting("primary_conninfo"))
                        .flatMap(setting -> Conninfo.parse(setting.value())
                                .applicationName()
                                .filter(name -> !name.equals(member.value()))
                                .map(name -> "its primary_conninfo has application_name=" + name + ": it stands in "
                                        + new Origins(instance).of(setting))));
    }

    /** Why one that is not there, stopped, or without an upstream confirms nothing needs no telling. */
    private static boolean isNotToldAlready(SideBySide look, NodeName member) {
        boolean isSeenNotToStream = look.isEmpty(member)
                || (look.instance(member).isPresent() && !look.tree().isStreaming(member));
        return !isSeenNotToStream;
    }

    private static String asItsUpstreamSeesIt(NodeName primary, ServerFacts server, NodeName member) {
        Optional<WalSender> sender = server.walSenders().stream()
                .filter(each -> each.isCalled(member))
                .findFirst();
        return sender.map(there -> there.isStreaming()
                        ? primary + " does not see how far it has flushed"
                        : primary + " sees it in state \"" + there.state() + "\"")
                .orElse(primary + " has no connection of that name");
    }
}
