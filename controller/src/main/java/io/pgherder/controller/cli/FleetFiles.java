package io.pgherder.controller.cli;

import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What there is to look at, and what of it nobody can: a file that is broken does not hide the others.
 *
 * @param broken the files that cannot be understood
 * @param files the others, of which {@code --limit} may have left some out
 * @param leftOut how many it has
 */
record FleetFiles(List<ValidationReport> broken, List<TopologyFile> files, int leftOut) {
    FleetFiles {
        broken = List.copyOf(broken);
        files = List.copyOf(files);
    }

    /**
     * Where a broken file would have ended the command already.
     *
     * @throws InvalidTopologies if a limit is in none; nobody has been contacted then
     */
    static FleetFiles allOf(List<TopologyFile> all, UnaryOperator<List<TopologyFile>> concerned) {
        List<TopologyFile> files = concerned.apply(all);
        return new FleetFiles(List.of(), files, all.size() - files.size());
    }

    /**
     * @param concerned which of those that can be understood the command is about
     * @throws InvalidTopologies if there is no file at all, or a limit is in none; nobody has been contacted then
     */
    static FleetFiles of(List<ValidationReport> read, UnaryOperator<List<TopologyFile>> concerned) {
        List<TopologyFile> all =
                read.stream().flatMap(report -> report.file().stream()).toList();
        List<ValidationReport> broken =
                read.stream().filter(report -> !report.isValid()).toList();
        try {
            FleetFiles sound = allOf(all, concerned);
            return new FleetFiles(broken, sound.files(), sound.leftOut());
        } catch (InvalidTopologies unknown) {
            // A node of this name may be in a file that is broken.
            throw new InvalidTopologies(Stream.concat(
                            broken.stream().flatMap(report -> report.problems().stream()), unknown.problems().stream())
                    .toList());
        }
    }
}
