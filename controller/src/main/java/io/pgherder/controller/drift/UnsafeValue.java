package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

/** The value of a switch that makes what a cluster promises worthless. Who declares it wants it. */
public enum UnsafeValue {
    NO_FSYNC("fsync", "off", "a crash of the host loses data"),
    TORN_PAGES("full_page_writes", "off", "a crash of the host may leave torn pages"),
    READ_ONLY("default_transaction_read_only", "on", "nobody can write");

    private final String setting;
    private final String value;
    private final String consequence;

    UnsafeValue(String setting, String value, String consequence) {
        this.setting = setting;
        this.value = value;
        this.consequence = consequence;
    }

    /** What comes of it: "a crash of the host loses data". */
    public String consequence() {
        return consequence;
    }

    /** "fsync = on". */
    public String safe() {
        return setting + " = " + (value.equals("on") ? "off" : "on");
    }

    /** The setting, if the server has this value in force and nobody has declared it. */
    public Optional<Setting> inForce(SideBySide look, NodeName node) {
        return undeclared(look, node).filter(now -> now.value().equals(value));
    }

    /** The line that puts it in force as soon as anybody reloads: the server has another value so far. */
    public Optional<FileEntry> waiting(SideBySide look, NodeName node) {
        return undeclared(look, node)
                .filter(now -> !now.value().equals(value) && !SettingsDrift.isStrongerThanAnyFile(now))
                .flatMap(now -> look.instance(node)
                        .flatMap(instance -> new Origins(instance).last(setting))
                        .filter(line -> !line.isIn(ConfigurationFile.PGHERDER))
                        .filter(line -> new DeclaredValue(setting, value).isWritten(line.value(), Optional.of(now))));
    }

    /** Standbys are read only in any case. */
    private Optional<Setting> undeclared(SideBySide look, NodeName node) {
        boolean counts =
                this != READ_ONLY || look.actualPrimary().filter(node::equals).isPresent();
        return counts && !look.topology().node(node).settings().containsKey(setting)
                ? look.server(node).flatMap(server -> server.setting(setting))
                : Optional.empty();
    }
}
