package io.pgherder.controller.importing;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.pgvalue.SettingCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What people have set, as it is in force: in postgresql.conf, in files that it includes, or by ALTER SYSTEM. What all nodes have alike is
 * the cluster's, the rest the node's. What a file says and the server has not taken stays out of force: to take over changes no value.
 *
 * @param common of all nodes
 * @param own of one node, by its name
 * @param leftOut what the file does not declare, and why
 * @param waiting what is declared as it is in force although a file says otherwise
 */
record Settings(
        SortedMap<String, String> common,
        Map<NodeName, SortedMap<String, String>> own,
        List<Remark> leftOut,
        List<Remark> waiting) {
    private static final String SOCKETS = "unix_socket_directories";

    /** They follow from other keys of the file, or say where the server's files are, and these stay where they are. */
    private static final Set<String> SAID_OTHERWISE = Set.of(
            "cluster_name",
            "config_file",
            "data_directory",
            "external_pid_file",
            "hba_file",
            "ident_file",
            "port",
            "primary_conninfo",
            "primary_slot_name",
            "synchronous_standby_names");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(node|port|cluster|host|address)\\}");

    /** @param node whose setting it is */
    record Remark(NodeName node, String name, String value, String why) {}

    static Settings of(Family family, Names names) {
        Map<NodeName, SortedMap<String, String>> own = new LinkedHashMap<>();
        List<Remark> leftOut = new ArrayList<>();
        List<Remark> waiting = new ArrayList<>();
        for (Member member : family.members()) {
            NodeName node = names.of(member);
            SortedMap<String, String> declared = new TreeMap<>();
            for (Setting setting : member.server().settings()) {
                if (SAID_OTHERWISE.contains(setting.name()) || !isSet(setting, member)) {
                    continue;
                }
                Written written = new Written(member, setting);
                String value = written.value().orElse(setting.value());
                Optional<String> obstacle = obstacle(setting, written);
                obstacle.ifPresent(why -> leftOut.add(new Remark(node, setting.name(), shown(setting, written), why)));
                if (obstacle.isEmpty()) {
                    declared.put(SettingCatalog.canonical(setting.name()), value);
                    written.otherwise().ifPresent(why -> waiting.add(new Remark(node, setting.name(), value, why)));
                }
            }
            own.put(node, declared);
        }
        return sorted(own, leftOut, waiting);
    }

    /**
     * The same without one that cannot be declared.
     *
     * @param node of which; empty: of all
     */
    Settings without(String name, Optional<NodeName> node, String why) {
        List<Remark> more = new ArrayList<>(leftOut);
        Map<NodeName, SortedMap<String, String>> left = new LinkedHashMap<>();
        own.forEach((each, settings) -> {
            SortedMap<String, String> all = new TreeMap<>(common);
            all.putAll(settings);
            boolean isMeant = node.filter(one -> !one.equals(each)).isEmpty();
            if (isMeant && all.containsKey(name)) {
                more.add(new Remark(each, name, all.remove(name), why));
            }
            left.put(each, all);
        });
        return sorted(left, more, waiting);
    }

    /** What all nodes have alike moves to the top. */
    private static Settings sorted(
            Map<NodeName, SortedMap<String, String>> own, List<Remark> leftOut, List<Remark> waiting) {
        SortedMap<String, String> alike = new TreeMap<>();
        List<SortedMap<String, String>> all = List.copyOf(own.values());
        all.get(0).forEach((name, value) -> {
            if (all.stream().allMatch(settings -> value.equals(settings.get(name)))) {
                alike.put(name, value);
            }
        });
        Map<NodeName, SortedMap<String, String>> rest = new LinkedHashMap<>();
        own.forEach((node, settings) -> {
            SortedMap<String, String> different = new TreeMap<>(settings);
            different.keySet().removeAll(alike.keySet());
            rest.put(node, different);
        });
        return new Settings(alike, rest, leftOut, waiting);
    }

    /** By somebody; or pgherder would set it to something else, as it does with where the sockets are. */
    private static boolean isSet(Setting setting, Member member) {
        boolean wouldMove = setting.name().equals(SOCKETS)
                && !setting.value().equals(member.agent().socketDir());
        return wouldMove || setting.source().equals("command line") || new Written(member, setting).isThere();
    }

    /** What a server shows instead of a command is none. */
    private static String shown(Setting setting, Written written) {
        String name = setting.name();
        return written.value()
                .map(value -> Secrets.mayBeIn(name, value) ? Secrets.MASK : value)
                .orElseGet(() -> Secrets.isIn(name, setting.value()) ? Secrets.MASK : setting.value());
    }

    /** Whether a reader of the file would make another text of it. */
    static boolean holdsPlaceholder(String value) {
        return PLACEHOLDER.matcher(value).find();
    }

    private static Optional<String> obstacle(Setting setting, Written written) {
        if (setting.source().equals("command line") && !setting.name().equals(SOCKETS)) {
            return Optional.of("the server was started with it on its command line, which pgherder does not repeat");
        }
        if (written.value().isEmpty()) {
            return Optional.of("that is not its value, which the server does not show, and no file that was read says");
        }
        if (Secrets.isIn(setting.name(), written.value().get())) {
            return Optional.of("it may hold a password or another secret, which does not belong into this file");
        }
        if (Secrets.mayBeIn(setting.name(), written.value().get())) {
            return Optional.of("a shell command may hold a password or another secret, which does not belong into this"
                    + " file; declare it if this one holds none");
        }
        return holdsPlaceholder(written.value().get())
                ? Optional.of("it holds a word in braces that this file would fill in")
                : Optional.empty();
    }
}
