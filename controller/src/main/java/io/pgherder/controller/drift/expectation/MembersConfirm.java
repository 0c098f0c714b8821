package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every member of the synchronous group streams and answers, so that the promise does not hang on fewer of them. What the primary says
 * counts, also of a member whose own host does not answer.
 */
final class MembersConfirm implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.actualPrimary().stream()
                .flatMap(primary -> look.server(primary).stream().flatMap(server -> unmet(look, primary, server)));
    }

    private static Stream<Difference> unmet(SideBySide look, NodeName primary, ServerFacts server) {
        SynchronousStandbys declared =
                SynchronousStandbys.declared(look.topology().synchronous(), primary);
        Confirmations confirmations = declared.confirmations(server);
        return look.topology().synchronous().standbysOf(primary).stream()
                .filter(member -> !confirmations.confirming().contains(member.value()))
                .flatMap(member -> Optional.ofNullable(confirmations.silent().get(member.value()))
                        .map(sender -> silent(look, primary, server, member, sender))
                        .or(() -> Optional.of(member)
                                .filter(each -> isNotToldAlready(look, each))
                                .map(each -> absent(look, primary, server, each)))
                        .stream());
    }

    private static Difference difference(SideBySide look, NodeName primary, NodeName member, String observed) {
        return Difference.of(
                look.subject(member),
                DriftKind.MEMBER_NOT_CONFIRMING,
                FieldPath.of("synchronous", "of"),
                "confirms commits of " + primary,
                observed);
    }

    private static Difference silent(
            SideBySide look, NodeName primary, ServerFacts server, NodeName member, WalSender sender) {
        return difference(look, primary, member, silence(primary, server, sender))
                .because("its WAL receiver is stopped, hangs, or is cut off: one at work answers at least every"
                        + " wal_receiver_status_interval")
                .byHand("no step helps: look on " + look.topology().node(member).host() + " whether a process of "
                        + member + " is stopped or its disk hangs, and whether the network to it is dead");
    }

    private static String silence(NodeName primary, ServerFacts server, WalSender sender) {
        return "streams, and has not answered for "
                + seconds(sender.silentFor().orElseThrow())
                + behind(server, sender)
                        .map(bytes -> ", " + amount(bytes) + " behind " + primary)
                        .orElse("");
    }

    private static Difference absent(SideBySide look, NodeName primary, ServerFacts server, NodeName member) {
        Difference difference = difference(look, primary, member, asItsUpstreamSeesIt(primary, server, member));
        String host = look.topology().node(member).host();
        if (look.server(member).isEmpty()) {
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
        return server.walSenders().stream()
                .filter(sender -> sender.isCalled(member) && !sender.isSilent())
                .findFirst()
                .map(sender -> sender.isStreaming()
                        ? primary + " does not see how far it has flushed"
                        : primary + " sees it in state \"" + sender.state() + "\"")
                .orElse(primary + " has no connection of that name");
    }

    private static Optional<Long> behind(ServerFacts primary, WalSender sender) {
        return primary.flushed().flatMap(ahead -> sender.flushed().map(ahead::bytesAheadOf));
    }

    private static String amount(long bytes) {
        double kilobytes = bytes / 1024.0;
        return kilobytes < 1024
                ? String.format(Locale.ROOT, "%.1f kB", kilobytes)
                : String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024);
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
}
