package io.pgherder.controller.importing;

import io.pgherder.controller.importing.Member.Sender;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Who is the primary of a cluster, and who streams from whom.
 *
 * @param members the primary first, else in the order in which they were found
 * @param upstreams of every standby
 */
record Family(List<Member> members, Map<Member, Member> upstreams) {
    Family {
        members = List.copyOf(members);
        upstreams = Map.copyOf(upstreams);
    }

    /** @throws ProblemsException if there is not one primary, or a standby streams from somebody else */
    static Family of(Search search) {
        List<Member> found = search.members();
        List<Member> primaries = found.stream().filter(Member::isPrimary).toList();
        if (primaries.size() != 1) {
            throw new ProblemsException(primaries.isEmpty() ? noPrimary(search) : severalPrimaries(primaries));
        }
        List<Member> members = new ArrayList<>(primaries);
        found.stream().filter(member -> !member.isPrimary()).forEach(members::add);
        Map<Member, Member> upstreams = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Member standby : members.subList(1, members.size())) {
            Optional<Member> upstream = upstream(standby, members);
            upstream.ifPresent(sender -> upstreams.put(standby, sender));
            if (upstream.isEmpty()) {
                problems.add(unknownUpstream(standby, search.leftOut()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new Family(members, upstreams);
    }

    Member primary() {
        return members.get(0);
    }

    List<Member> standbys() {
        return members.subList(1, members.size());
    }

    Member upstreamOf(Member standby) {
        return requireNonNull(upstreams.get(standby), "every standby has an upstream");
    }

    boolean isCascaded(Member standby) {
        return !upstreamOf(standby).equals(primary());
    }

    /** One whom nothing tells where it would stream from follows the primary, like any other. */
    private static Optional<Member> upstream(Member standby, List<Member> members) {
        Optional<Sender> told = standby.sender();
        if (told.isEmpty()) {
            return Optional.of(members.get(0));
        }
        Sender sender = told.get();
        List<Member> onThatPort = members.stream()
                .filter(member -> !member.equals(standby) && member.place().port() == sender.port())
                .toList();
        return only(onThatPort.stream()
                        .filter(member -> member.host().agent().agentHost().equals(sender.host())))
                .or(() -> only(onThatPort.stream().filter(member -> member.sendsTo(standby.applicationName()))))
                .or(() -> only(onThatPort.stream()
                        .filter(member -> sender.isLocal() && member.host().equals(standby.host()))))
                .or(() -> sender.isLocal() ? Optional.empty() : only(onThatPort.stream()));
    }

    private static Optional<Member> only(Stream<Member> some) {
        List<Member> all = some.toList();
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    private static Problem noPrimary(Search search) {
        Problem problem =
                Problem.of(ImportProblem.NO_ONE_PRIMARY, "none of the instances that were found is the primary");
        for (Member standby : search.members()) {
            problem = problem.detail(standby.words() + " is a standby"
                    + standby.sender().map(sender -> " of " + sender.words()).orElse(""));
        }
        return search.leftOut()
                .missing(problem, "on which host does it run? Name the agent of that host, too: --agent HOST:PORT");
    }

    private static Problem severalPrimaries(List<Member> primaries) {
        Problem problem =
                Problem.of(ImportProblem.NO_ONE_PRIMARY, "several instances of one cluster run as its primary");
        for (Member primary : primaries) {
            problem = problem.detail(
                    primary.words() + ", timeline " + primary.server().timeline());
        }
        return problem.hint("which of them is meant? Stop the others, and see that nobody writes there meanwhile");
    }

    private static Problem unknownUpstream(Member standby, LeftOut leftOut) {
        Problem problem = Problem.of(
                ImportProblem.UNKNOWN_UPSTREAM,
                standby.words() + " streams from "
                        + standby.sender().map(Sender::words).orElse("nobody")
                        + ", where no instance of this cluster was found");
        return leftOut.missing(
                problem, "name the agent of that host, too: --agent HOST:PORT; or let it follow one that was found");
    }
}
