package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Measured;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every member of the synchronous group streams and answers, so that the promise does not hang on fewer of them; and nobody else
 * under its name. What the primary says counts, also of a member whose own host does not answer. One that has all but the latest WAL, as right
 * after it was made, is about to confirm.
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
        return Stream.concat(
                silentOrAbsent(look, primary, server, confirmations),
                look.topology().synchronous().standbysOf(primary).stream()
                        .filter(member ->
                                confirmations.confirming().contains(member.value()) && isKnownNotToStream(look, member))
                        .map(member -> impostor(look, primary, member)));
    }

    private static Stream<Difference> silentOrAbsent(
            SideBySide look, NodeName primary, ServerFacts server, Confirmations confirmations) {
        return look.topology().synchronous().standbysOf(primary).stream()
                .filter(member -> !confirmations.confirming().contains(member.value()))
                .flatMap(member -> Optional.ofNullable(confirmations.silent().get(member.value()))
                        .flatMap(WalSender::silentFor)
                        .map(lastAnswer -> silent(look, primary, member, lastAnswer))
                        .or(() -> Optional.of(member)
                                .filter(each ->
                                        isNotToldAlready(look, each) && !isAboutToConfirm(look, primary, server, each))
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

    private static Difference silent(SideBySide look, NodeName primary, NodeName member, Duration lastAnswer) {
        Difference silent = difference(
                look,
                primary,
                member,
                "streams, and does not confirm what it was sent; its last answer is " + Measured.seconds(lastAnswer)
                        + " old by its own clock");
        return QuietStandby.of(look, member)
                .map(quiet -> quiet.tell(silent))
                .orElseGet(() -> silent.byHand(
                        "no step helps: look on " + look.topology().node(member).host() + " whether a process of "
                                + member + " is stopped, its disk is slow or hangs, or the network to it is dead"));
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
        Optional<QuietStandby> quiet = QuietStandby.of(look, member);
        if (quiet.isPresent()) {
            return quiet.get().tell(difference);
        }
        if (look.tree().sender(primary, member).isPresent()) {
            return difference.byHand("is it catching up? then look again; else its log says what holds it up");
        }
        return difference.because(otherName(look, member));
    }

    /** It catches up, and lacks less than one file of WAL: standbys that were just made do, and those whose connection was just made anew. */
    private static boolean isAboutToConfirm(SideBySide look, NodeName primary, ServerFacts server, NodeName member) {
        return look.tree()
                .sender(primary, member)
                .filter(WalSender::isCatchingUp)
                .flatMap(sender -> behind(server, sender))
                .filter(lacking -> lacking < server.walSegmentBytes())
                .isPresent();
    }

    /** How much of the primary's WAL has not arrived on its disk; as long as it says nothing of that, how much has not been sent to it. */
    private static Optional<Long> behind(ServerFacts primary, WalSender sender) {
        return primary.flushed()
                .flatMap(end -> sender.flushed().or(sender::sent).map(end::bytesAheadOf));
    }

    /** One that runs and could not be asked may well stream. */
    private static boolean isKnownNotToStream(SideBySide look, NodeName member) {
        return look.isEmpty(member)
                || look.instance(member)
                        .filter(instance -> instance.process() == InstanceState.ProcessState.STOPPED)
                        .isPresent()
                || (look.server(member).isPresent() && !look.tree().isStreaming(member));
    }

    /** A commit that only this one has is lost with the primary, whatever was promised. */
    private static Difference impostor(SideBySide look, NodeName primary, NodeName member) {
        return difference(look, primary, member, "streams from nobody, and a connection of its name confirms commits")
                .because("whoever calls itself " + member + " counts for it: PostgreSQL goes by application_name")
                .byHand(
                        "who is it? SELECT pid, client_addr, usename FROM pg_stat_replication WHERE application_name = '"
                                + member + "' on " + primary + "; stop it, or have it go by another name");
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

    /** Why one that is not there, accepts no connections, or is without an upstream confirms nothing needs no telling. */
    private static boolean isNotToldAlready(SideBySide look, NodeName member) {
        boolean mayAccept = look.instance(member)
                .map(InstanceState::process)
                .filter(process -> process != InstanceState.ProcessState.ACCEPTING
                        && process != InstanceState.ProcessState.UNKNOWN)
                .isEmpty();
        return mayAccept && !isKnownNotToStream(look, member);
    }

    private static String asItsUpstreamSeesIt(NodeName primary, ServerFacts server, NodeName member) {
        return server.walSenders().stream()
                .filter(sender -> sender.isCalled(member) && !sender.isSilent())
                .findFirst()
                .map(sender -> sender.isStreaming()
                        ? primary + " does not see how far it has flushed"
                        : primary + " sees it in state \"" + sender.state() + "\""
                                + behind(server, sender)
                                        .map(lacking -> ", " + Measured.bytes(lacking) + " behind")
                                        .orElse(""))
                .orElse(primary + " has no connection of that name");
    }
}
