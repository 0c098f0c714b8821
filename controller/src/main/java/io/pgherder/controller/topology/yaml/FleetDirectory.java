package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.topology.yaml.source.Glance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells clusters from what they have in common: a file without a {@code cluster} is no cluster if another one extends it. */
final class FleetDirectory {
    private FleetDirectory() {}

    static List<Path> clustersIn(List<Path> files) {
        Map<Path, Glance> glances = new LinkedHashMap<>();
        files.forEach(file -> glances.put(file, Glance.at(file)));
        Set<Path> extended = glances.values().stream()
                .map(Glance::extended)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return glances.entrySet().stream()
                .filter(file -> file.getValue().namesCluster()
                        || !extended.contains(file.getKey().toAbsolutePath().normalize()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
