package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.configfile.SettingsFiles;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.InstanceFiles;
import io.pgherder.agent.system.PropertyText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Settings with which a server did not start, so that it was started as before, with those that it had. Kept on disk: until they are mended the
 * next look, and the next plan, have to say why the server does not have what is declared.
 *
 * @param at when it did not
 * @param why in PostgreSQL's words where it has said any, one line
 */
public record RefusedSettings(Instant at, String why, List<Refused> settings) {
    private static final String AT = "at_ms";
    private static final String WHY = "why";
    private static final String NAME = "name_";
    private static final String VALUE = "value_";
    private static final String PLACE = "place_";
    private static final String INSTEAD = "instead_";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /**
     * One of them.
     *
     * @param value as a person may read it, without secrets; empty: no line set it, so that PostgreSQL's default was to come in force
     * @param place "/data01/pg/conf.d/memory.conf:1"; empty where no line set it
     * @param instead what was put into pgherder.conf; empty: that sets it no more
     * @param isCorrected whether somebody who had written it elsewhere has corrected it there since
     */
    public record Refused(
            String name, Optional<String> value, String place, Optional<String> instead, boolean isCorrected) {
        public Refused {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
            requireNonNull(place, "place is null");
            requireNonNull(instead, "instead is null");
        }

        public static Refused of(String name, Optional<String> value, String place, Optional<String> instead) {
            return new Refused(name, value, place, instead, false);
        }

        Refused corrected() {
            return new Refused(name, value, place, instead, true);
        }

        /** "shared_buffers = '900GB' in /data01/pg/pgherder.conf:12", "no shared_buffers". */
        public String words() {
            return value.map(text -> name + " = '" + text + "' in " + place).orElse("no " + name);
        }
    }

    public RefusedSettings {
        requireNonNull(at, "at is null");
        requireNonNull(why, "why is null");
        settings = List.copyOf(settings);
    }

    /** Those that are still held back: pgherder.conf has what was put there instead. Empty if none is. */
    public static Optional<RefusedSettings> heldBack(InstancePlace place, InstanceFiles files) {
        Properties kept = PropertyText.parse(files.refusedSettings().read().orElse(""));
        if (!NUMBER.matcher(kept.getProperty(AT, "")).matches()) {
            return Optional.empty();
        }
        OnDisk onDisk = new OnDisk(place);
        List<Refused> settings = new ArrayList<>();
        for (int i = 1; kept.containsKey(NAME + i); i++) {
            Refused each = Refused.of(
                    kept.getProperty(NAME + i),
                    Optional.ofNullable(kept.getProperty(VALUE + i)),
                    kept.getProperty(PLACE + i, ""),
                    Optional.ofNullable(kept.getProperty(INSTEAD + i)));
            if (onDisk.holdsBack(each)) {
                settings.add(onDisk.stillGives(each) ? each : each.corrected());
            }
        }
        return settings.isEmpty()
                ? Optional.empty()
                : Optional.of(new RefusedSettings(
                        Instant.ofEpochMilli(Long.parseLong(kept.getProperty(AT))),
                        kept.getProperty(WHY, ""),
                        settings));
    }

    /** What the files of an instance say now. */
    private static final class OnDisk {
        private final Path managed;
        private final ManagedSettings now;
        private final SettingsFiles all;

        OnDisk(InstancePlace place) {
            this.managed = place.configDirectory().resolve(ManagedSettings.FILE);
            this.now = ManagedSettings.parse(new AtomicFile(managed).read().orElse(""));
            this.all = SettingsFiles.of(
                    new AtomicFile(place.configDirectory().resolve("postgresql.conf")),
                    new AtomicFile(place.dataDir().resolve(AutoConf.FILE)));
        }

        boolean holdsBack(Refused each) {
            return now.value(each.name()).equals(each.instead());
        }

        /** Whether it would be in force but for what pgherder.conf has instead; what that had itself is for the topology to say. */
        boolean stillGives(Refused each) {
            return each.place().isEmpty() || each.place().startsWith(managed + ":") || isStillSaid(each);
        }

        private boolean isStillSaid(Refused each) {
            return all.said().stream()
                    .filter(said ->
                            !said.file().equals(managed) && said.line().name().equalsIgnoreCase(each.name()))
                    .reduce((earlier, later) -> later)
                    .map(said -> PasswordMask.told(each.name(), said.line().value()))
                    .equals(each.value());
        }
    }

    public void keep(InstanceFiles files) {
        PropertyText text = new PropertyText();
        text.put(AT, Long.toString(at.toEpochMilli())).put(WHY, why);
        for (int i = 1; i <= settings.size(); i++) {
            Refused each = settings.get(i - 1);
            text.put(NAME + i, each.name()).put(PLACE + i, each.place());
            putIfPresent(text, VALUE + i, each.value());
            putIfPresent(text, INSTEAD + i, each.instead());
        }
        files.refusedSettings().write(text.toString());
    }

    private static void putIfPresent(PropertyText text, String key, Optional<String> value) {
        value.ifPresent(present -> text.put(key, present));
    }

    /** Once a server runs: what is held back stays. */
    public static void forgetUnlessHeldBack(InstancePlace place, InstanceFiles files) {
        if (heldBack(place, files).isEmpty()) {
            forget(files);
        }
    }

    public static void forget(InstanceFiles files) {
        files.refusedSettings().delete();
    }

    /** "shared_buffers = '900GB' in /data01/pg/pgherder.conf:12, no work_mem". */
    public String words() {
        return settings.stream().map(Refused::words).collect(Collectors.joining(", "));
    }
}
