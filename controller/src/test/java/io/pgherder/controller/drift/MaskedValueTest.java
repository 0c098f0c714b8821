package io.pgherder.controller.drift;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedValueTest {
    private static final String DECLARED = "push --to s3://key:se/c@ret@host/%f --options 'password=x y' %p";

    @Test
    void passwordsAreMaskedAsAgentsMaskThem() {
        assertThat(MaskedValue.of(DECLARED))
                .isEqualTo("push --to s3://key:****@host/%f --options 'password=**** y' %p");
    }

    @Test
    void whatIsToldMayBeWhatIsDeclared() {
        assertThat(new MaskedValue("push --to s3://key:****@host/%f").mayBe("push --to s3://key:secret@host/%f"))
                .isTrue();
        assertThat(new MaskedValue("push --to s3://key:****@host/%f").mayBe("push --to s3://key:secret@other/%f"))
                .isFalse();
    }
}
