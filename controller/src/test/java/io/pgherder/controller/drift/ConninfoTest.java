package io.pgherder.controller.drift;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConninfoTest {
    @Test
    void valuesWithSpacesAndQuotesAreReadAsLibpqReadsThem() {
        Conninfo conninfo = Conninfo.parse("host=10.0.1.11 user='the rep' passfile = '/var/lib/it\\'s \\\\ here'"
                + " application_name=a\\ b sslmode='' port='1921'");

        assertThat(conninfo.parameters())
                .isEqualTo(Map.of(
                        "host", "10.0.1.11",
                        "user", "the rep",
                        "passfile", "/var/lib/it's \\ here",
                        "application_name", "a b",
                        "sslmode", "",
                        "port", "1921"));
        assertThat(conninfo.host()).contains("10.0.1.11");
        assertThat(conninfo.user()).contains("the rep");
        assertThat(conninfo.port()).contains(1921);
    }

    @Test
    void quotedOrNotItIsTheSame() {
        assertThat(Conninfo.parse("user='rep' host=a")).isEqualTo(Conninfo.parse("host=a  user=rep"));
    }

    @Test
    void whatIsNotThereOrNoPort() {
        Conninfo conninfo = Conninfo.parse("port=here");

        assertThat(conninfo.host()).isEmpty();
        assertThat(conninfo.user()).isEmpty();
        assertThat(conninfo.port()).isEmpty();
    }
}
