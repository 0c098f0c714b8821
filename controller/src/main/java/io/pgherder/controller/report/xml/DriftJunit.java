package io.pgherder.controller.report.xml;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.topology.NodeSpec;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Drift as test results, which every build server shows: a cluster is a suite, a node a case. What differs is its failure; what could not be
 * seen is its error. A cluster that could not be looked at has one case, named like its file, with an error.
 *
 * @see <a href="https://github.com/testmoapp/junitxml">the JUnit XML format</a>
 */
public final class DriftJunit {
    /** XML 1.0 has no way to write these. */
    private static final String UNWRITABLE = "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private DriftJunit() throws XMLStreamException {
        this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    public static String render(List<DriftOutcome> outcomes) {
        try {
            return new DriftJunit().suites(outcomes);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("could not write XML into memory", e);
        }
    }

    private String suites(List<DriftOutcome> outcomes) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "pgherder drift");
        line();
        for (DriftOutcome outcome : outcomes) {
            suite(outcome);
        }
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
        xml.close();
        return text.toString();
    }

    private void suite(DriftOutcome outcome) throws XMLStreamException {
        if (outcome instanceof DriftOutcome.Compared compared) {
            cluster(compared.report());
        } else if (outcome instanceof DriftOutcome.Failed failed) {
            notCompared(failed.name(), failed.path(), failed.problems());
        } else if (outcome instanceof DriftOutcome.Invalid invalid) {
            notCompared(invalid.path(), invalid.path(), invalid.problems());
        } else {
            throw new AssertionError(outcome);
        }
    }

    private void cluster(DriftReport report) throws XMLStreamException {
        ClusterDrift drift = report.drift();
        List<NodeSpec> nodes = report.nodes();
        long failures = nodes.stream()
                .filter(node -> !drift.differencesOf(node.name()).isEmpty())
                .count();
        long errors = nodes.stream()
                .filter(node -> !drift.unseenOf(node.name()).isEmpty())
                .count();
        List<Difference> hosts = drift.differencesOfHosts();
        List<Unseen> unseenHosts = drift.unseenHosts();
        startSuite(
                report.look().cluster(),
                nodes.size() + (hosts.isEmpty() && unseenHosts.isEmpty() ? 0 : 1),
                failures + (hosts.isEmpty() ? 0 : 1),
                errors + (unseenHosts.isEmpty() ? 0 : 1));
        for (NodeSpec node : nodes) {
            testCase(report, node.name().value(), drift.differencesOf(node.name()), drift.unseenOf(node.name()));
        }
        if (!hosts.isEmpty() || !unseenHosts.isEmpty()) {
            testCase(report, "hosts", hosts, unseenHosts);
        }
        xml.writeEndElement();
        line();
    }

    private void notCompared(String cluster, String path, List<Problem> problems) throws XMLStreamException {
        startSuite(cluster, 1, 0, 1);
        startCase(cluster, path);
        element("error", problems.stream().map(DriftJunit::words).toList(), Counted.of(problems.size(), "problem"));
        endCase();
        xml.writeEndElement();
        line();
    }

    private void startSuite(String name, long tests, long failures, long errors) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("tests", Long.toString(tests));
        attribute("failures", Long.toString(failures));
        attribute("errors", Long.toString(errors));
        line();
    }

    private void testCase(DriftReport report, String name, List<Difference> differences, List<Unseen> unseen)
            throws XMLStreamException {
        startCase(report.look().cluster(), name);
        if (!differences.isEmpty()) {
            element(
                    "failure",
                    differences.stream()
                            .map(difference -> words(report, difference))
                            .toList(),
                    Counted.of(differences.size(), "difference"));
        }
        if (!unseen.isEmpty()) {
            element(
                    "error",
                    unseen.stream().map(Unseen::why).map(DriftJunit::words).toList(),
                    "could not be compared");
        }
        endCase();
    }

    private void startCase(String cluster, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", cluster);
        attribute("name", name);
    }

    private void endCase() throws XMLStreamException {
        xml.writeEndElement();
        line();
    }

    private void element(String name, List<String> paragraphs, String message) throws XMLStreamException {
        line();
        xml.writeStartElement(name);
        attribute("message", message);
        attribute("type", "drift");
        xml.writeCharacters(writable(String.join("\n", paragraphs)));
        xml.writeEndElement();
        line();
    }

    private static String words(DriftReport report, Difference difference) {
        return Stream.of(
                        Stream.of(difference.path()
                                + report.look()
                                        .placeOf(difference.path())
                                        .map(place -> ", " + place)
                                        .orElse("")),
                        Stream.of("  declared  " + difference.declared()),
                        Stream.of("  observed  " + difference.observed()),
                        difference.cause().stream().map(cause -> "  because   " + cause),
                        difference.byHand().stream().map(advice -> "  to do     " + advice))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String words(Problem problem) {
        return Stream.of(
                        Stream.of(problem.summary() + "  [" + problem.code() + "]"),
                        problem.place().stream().map(place -> "  " + place),
                        problem.details().stream().map(detail -> "  " + detail),
                        Stream.of(problem.hint())
                                .filter(hint -> !hint.isEmpty())
                                .map(hint -> "  Hint: " + hint))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value));
    }

    private static String writable(String value) {
        return value.replaceAll(UNWRITABLE, "?");
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
