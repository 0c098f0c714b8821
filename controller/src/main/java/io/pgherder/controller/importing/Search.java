package io.pgherder.controller.importing;

import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.FoundInstance;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The instances of one cluster among all that were found.
 *
 * @param leftOut the others, and why
 */
record Search(List<Member> members, LeftOut leftOut) {
    /** The first in which agents tell every setting, and where the configuration is. */
    private static final int PROTOCOL = 3;

    /**
     * @param system the cluster that is meant; empty: the only one
     * @throws ProblemsException if an agent is silent, nothing was found, or several clusters were
     */
    static Search of(List<FoundHost> hosts, Optional<SystemIdentifier> system) {
        requireAnswers(hosts);
        Map<String, String> others = new LinkedHashMap<>();
        Map<SystemIdentifier, List<Member>> systems = new LinkedHashMap<>();
        for (FoundHost host : hosts) {
            for (FoundInstance instance : host.instances()) {
                Optional<Member> member = member(host, instance);
                member.ifPresent(
                        found -> add(found, systems.computeIfAbsent(found.system(), own -> new ArrayList<>())));
                if (member.isEmpty()) {
                    others.putIfAbsent(place(host, instance.place().dataDir()), whyNot(host, instance));
                }
            }
        }
        // Several agents on one machine see the same instances, and not all of them may look at each.
        systems.values()
                .forEach(members -> members.forEach(member ->
                        others.remove(place(member.host(), member.place().dataDir()))));
        List<String> leftOut = new ArrayList<>(others.values());
        if (systems.isEmpty()) {
            throw new ProblemsException(nothing(hosts, leftOut));
        }
        List<Member> members = chosen(systems, system);
        systems.forEach((other, theirs) -> {
            if (!theirs.equals(members)) {
                theirs.forEach(member -> leftOut.add(member.words() + ": it is of another cluster, system " + other));
            }
        });
        requireOneVersion(members);
        return new Search(members, new LeftOut(leftOut));
    }

    /** One that several agents have seen is one, and belongs to the agent that made it or at whose address it listens; else to the first. */
    private static void add(Member member, List<Member> members) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).isSameAs(member)) {
                if (member.isItsAgents() && !members.get(i).isItsAgents()) {
                    members.set(i, member);
                }
                return;
            }
        }
        members.add(member);
    }

    private static void requireAnswers(List<FoundHost> hosts) {
        List<Problem> problems = new ArrayList<>();
        for (FoundHost host : hosts) {
            if (host.said() instanceof Silent silent) {
                problems.add(silent.why());
            } else if (host.said() instanceof Answered answered && answered.protocol() < PROTOCOL) {
                problems.add(tooOld(host, answered));
            } else if (host.said() instanceof Answered answered) {
                answered.instances().unseen().forEach(why -> problems.add(notSearched(host, why)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static Problem tooOld(FoundHost host, Answered answered) {
        return Problem.of(
                        ImportProblem.AGENT_TOO_OLD, "the agent " + host.agent().agent() + " is too old to import from")
                .detail("agent version " + answered.agentVersion() + ", protocol " + answered.protocol()
                        + "; needed: protocol " + PROTOCOL)
                .hint("install the agent of this pgherder there");
    }

    private static Problem notSearched(FoundHost host, Problem why) {
        return Problem.of(
                        ImportProblem.HOST_NOT_SEARCHED,
                        "the agent " + host.agent().agent() + " could not look everywhere on its host")
                .detail(why.summary())
                .details(why.details())
                .hint("an instance of the cluster may be there" + (why.hint().isEmpty() ? "" : ": " + why.hint()));
    }

    private static String place(FoundHost host, String dataDir) {
        String machine = host.said() instanceof Answered answered
                ? answered.machine()
                : host.agent().agent();
        return machine + " " + dataDir;
    }

    private static Optional<Member> member(FoundHost host, FoundInstance instance) {
        return instance.seen().flatMap(NodeObservation::seen).flatMap(seen -> Member.of(host, instance.place(), seen));
    }

    private static String whyNot(FoundHost host, FoundInstance instance) {
        String where = host.agent().agentHost() + ":" + instance.place().port() + " ("
                + instance.place().dataDir() + "): ";
        if (instance.seen().isEmpty()) {
            return where + (isBelowRoots(host, instance) ? "nothing tells its port, or its version" : outside(host));
        }
        NodeObservation seen = instance.seen().get();
        if (seen instanceof Unreachable unreachable) {
            return where + unreachable.why().summary() + hint(unreachable.why());
        }
        if (seen instanceof Seen there) {
            return where
                    + there.instance().problems().stream()
                            .findFirst()
                            .map(problem -> problem.summary() + hint(problem))
                            .orElse("it does not accept connections: start it, and import again");
        }
        return where + "it has gone meanwhile";
    }

    private static String hint(Problem problem) {
        return problem.hint().isEmpty() ? "" : "; " + problem.hint();
    }

    private static boolean isBelowRoots(FoundHost host, FoundInstance instance) {
        String directory = instance.place().dataDir();
        return roots(host).stream().anyMatch(root -> directory.startsWith(root + "/"));
    }

    private static String outside(FoundHost host) {
        return "its directory is outside of the roots of the agent "
                + host.agent().agent() + ", "
                + String.join(", ", roots(host))
                + ". If it belongs to the cluster, add the directory above that, and those above its WAL and configuration, to"
                + " \"roots\" in the configuration of this agent, and restart the agent";
    }

    private static List<String> roots(FoundHost host) {
        return host.said() instanceof Answered answered ? answered.allowedRoots() : List.of();
    }

    private static Problem nothing(List<FoundHost> hosts, List<String> leftOut) {
        Problem problem =
                Problem.of(ImportProblem.NOTHING_FOUND, "found no instance that a topology file could be written of");
        for (FoundHost host : hosts) {
            if (host.said() instanceof Answered answered && host.instances().isEmpty()) {
                problem =
                        problem.detail(host.agent().agent() + " sees no instance of the account " + answered.account());
            }
        }
        for (String why : leftOut) {
            problem = problem.detail(why);
        }
        return problem.hint("do they run, under the account of the agent, and below its allowed roots?");
    }

    private static List<Member> chosen(Map<SystemIdentifier, List<Member>> systems, Optional<SystemIdentifier> system) {
        if (system.isPresent() && systems.containsKey(system.get())) {
            return systems.get(system.get());
        }
        if (system.isEmpty() && systems.size() == 1) {
            return systems.values().iterator().next();
        }
        Problem problem = Problem.of(
                ImportProblem.SEVERAL_CLUSTERS,
                system.isPresent()
                        ? "no instance of system " + system.get() + " was found"
                        : "the instances that were found are of several clusters");
        for (Map.Entry<SystemIdentifier, List<Member>> each : systems.entrySet()) {
            problem = problem.detail("system " + each.getKey() + ": "
                    + each.getValue().stream().map(Member::words).collect(Collectors.joining(", ")));
        }
        throw new ProblemsException(problem.hint("which of them is meant? Say it with --system"));
    }

    private static void requireOneVersion(List<Member> members) {
        boolean isOne = members.stream()
                        .map(member -> member.place().majorVersion())
                        .distinct()
                        .count()
                == 1;
        if (!isOne) {
            Problem problem = Problem.of(
                    ImportProblem.SEVERAL_VERSIONS, "the instances of the cluster are of several major versions");
            for (Member member : members) {
                problem = problem.detail(
                        member.words() + ": PostgreSQL " + member.place().majorVersion());
            }
            throw new ProblemsException(problem.hint("was one of them upgraded? Only one cluster can go on"));
        }
    }
}
