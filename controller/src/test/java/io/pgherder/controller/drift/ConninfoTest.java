package io.pgherder.controller.drift;

import java.util.List;
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
    void uriIsReadAsKeywordsAndValuesAre() {
        assertThat(Conninfo.parse(
                        "postgresql://rep%40x:****@127.0.0.11:3111/postgres?application_name=p%202&sslmode=disable"))
                .isEqualTo(Conninfo.parse("user=rep@x password=**** host=127.0.0.11 port=3111 dbname=postgres"
                        + " application_name='p 2' sslmode=disable"));
        assertThat(Conninfo.parse("postgres://[::1]/?ssl=true&options=-c%20a%3Db"))
                .isEqualTo(Conninfo.parse("host=::1 sslmode=require options='-c a=b'"));
    }

    @Test
    void severalHostsAreAListInBothForms() {
        assertThat(Conninfo.parse("postgresql://db1:1921,db2:1922,db3/"))
                .isEqualTo(Conninfo.parse("host=db1,db2,db3 port=1921,1922,"));
        assertThat(Conninfo.parse("postgresql://db1,db2/").parameters()).isEqualTo(Map.of("host", "db1,db2"));
    }

    @Test
    void uriThatLibpqWouldNotUnderstandSaysNothing() {
        for (String uri : List.of("postgresql://db1/?sslmode", "postgresql://db%1/", "postgresql://a@b@c/", "****")) {
            assertThat(Conninfo.parse(uri).parameters()).as(uri).isEmpty();
        }
    }

    @Test
    void aValueMayBeLong() {
        String path = "x".repeat(200_000);

        assertThat(Conninfo.parse("host=db1 passfile='" + path + "' options=" + path)
                        .parameters())
                .isEqualTo(Map.of("host", "db1", "passfile", path, "options", path));
    }

    @Test
    void whatIsNotThereOrNoPort() {
        Conninfo conninfo = Conninfo.parse("port=here");

        assertThat(conninfo.host()).isEmpty();
        assertThat(conninfo.user()).isEmpty();
        assertThat(conninfo.port()).isEmpty();
    }
}
