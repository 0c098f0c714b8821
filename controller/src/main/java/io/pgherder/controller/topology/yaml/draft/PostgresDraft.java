package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.topology.PostgresSpec;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import java.util.Optional;

/** The section {@code postgres} as written. */
public record PostgresDraft(
        Optional<Written> version,
        Optional<Written> binDir,
        Optional<Written> superuser,
        Optional<Written> encoding,
        Optional<Written> locale,
        Optional<Boolean> dataChecksums) {
    static final String DEFAULT_SUPERUSER = "postgres";
    static final PostgresDraft NONE = new PostgresDraft(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static PostgresDraft of(Section postgres) {
        Optional<Section> initdb = postgres.section("initdb");
        return new PostgresDraft(
                postgres.text("version"),
                postgres.text("bin_dir"),
                postgres.text("superuser"),
                initdb.flatMap(section -> section.text("encoding")),
                initdb.flatMap(section -> section.text("locale")),
                initdb.flatMap(section -> section.flag("data_checksums")));
    }

    public Optional<Integer> majorVersion() {
        return version.map(Written::text).flatMap(ScalarCheck::number);
    }

    public String superuserName() {
        return superuser.map(Written::text).orElse(DEFAULT_SUPERUSER);
    }

    /** @throws java.util.NoSuchElementException if no version is written */
    public PostgresSpec spec() {
        InitdbSpec otherwise = InitdbSpec.DEFAULT;
        return new PostgresSpec(
                majorVersion().orElseThrow(),
                binDir.map(Written::text),
                superuserName(),
                new InitdbSpec(
                        encoding.map(Written::text).orElse(otherwise.encoding()),
                        locale.map(Written::text).orElse(otherwise.locale()),
                        dataChecksums.orElse(otherwise.dataChecksums())));
    }
}
