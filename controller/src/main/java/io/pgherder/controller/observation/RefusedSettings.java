package io.pgherder.controller.observation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Settings with which a server did not start, so that its agent started it as before; those of them that are still held back: pgherder.conf has
 * what was put there instead.
 *
 * @param at when it did not start
 * @param why in PostgreSQL's words where it has said any, one line
 */
public record RefusedSettings(Instant at, String why, List<Refused> settings) {
    public RefusedSettings {
        requireNonNull(at, "at is null");
        requireNonNull(why, "why is null");
        settings = List.copyOf(settings);
    }

    /**
     * One of them.
     *
     * @param value without secrets; empty: no line set it, so that PostgreSQL's default was to come in force
     * @param place "/data01/pg/conf.d/memory.conf:1"; empty where no line set it
     * @param isCorrected whether that place, which is none of pgherder's, does not say so any more
     */
    public record Refused(String name, Optional<String> value, String place, boolean isCorrected) {
        public Refused {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
            requireNonNull(place, "place is null");
        }
    }

    /** The one with this name, whatever its case. */
    public Optional<Refused> setting(String name) {
        return settings.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
