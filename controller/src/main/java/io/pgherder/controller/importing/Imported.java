package io.pgherder.controller.importing;

import io.pgherder.controller.importing.TopologyText.ClusterName;
import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.TopologyProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * The topology file of a cluster that runs.
 *
 * @param text the whole file
 * @param nodes their names, the primary first
 * @param leftOut instances that were found and are not in it, and why
 * @param left what a reader of the file still objects to, which a person has to settle
 */
public record Imported(String text, List<String> nodes, List<String> leftOut, List<Problem> left) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern OPTION = Pattern.compile("(?:replication|nodes\\.([a-z0-9_]+))\\.options\\.(.+)");
    private static final Pattern SETTING = Pattern.compile("(?:nodes\\.([a-z0-9_]+)\\.)?settings\\.(.+)");

    public Imported {
        requireNonNull(text, "text is null");
        nodes = List.copyOf(nodes);
        leftOut = List.copyOf(leftOut);
        left = List.copyOf(left);
    }

    /**
     * What is asked for.
     *
     * @param cluster its name; empty: the one that the instances go by, or a guess
     * @param system which cluster, where there are several; empty: the only one
     * @param superuser by which the agents were in the instances
     */
    public record Wish(Optional<String> cluster, Optional<SystemIdentifier> system, String superuser) {
        public Wish {
            requireNonNull(cluster, "cluster is null");
            requireNonNull(system, "system is null");
            requireNonNull(superuser, "superuser is null");
        }
    }

    /**
     * What the file's own reader refuses of settings, connection options and hba is left out of it, with the reader's reason: the rules are its.
     *
     * @param reader every problem that it has with a text, each about its path in the file
     * @throws ProblemsException if no file can be written of what was found
     */
    public static Imported of(List<FoundHost> found, Wish wish, Function<String, List<Problem>> reader) {
        Search search = Search.of(found, wish.system());
        Family family = Family.of(search);
        Names names = Names.of(family);
        Hosts hosts = Hosts.of(family);
        TopologyText file = new TopologyText(
                wish.cluster()
                        .map(name -> new ClusterName(name, Optional.empty()))
                        .orElseGet(() -> cluster(family)),
                wish.superuser(),
                family,
                names,
                hosts,
                Login.of(family, wish.superuser()),
                Slots.of(family, names),
                Options.of(family, names, hosts),
                Promise.of(family, names, search.leftOut()),
                Settings.of(family, names),
                Hba.of(family, names, wish.superuser()),
                search.leftOut().why());
        List<Problem> problems = reader.apply(file.text());
        // One by one: without the first another may be none any more. Each round the file has less in it.
        Optional<TopologyText> shorter = withoutFirst(file, problems);
        while (shorter.isPresent()) {
            file = shorter.get();
            problems = reader.apply(file.text());
            shorter = withoutFirst(file, problems);
        }
        return new Imported(
                file.text(),
                family.members().stream()
                        .map(member -> names.of(member).value())
                        .toList(),
                search.leftOut().why(),
                problems);
    }

    /** Without the first setting or option that is refused, or without hba; empty if there is no such thing. */
    private static Optional<TopologyText> withoutFirst(TopologyText file, List<Problem> problems) {
        for (Problem problem : problems) {
            Matcher setting = SETTING.matcher(problem.subject());
            if (setting.matches()) {
                Optional<NodeName> node = Optional.ofNullable(setting.group(1)).map(NodeName::new);
                Settings less = file.settings().without(setting.group(2), node, why(problem));
                if (!less.equals(file.settings())) {
                    return Optional.of(with(file, file.options(), less, file.hba()));
                }
            }
            Matcher option = OPTION.matcher(problem.subject());
            if (option.matches()) {
                Optional<NodeName> node = Optional.ofNullable(option.group(1)).map(NodeName::new);
                Options less = file.options().without(option.group(2), node, why(problem));
                if (!less.equals(file.options())) {
                    return Optional.of(with(file, less, file.settings(), file.hba()));
                }
            }
            boolean shutsOut = problem.code().equals(TopologyProblem.REPLICATION_SHUT_OUT.id());
            boolean isHba = shutsOut
                    || problem.subject().equals("hba")
                    || problem.subject().startsWith("hba.");
            if (isHba && file.hba().lines().isPresent()) {
                Hba none = file.hba().without(problem.subject(), why(problem), file.family());
                return Optional.of(with(file, file.options(), file.settings(), none));
            }
        }
        return Optional.empty();
    }

    private static String why(Problem problem) {
        return problem.summary()
                + problem.details().stream()
                        .findFirst()
                        .map(fact -> ": " + fact)
                        .orElse("");
    }

    private static TopologyText with(TopologyText file, Options options, Settings settings, Hba hba) {
        return new TopologyText(
                file.cluster(),
                file.superuser(),
                file.family(),
                file.names(),
                file.hosts(),
                file.login(),
                file.slots(),
                options,
                file.promise(),
                settings,
                hba,
                file.leftOut());
    }

    /** Their pgherder.conf may say it, or all of them have one cluster_name, as many people have it. */
    private static ClusterName cluster(Family family) {
        Set<String> told = family.members().stream()
                .map(member -> member.place().cluster())
                .collect(Collectors.toSet());
        Set<String> called = family.members().stream()
                .map(member -> member.inForce("cluster_name").orElse(""))
                .collect(Collectors.toSet());
        if (told.size() == 1 && isName(told)) {
            return new ClusterName(told.iterator().next(), Optional.empty());
        }
        if (family.members().size() > 1 && called.size() == 1 && isName(called)) {
            return new ClusterName(
                    called.iterator().next(),
                    Optional.of("the cluster_name of all its instances, which becomes the nodes'"));
        }
        return new ClusterName("imported", Optional.of("any name will do; --cluster NAME writes another"));
    }

    private static boolean isName(Set<String> names) {
        return NAME.matcher(names.iterator().next()).matches();
    }
}
