package io.pgherder.controller.report.metrics;

import io.pgherder.controller.report.metrics.OpenMetrics.Family;
import io.pgherder.controller.report.metrics.OpenMetrics.Label;
import io.pgherder.controller.report.metrics.OpenMetrics.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenMetricsTest {
    @Test
    void whatIsNoPlainTextIsEscaped() {
        Family family = new Family(
                "files",
                OpenMetrics.Type.GAUGE,
                "",
                "A \"file\"\nor \\ two.",
                List.of(Sample.of(1, new Label("path", "a\\b\"c\nd"))));

        assertThat(OpenMetrics.render(List.of(family))).isEqualTo("""
                # TYPE files gauge
                # HELP files A \\"file\\"\\nor \\\\ two.
                files{path="a\\\\b\\"c\\nd"} 1
                # EOF
                """);
    }

    @Test
    void aCounterHasItsSuffixAndAUnitIsTheEndOfTheName() {
        Family runs = new Family("runs", OpenMetrics.Type.COUNTER, "", "Runs.", List.of(Sample.of(7)));
        Family took = new Family("took_seconds", OpenMetrics.Type.GAUGE, "seconds", "Time.", List.of(Sample.of(3)));

        assertThat(OpenMetrics.render(List.of(runs, took))).isEqualTo("""
                # TYPE runs counter
                # HELP runs Runs.
                runs_total 7
                # TYPE took_seconds gauge
                # UNIT took_seconds seconds
                # HELP took_seconds Time.
                took_seconds 3
                # EOF
                """);
        assertThatThrownBy(() -> new Family("took", OpenMetrics.Type.GAUGE, "seconds", "Time.", List.of()))
                .hasMessage("took does not end with its unit, seconds");
    }

    @Test
    void theSameLabelsAreWrittenOnce() {
        Sample twice = Sample.of(0, new Label("topology", "a.yaml"));

        assertThat(OpenMetrics.render(
                        List.of(new Family("a", OpenMetrics.Type.GAUGE, "", "A.", List.of(twice, twice)))))
                .containsOnlyOnce("{topology=\"a.yaml\"}");
    }

    @Test
    void aFamilyOfNothingIsLeftOut() {
        assertThat(OpenMetrics.render(List.of(new Family("a", OpenMetrics.Type.GAUGE, "", "A.", List.of()))))
                .isEqualTo("# EOF\n");
    }
}
