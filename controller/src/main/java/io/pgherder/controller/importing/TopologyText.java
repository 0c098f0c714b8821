package io.pgherder.controller.importing;

import io.pgherder.controller.importing.Hosts.Named;
import io.pgherder.controller.importing.Settings.Remark;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.pgherder.controller.importing.Yaml.quoted;

/** The topology file of what was found, as a person would write it, with comments where it had to be guessed. */
record TopologyText(
        ClusterName cluster,
        String superuser,
        Family family,
        Names names,
        Hosts hosts,
        Login login,
        Slots slots,
        Options options,
        Promise promise,
        Settings settings,
        Hba hba,
        List<String> leftOut) {
    static final String PASSWORD = "PGHERDER_REPLICATION_PASSWORD";

    /**
     * @param guess why it is one; empty: the instances say so
     */
    record ClusterName(String name, Optional<String> guess) {}

    String text() {
        Yaml yaml = new Yaml();
        head(yaml);
        replication(yaml);
        synchronous(yaml);
        hosts(yaml);
        nodes(yaml);
        settings(yaml);
        hba(yaml);
        return yaml.toString();
    }

    private void head(Yaml yaml) {
        yaml.comment(
                0,
                "Written by \"pgherder import\" from what runs, system "
                        + family.primary().system() + ".");
        yaml.comment(0, "Read what follows \"guess:\" before you apply; the comments are yours to remove.");
        leftOut.forEach(why -> yaml.comment(0, "Left out: " + why));
        yaml.blank();
        cluster.guess().ifPresent(why -> yaml.comment(0, "guess: " + why));
        yaml.line(0, "cluster: " + quoted(cluster.name()));
        yaml.line(0, "primary: " + names.of(family.primary()));
        yaml.blank();
        yaml.line(0, "postgres:");
        yaml.line(1, "version: " + family.primary().place().majorVersion());
        yaml.line(1, "superuser: " + quoted(superuser));
        yaml.blank();
    }

    private void replication(Yaml yaml) {
        yaml.line(0, "replication:");
        login.guess().ifPresent(why -> yaml.comment(1, "guess: " + why));
        yaml.line(1, "user: " + quoted(login.user()));
        yaml.comment(
                1, "Passwords are not imported. It has to be the present one: apply gives the role this password.");
        yaml.line(1, "password: { env: " + PASSWORD + " }");
        slots.notes().forEach(note -> yaml.comment(1, note));
        yaml.line(1, "slots: " + slots.areUsed());
        grouped(options.leftOut(), remark -> remark.name() + "=" + remark.value())
                .forEach((option, remarks) -> yaml.comment(
                        1,
                        "guess: apply drops " + option + " of " + nodes(remarks) + ": "
                                + remarks.get(0).why()));
        map(yaml, 1, "options", options.common(), List.of());
        yaml.blank();
    }

    private void synchronous(Yaml yaml) {
        promise.notes().forEach(note -> yaml.comment(0, note));
        String group = promise.rule().group().stream().map(NodeName::value).collect(Collectors.joining(", "));
        yaml.line(
                0,
                promise.rule().method() == Method.OFF
                        ? "synchronous: off"
                        : "synchronous: { " + (promise.rule().method() == Method.ANY ? "any: " : "first: ")
                                + promise.rule().count() + ", of: [" + group + "]" + except() + " }");
        yaml.blank();
    }

    private String except() {
        return promise.rule().excepted().isEmpty()
                ? ""
                : promise.rule().excepted().stream()
                        .map(SessionScope::words)
                        .map(Yaml::quoted)
                        .collect(Collectors.joining(", ", ", except: [", "]"));
    }

    private void hosts(Yaml yaml) {
        yaml.line(0, "hosts:");
        for (Named host : hosts.inOrder()) {
            host.guess().ifPresent(why -> yaml.comment(1, "guess: " + why));
            yaml.line(
                    1,
                    quoted(host.name()) + ": { address: " + quoted(host.address())
                            + host.agent()
                                    .map(agent -> ", agent: " + quoted(agent))
                                    .orElse("")
                            + (host.shared() ? ", shared: true" : "") + " }");
        }
        yaml.blank();
    }

    private void nodes(Yaml yaml) {
        yaml.line(0, "nodes:");
        for (Member member : family.members()) {
            NodeName name = names.of(member);
            names.why(member).ifPresent(why -> yaml.comment(1, "guess: the name; " + why));
            yaml.line(1, name + ":");
            yaml.line(2, "host: " + quoted(hosts.of(member).name()));
            yaml.line(2, "port: " + member.place().port());
            if (!member.isPrimary() && family.isCascaded(member)) {
                yaml.line(2, "follows: " + names.of(family.upstreamOf(member)));
            }
            yaml.line(2, "data_dir: " + quoted(member.place().dataDir()));
            member.walDir().ifPresent(directory -> {
                outsideOfRoots(yaml, member, directory);
                yaml.line(2, "wal_dir: " + quoted(directory));
            });
            member.place().configDir().ifPresent(directory -> yaml.line(2, "config_dir: " + quoted(directory)));
            map(yaml, 2, "options", options.own().getOrDefault(name, new TreeMap<>()), List.of());
            map(yaml, 2, "settings", settings.own().getOrDefault(name, new TreeMap<>()), List.of(name));
        }
        yaml.blank();
    }

    private static void outsideOfRoots(Yaml yaml, Member member, String directory) {
        boolean isBelow = member.agent().allowedRoots().stream().anyMatch(root -> directory.startsWith(root + "/"));
        if (!isBelow) {
            yaml.comment(2, "It is not below the agent's allowed roots yet: add it to \"roots\" there.");
        }
    }

    private void settings(Yaml yaml) {
        map(yaml, 0, "settings", settings.common(), List.copyOf(settings.own().keySet()));
        Map<String, List<Remark>> alike = grouped(
                settings.leftOut(), remark -> remark.name() + ": " + remark.value() + " (" + remark.why() + ")");
        if (!alike.isEmpty()) {
            yaml.comment(0, "Settings that are left where they are, and why:");
            alike.forEach((text, remarks) -> yaml.comment(0, nodes(remarks) + "  " + text));
        }
        if (!settings.common().isEmpty() || !alike.isEmpty()) {
            yaml.blank();
        }
    }

    private static Map<String, List<Remark>> grouped(List<Remark> remarks, Function<Remark, String> text) {
        Map<String, List<Remark>> alike = new LinkedHashMap<>();
        remarks.forEach(remark -> alike.computeIfAbsent(text.apply(remark), each -> new ArrayList<>())
                .add(remark));
        return alike;
    }

    private static String nodes(List<Remark> remarks) {
        return remarks.stream().map(remark -> remark.node().value()).collect(Collectors.joining(", "));
    }

    /** @param nodes whose settings they are */
    private void map(Yaml yaml, int depth, String key, SortedMap<String, String> some, List<NodeName> nodes) {
        if (some.isEmpty()) {
            return;
        }
        yaml.line(depth, key + ":");
        some.forEach((name, value) -> {
            settings.waiting().stream()
                    .filter(remark -> remark.name().equals(name) && nodes.contains(remark.node()))
                    .forEach(remark -> yaml.comment(
                            depth + 1, "In force; on " + remark.node() + " " + remark.why() + ". Which is meant?"));
            yaml.line(depth + 1, name + ": " + quoted(value));
        });
    }

    private void hba(Yaml yaml) {
        hba.whyNot().ifPresent(why -> yaml.comment(0, "hba is not declared, and pg_hba.conf left alone: " + why + "."));
        hba.lines().ifPresent(lines -> {
            yaml.line(0, "hba:");
            lines.forEach(line -> yaml.line(1, "- " + (isPlainRule(line) ? line : quoted(line))));
        });
    }

    /** Of what no reader of YAML makes anything but this text. */
    private static boolean isPlainRule(String line) {
        return line.matches("[a-z][A-Za-z0-9 ,./_+=-]*");
    }
}
