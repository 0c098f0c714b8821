package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.InstanceFiles;
import io.pgherder.agent.system.PropertyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
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

    /**
     * One of them.
     *
     * @param value as a person may read it, without secrets; empty: no line set it, so that PostgreSQL's default was to come in force
     * @param place "/data01/pg/conf.d/memory.conf:1"; empty where no line set it
     * @param instead what was put into pgherder.conf; empty: that sets it no more
     */
    public record Refused(String name, Optional<String> value, String place, Optional<String> instead) {
        public Refused {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
            requireNonNull(place, "place is null");
            requireNonNull(instead, "instead is null");
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

    /**
     * Those that are still held back: pgherder.conf has what was put there instead. Empty if none is.
     *
     * @param now what pgherder.conf has
     */
    public static Optional<RefusedSettings> heldBack(InstanceFiles files, ManagedSettings now) {
        Properties kept = PropertyText.parse(files.refusedSettings().read().orElse(""));
        List<Refused> settings = new ArrayList<>();
        for (int i = 1; kept.containsKey(NAME + i); i++) {
            Refused each = new Refused(
                    kept.getProperty(NAME + i),
                    Optional.ofNullable(kept.getProperty(VALUE + i)),
                    kept.getProperty(PLACE + i, ""),
                    Optional.ofNullable(kept.getProperty(INSTEAD + i)));
            if (now.value(each.name()).equals(each.instead())) {
                settings.add(each);
            }
        }
        return settings.isEmpty()
                ? Optional.empty()
                : Optional.of(new RefusedSettings(
                        Instant.ofEpochMilli(Long.parseLong(kept.getProperty(AT, "0"))),
                        kept.getProperty(WHY, ""),
                        settings));
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

    /** Once a server runs with something else in pgherder.conf than what was put there instead of them. */
    public static void forgetUnlessHeldBack(InstanceFiles files, ManagedSettings now) {
        AtomicFile kept = files.refusedSettings();
        if (heldBack(files, now).isEmpty()) {
            kept.delete();
        }
    }

    /** "shared_buffers = '900GB' in /data01/pg/pgherder.conf:12, no work_mem". */
    public String words() {
        return settings.stream().map(Refused::words).collect(Collectors.joining(", "));
    }
}
