package io.pgherder.controller.cli.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the demo's agents have on record of the instances that they made: where each belongs. One that somebody has moved, or that was set
 * aside, is there no more.
 *
 * @param places of data directories and WAL directories
 */
record DemoRecords(Set<Path> places) {
    private static final String STAGING = ".pgherder-staging";

    DemoRecords {
        places = Set.copyOf(places);
    }

    static DemoRecords of(DemoHome home) throws IOException {
        Set<Path> places = new HashSet<>();
        for (Path agent : children(home.agents())) {
            for (Path instance : children(agent.resolve("state/instances"))) {
                places.addAll(places(instance.resolve("mark.properties")));
            }
        }
        return new DemoRecords(places);
    }

    /** Whether an instance, or one half made, or its WAL, belongs right here. */
    boolean have(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Path real = directory.toRealPath();
        String name = String.valueOf(real.getFileName());
        Path target = name.endsWith(STAGING)
                ? real.resolveSibling(name.substring(0, name.length() - STAGING.length()))
                : real;
        return places.contains(target);
    }

    private static List<Path> places(Path mark) throws IOException {
        List<Path> places = new ArrayList<>();
        if (Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
            Properties properties = new Properties();
            try (Reader text = Files.newBufferedReader(mark)) {
                properties.load(text);
            } catch (IllegalArgumentException damaged) {
                return List.of();
            }
            place(properties, "data_dir").ifPresent(places::add);
            // Of an instance that is somewhere else now, whoever has it there needs the WAL.
            if (place(properties, "data_dir").filter(DemoRecords::isThere).isPresent()) {
                place(properties, "wal_dir").ifPresent(places::add);
            }
        }
        return places;
    }

    private static Optional<Path> place(Properties mark, String key) {
        return Optional.of(mark.getProperty(key, ""))
                .filter(place -> place.startsWith("/"))
                .map(Path::of);
    }

    private static boolean isThere(Path dataDir) {
        return Files.isDirectory(dataDir, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(
                        dataDir.resolveSibling(dataDir.getFileName() + STAGING), LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
