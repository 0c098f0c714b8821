package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.pgvalue.SettingCatalog;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.DriftLimits;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import io.pgherder.controller.topology.yaml.source.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static io.pgherder.controller.topology.TopologyProblem.DUPLICATE_KEY;

/** Reads a tree into a draft: defaults and placeholders are filled in, settings merged. */
public final class DraftReader {
    private static final int DEFAULT_PORT = 5432;

    private final Section topology;
    private final Problems problems;
    private final Optional<Section> defaults;
    private final List<SettingDraft> declaredSettings = new ArrayList<>();
    private final List<SettingDraft> declaredOptions = new ArrayList<>();

    private DraftReader(Tree.Mapping topology, Place top, Problems problems) {
        this.topology = new Section("", topology, new FieldPath(""), top);
        this.problems = problems;
        this.defaults = this.topology.section("defaults");
    }

    public static Draft read(Tree.Mapping topology, Place top, Problems problems) {
        return new DraftReader(topology, top, problems).draft();
    }

    private Draft draft() {
        Optional<Section> replication = topology.section("replication");
        List<HostDraft> hosts = sectionsOf("hosts").stream().map(HostDraft::of).toList();
        List<NodeDraft> nodes = nodes(hosts);
        return new Draft(
                topology.text("cluster"),
                topology.text("primary"),
                topology.section("postgres").map(PostgresDraft::of).orElse(PostgresDraft.NONE),
                replication.flatMap(section -> section.text("user")),
                replication.flatMap(section -> section.section("password")).map(PasswordDraft::of),
                replication.flatMap(section -> section.flag("slots")),
                topology.section("synchronous").map(SynchronousDraft::of),
                topology.section("agents").flatMap(section -> section.text("tls")),
                hosts,
                nodes,
                namesIn("hosts"),
                namesIn("nodes"),
                declaredSettings,
                declaredOptions,
                topology.list("hba"),
                topology.section("limits").map(DraftReader::limits).orElse(DriftLimits.NONE));
    }

    private List<Section> sectionsOf(String key) {
        return topology.section(key).map(Section::sections).orElse(List.of());
    }

    private List<String> namesIn(String key) {
        return topology.section(key).map(Section::keys).orElse(List.of());
    }

    private List<NodeDraft> nodes(List<HostDraft> hosts) {
        defaults.flatMap(section -> section.text("data_dir")).ifPresent(dir -> Placeholders.check(dir, problems));
        defaults.flatMap(section -> section.text("wal_dir")).ifPresent(dir -> Placeholders.check(dir, problems));
        defaults.flatMap(section -> section.text("config_dir")).ifPresent(dir -> Placeholders.check(dir, problems));
        SortedMap<String, Written> settings = settings(topology);
        SortedMap<String, Written> options =
                topology.section("replication").map(this::options).orElseGet(TreeMap::new);
        return sectionsOf("nodes").stream()
                .map(node -> node(node, hosts, settings, options))
                .toList();
    }

    private NodeDraft node(
            Section node,
            List<HostDraft> hosts,
            SortedMap<String, Written> commonSettings,
            SortedMap<String, Written> commonOptions) {
        node.text("data_dir").ifPresent(dir -> Placeholders.check(dir, problems));
        node.text("wal_dir").ifPresent(dir -> Placeholders.check(dir, problems));
        node.text("config_dir").ifPresent(dir -> Placeholders.check(dir, problems));
        Placeholders placeholders = placeholders(node, hosts);
        SortedMap<String, Written> settings = new TreeMap<>(commonSettings);
        settings.putAll(settings(node));
        settings.replaceAll((name, value) -> placeholders.fill(value));
        SortedMap<String, Written> options = new TreeMap<>(commonOptions);
        options.putAll(options(node));
        options.replaceAll((name, value) -> placeholders.fill(value));
        return new NodeDraft(
                node.name(),
                node.path(),
                node.place(),
                node.text("host"),
                portOf(node),
                node.text("port").map(Written::place).orElse(node.place()),
                node.text("follows"),
                orDefault(node, "data_dir").map(placeholders::fill),
                orDefault(node, "wal_dir").map(placeholders::fill),
                orDefault(node, "config_dir").map(placeholders::fill),
                node.number("priority"),
                cloneKey(node, "from"),
                cloneKey(node, "max_rate"),
                cloneKey(node, "checkpoint"),
                settings,
                options);
    }

    /** A port that cannot be read is not the default one: it would seem to be shared with others. */
    private static Optional<Integer> portOf(Section node) {
        return node.keys().contains("port") ? node.number("port") : Optional.of(DEFAULT_PORT);
    }

    private Optional<Written> orDefault(Section node, String key) {
        return node.text(key).or(() -> defaults.flatMap(section -> section.text(key)));
    }

    private Optional<Written> cloneKey(Section node, String key) {
        return node.section("clone")
                .flatMap(clone -> clone.text(key))
                .or(() -> defaults.flatMap(section -> section.section("clone")).flatMap(clone -> clone.text(key)));
    }

    private Placeholders placeholders(Section node, List<HostDraft> hosts) {
        Map<String, String> values = new HashMap<>();
        values.put("node", node.name());
        values.put("port", node.text("port").map(Written::text).orElse(String.valueOf(DEFAULT_PORT)));
        topology.text("cluster").ifPresent(cluster -> values.put("cluster", cluster.text()));
        node.text("host").ifPresent(host -> values.put("host", host.text()));
        hosts.stream()
                .filter(host -> node.text("host")
                        .map(Written::text)
                        .filter(host.name()::equals)
                        .isPresent())
                .flatMap(host -> host.address().stream())
                .forEach(address -> values.put("address", address.text()));
        return new Placeholders(values);
    }

    private static DriftLimits limits(Section section) {
        return new DriftLimits(section.size("lag"), section.time("replay_lag"), section.size("slot_wal"));
    }

    /** Most of them are paths: in these, too, braces that stay would be a slip of the hand. */
    private SortedMap<String, Written> options(Section holder) {
        SortedMap<String, Written> byName = new TreeMap<>();
        holder.section("options")
                .ifPresent(section -> section.texts().forEach((name, value) -> {
                    Placeholders.check(value, problems);
                    declaredOptions.add(new SettingDraft(name, section.keyPlace(name), value));
                    byName.put(name, value);
                }));
        return byName;
    }

    private SortedMap<String, Written> settings(Section holder) {
        SortedMap<String, Written> byName = new TreeMap<>();
        Optional<Section> section = holder.section("settings");
        section.map(Section::texts).orElse(Map.of()).forEach((name, value) -> {
            String canonical = SettingCatalog.canonical(name);
            Written first = byName.putIfAbsent(canonical, value);
            if (first == null) {
                declaredSettings.add(
                        new SettingDraft(canonical, section.orElseThrow().keyPlace(name), value));
            } else {
                problems.add(
                        value.problem(DUPLICATE_KEY, "\"" + canonical + "\" stands here twice, written differently")
                                .detail("also at line " + first.place().line())
                                .hint("which of the two is meant? Remove the other"));
            }
        });
        return byName;
    }
}
