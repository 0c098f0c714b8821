package io.pgherder.controller.pgvalue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionScopeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                role etl                        | etl    |          | ROLE "etl"
                database scratch                | ``     | scratch  | DATABASE "scratch"
                role etl in database scratch    | etl    | scratch  | ROLE "etl" IN DATABASE "scratch"
                role an "odd" one in database a | an "odd" one | a  | ROLE "an ""odd"" one" IN DATABASE "a"
                database role in database x     | ``     | role in database x | DATABASE "role in database x"
                """)
    void wordsOfAFileAndOfSql(String words, String role, String database, String sql) {
        SessionScope scope = SessionScope.parse(words);

        assertThat(scope).isEqualTo(new SessionScope(role, database == null ? "" : database));
        assertThat(scope.words()).isEqualTo(words);
        assertThat(scope.sql()).isEqualTo(sql);
    }

    @Test
    void everybodyHasWordsAndIsNotRead() {
        SessionScope everybody = new SessionScope("", "");

        assertThat(everybody.isEverybody()).isTrue();
        assertThat(everybody.words()).isEqualTo("all roles");
        assertThat(everybody.sql()).isEqualTo("ROLE ALL");
        assertThatThrownBy(() -> SessionScope.parse("all roles")).hasMessageContaining("all roles");
    }
}
